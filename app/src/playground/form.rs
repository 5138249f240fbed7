//! What is looked for.

use super::{fields::QueryFields, filter::FilterField};
use crate::{records::NamespaceField, ui::*};
use conifer_domain::{indexes::Index, namespaces::Namespace, records::Search};
use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_location};

const FORM: &str = "playground-form";

#[component]
pub fn SearchForm(namespaces: Vec<Namespace>, asked: Search, index: Index) -> impl IntoView {
    let path = use_location().pathname;
    send_by_shortcut();
    view! {
        <search aria-label="Query">
            <Form method="get" action=move || path.get() attr:id=FORM attr:class="form">
                <NamespaceField namespaces current=asked.namespace.clone() />
                <QueryFields asked=asked.clone() index=index.clone() prefix="" />
                <FilterField asked=asked.clone() index_id=index.id.to_string() />
                <Field
                    name="expected"
                    label="Expected record"
                    mono=true
                    plain=true
                    autocomplete="off"
                    value=asked.expected
                    hint="An ID you miss among the results: the answer says where it went."
                />
                <div class="form-actions">
                    <Submit icon=Glyph::Play>"Run query"</Submit>
                    <span class="muted small needs-script">
                        <Kbd>"Ctrl"</Kbd>
                        " "
                        <Kbd>"Enter"</Kbd>
                    </span>
                </div>
            </Form>
        </search>
    }
    .into_any()
}

/// Ctrl Enter and ⌘ Enter run the query from wherever one types.
fn send_by_shortcut() {
    use leptos::{ev::KeyboardEvent, wasm_bindgen::JsCast};
    Effect::new(move || {
        let handle = window_event_listener(leptos::ev::keydown, |event: KeyboardEvent| {
            if event.key() != "Enter" || !(event.ctrl_key() || event.meta_key()) {
                return;
            }
            let form = document().get_element_by_id(FORM);
            if let Some(form) = form.and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok()) {
                event.prevent_default();
                _ = form.request_submit();
            }
        });
        on_cleanup(move || handle.remove());
    });
}
