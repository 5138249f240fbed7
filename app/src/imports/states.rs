//! How an import stands, in words.

use crate::ui::*;
use conifer_domain::imports::{Import, ImportState};
use leptos::prelude::*;

#[component]
pub fn StateOf(import: Import) -> impl IntoView {
    let (kind, word) = match import.state {
        _ if import.is_paused => (Kind::Warning, "Paused"),
        ImportState::Pending => (Kind::Info, "Waits"),
        ImportState::InProgress => (Kind::Info, "Is read"),
        ImportState::Failed => (Kind::Danger, "Failed"),
        ImportState::Completed if import.refused > 0 => (Kind::Warning, "Done, rows refused"),
        ImportState::Completed => (Kind::Success, "Done"),
        ImportState::Cancelled => (Kind::Neutral, "Cancelled"),
    };
    view! { <Badge kind>{word}</Badge> }
}

/// What it reads, as people know it.
pub fn source(import: &Import) -> String {
    import.uri.strip_prefix("upload:///").unwrap_or(&import.uri).to_owned()
}

/// `About 2 minutes left`, from what was done in so many seconds.
pub fn left(done: u64, of: u64, seconds: f64) -> Option<String> {
    if done == 0 || seconds < 1.0 || done >= of {
        return None;
    }
    let seconds = (of - done) as f64 * seconds / done as f64;
    Some(match seconds as u64 {
        0..90 => format!("about {} s left", seconds.ceil()),
        _ => format!("about {} min left", (seconds / 60.0).ceil()),
    })
}

#[cfg(test)]
mod tests {
    use super::left;

    #[test]
    fn what_is_left_goes_by_what_was_done() {
        assert_eq!(left(0, 100, 5.0), None);
        assert_eq!(left(25, 100, 10.0).as_deref(), Some("about 30 s left"));
        assert_eq!(left(1, 100, 10.0).as_deref(), Some("about 17 min left"));
        assert_eq!(left(100, 100, 10.0), None);
    }
}
