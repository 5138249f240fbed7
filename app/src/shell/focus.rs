//! Moving between pages without a page load: the focus goes where a page load would put it.

use crate::ui::hide_popover;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// After each navigation the new page is read from its beginning, and the drawer is out of the way.
pub fn focus_main_after_navigation() {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let path = path.get();
        if before.is_some_and(|before| before != path) {
            hide_popover("sidebar");
            request_animation_frame(focus_main);
        }
        path
    });
}

fn focus_main() {
    use leptos::wasm_bindgen::JsCast;
    let main =
        document().get_element_by_id("main").and_then(|main| main.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(main) = main {
        _ = main.focus();
    }
}
