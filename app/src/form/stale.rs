//! Rights end while a page is open. The page's next request is refused; then what it shows is no longer so.

use crate::{
    Failure,
    calls::Sending,
    notice::Changes,
    ui::{Kind, Toaster},
};
use conifer_domain::Problem;
use leptos::prelude::*;

/// After a refusal that tells of such a change, says so and loads anew what the page shows.
pub fn show_anew(sending: Sending) {
    let (Some(changes), Some(toaster)) = (use_context::<Changes>(), use_context::<Toaster>()) else { return };
    let action = sending.action;
    let dispatched = action.version();
    Effect::new(move || {
        let refusal = action.value().with(|value| match value {
            // A failure that came in the address came with a page that is new already.
            Some(Err(Failure(problem))) if dispatched.get_untracked() > 0 && tells_of_change(problem) => {
                Some(problem.to_string())
            }
            _ => None,
        });
        if let Some(text) = refusal {
            toaster.show(Kind::Danger, text);
            changes.count_one_more();
        }
    });
}

/// What was offered is no longer allowed, or no longer there.
fn tells_of_change(problem: &Problem) -> bool {
    matches!(problem, Problem::Denied { .. } | Problem::NotFound)
}
