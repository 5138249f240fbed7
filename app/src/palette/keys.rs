//! The keyboard in the palette, and the keys that open it.

use super::list::option_id;
use crate::ui::open_dialog;
use leptos::{ev::KeyboardEvent, prelude::*, wasm_bindgen::JsCast};
use web_sys::HtmlElement;

/// Opens the palette by Ctrl K and ⌘ K from everywhere.
pub fn open_by_shortcut() {
    Effect::new(move || {
        let handle = window_event_listener(leptos::ev::keydown, |event: KeyboardEvent| {
            let is_shortcut =
                (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
            if is_shortcut && event.key().eq_ignore_ascii_case("k") {
                event.prevent_default();
                open_dialog(super::ID);
            }
        });
        on_cleanup(move || handle.remove());
    });
}

/// The shortcut as the keyboard at hand writes it. The server does not know the keyboard.
pub fn shortcut() -> Signal<&'static str> {
    let text = RwSignal::new("Ctrl K");
    Effect::new(move || {
        let platform = window().navigator().platform().unwrap_or_default();
        if platform.starts_with("Mac") || platform.starts_with("iP") {
            text.set("⌘ K");
        }
    });
    text.into()
}

/// Moves the selection or chooses what is selected; the focus stays in the input.
pub fn steer(event: &KeyboardEvent, count: usize, selected: RwSignal<usize>) {
    // An input method may still be composing a word: its Enter is not ours.
    if event.is_composing() {
        return;
    }
    if event.key() == "Enter" {
        event.prevent_default();
        if let Some(option) = option(selected.get_untracked()) {
            option.click();
        }
        return;
    }
    if let Some(next) = step(&event.key(), selected.get_untracked(), count) {
        event.prevent_default();
        selected.set(next);
        if let Some(option) = option(next) {
            option.scroll_into_view_with_bool(false);
        }
    }
}

fn option(index: usize) -> Option<HtmlElement> {
    document().get_element_by_id(&option_id(index))?.dyn_into().ok()
}

/// Where a key moves the selection; past an end it comes in at the other.
fn step(key: &str, at: usize, count: usize) -> Option<usize> {
    if count == 0 {
        return None;
    }
    match key {
        "ArrowDown" => Some((at + 1) % count),
        "ArrowUp" => Some((at + count - 1) % count),
        "PageDown" => Some((at + 5).min(count - 1)),
        "PageUp" => Some(at.saturating_sub(5)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::step;

    #[test]
    fn the_selection_goes_round() {
        assert_eq!(step("ArrowDown", 2, 3), Some(0));
        assert_eq!(step("ArrowUp", 0, 3), Some(2));
        assert_eq!(step("PageDown", 0, 3), Some(2));
        assert_eq!(step("a", 0, 3), None);
        assert_eq!(step("ArrowDown", 0, 0), None);
    }
}
