use super::{Button, Glyph, Icon};
use leptos::{prelude::*, wasm_bindgen::JsCast};
use web_sys::{HtmlDialogElement, HtmlElement};

/// A window above the page. `<Button opens="its-id">` opens it; the browser does that, closing by Esc or a
/// click beside it, and keeping the focus inside, all without a script.
#[component]
pub fn Dialog(
    #[prop(into)] id: String,
    #[prop(into)] title: String,
    #[prop(optional)] wide: bool,
    /// Stands open from the beginning, on the page rather than above it: what was sent from it without a script
    /// failed, and it says why.
    #[prop(optional)]
    open: bool,
    children: Children,
) -> impl IntoView {
    let title_id = format!("{id}-title");
    let (closes, heading) = (id.clone(), title_id.clone());
    view! {
        <dialog
            class=if wide { "dialog dialog-wide" } else { "dialog" }
            id=id
            open=open
            aria-labelledby=title_id
            closedby="any"
        >
            <div class="dialog-head">
                <h2 class="dialog-title" id=heading>
                    {title}
                </h2>
                <button
                    type="button"
                    class="button button-ghost button-small button-icon"
                    aria-label="Close"
                    command="close"
                    commandfor=closes
                >
                    <Icon glyph=Glyph::Close />
                </button>
            </div>
            <div class="dialog-body">{children()}</div>
        </dialog>
    }
    .into_any()
}

/// The last row of a dialog: Cancel, and what the dialog is for (the children).
#[component]
pub fn DialogActions(
    /// The id of the dialog it stands in.
    #[prop(into)]
    dialog: String,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="dialog-actions">
            <Button attr:command="close" attr:commandfor=dialog>
                "Cancel"
            </Button>
            {children()}
        </div>
    }
    .into_any()
}

/// Opens the dialog of this id. In the browser only: call it from events and effects.
pub fn open_dialog(id: &str) {
    if let Some(dialog) = element::<HtmlDialogElement>(id).filter(|dialog| !dialog.open()) {
        // Fails only for an element that left the page meanwhile.
        _ = dialog.show_modal();
    }
}

/// Closes the dialog of this id. In the browser only.
pub fn close_dialog(id: &str) {
    if let Some(dialog) = element::<HtmlDialogElement>(id) {
        dialog.close();
    }
}

/// Hides the popover of this id, such as the sidebar on a phone. In the browser only.
pub fn hide_popover(id: &str) {
    if let Some(popover) = element::<HtmlElement>(id) {
        // Fails when it is hidden already or no popover.
        _ = popover.hide_popover();
    }
}

fn element<E: JsCast>(id: &str) -> Option<E> {
    document().get_element_by_id(id)?.dyn_into().ok()
}
