//! What may follow, offered while somebody types. All of it by keys: the arrows choose, Enter and Tab take, Escape
//! lets it be, Ctrl Space asks for it.

use conifer_domain::playground::{Completion, MetadataKey, complete};
use leptos::{ev, prelude::*, wasm_bindgen::JsCast};
use web_sys::HtmlTextAreaElement;

const LIST: &str = "filter-offers";

/// Around the text area of this id. Without scripts it is the text area alone.
#[component]
pub fn Completed(
    area: &'static str,
    known: RwSignal<Option<Vec<MetadataKey>>>,
    /// Asks for what is known.
    ask: Callback<()>,
    children: Children,
) -> impl IntoView {
    let offered = RwSignal::new(None::<Completion>);
    let at = RwSignal::new(0_usize);
    let look = move || {
        let found = known.with_untracked(|known| {
            let (text, caret) = typed(area)?;
            complete(&text, caret, known.as_ref()?)
        });
        at.set(0);
        if offered.with_untracked(|offered| *offered != found) {
            offered.set(found);
        }
    };
    let close = move || offered.set(None);
    let take = move |nth: usize| {
        let Some(Completion { replaced, offers, then }) = offered.get_untracked() else { return };
        let (Some(element), Some((text, _)), Some(offer)) = (element(area), typed(area), offers.get(nth))
        else {
            return;
        };
        let before = format!("{}{offer}{then}", &text[..replaced.start]);
        element.set_value(&format!("{before}{}", &text[replaced.end..]));
        let caret = u32::try_from(before.encode_utf16().count()).unwrap_or(0);
        _ = element.set_selection_range(caret, caret);
        _ = element.focus();
        // As if it had been typed, so that it is checked too.
        if let Ok(event) = web_sys::Event::new("input") {
            _ = element.dispatch_event(&event);
        }
        look();
    };
    let pressed = move |event: ev::KeyboardEvent| {
        if event.key() == " " && event.ctrl_key() {
            event.prevent_default();
            return look();
        }
        let count = offered.with_untracked(|offered| offered.as_ref().map_or(0, |found| found.offers.len()));
        let is_plain = !(event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key());
        match event.key().as_str() {
            _ if count == 0 || !is_plain => return,
            "ArrowDown" => at.update(|at| *at = (*at + 1) % count),
            "ArrowUp" => at.update(|at| *at = (*at + count - 1) % count),
            "Enter" | "Tab" => take(at.get_untracked()),
            "Escape" => close(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let moved = move |event: ev::KeyboardEvent| {
        if matches!(event.key().as_str(), "ArrowLeft" | "ArrowRight" | "Home" | "End") {
            close();
        }
    };
    // The text area is drawn by a component that knows nothing of this.
    Effect::new(move || {
        let active = offered.with(Option::is_some).then(|| option_id(at.get()));
        let Some(element) = element(area) else { return };
        _ = element.set_attribute("aria-autocomplete", "list");
        for (name, value) in
            [("aria-controls", active.as_ref().map(|_| LIST)), ("aria-activedescendant", active.as_deref())]
        {
            _ = match value {
                Some(value) => element.set_attribute(name, value),
                None => element.remove_attribute(name),
            };
        }
    });
    let option = move |(nth, offer): (usize, String)| {
        view! {
            <li
                class="offer"
                id=option_id(nth)
                role="option"
                aria-selected=move || (at.get() == nth).to_string()
                // The focus stays where one types.
                on:mousedown=move |event| event.prevent_default()
                on:click=move |event| {
                    event.stop_propagation();
                    take(nth);
                }
            >
                {offer}
            </li>
        }
    };
    view! {
        <div
            class="completed"
            on:focusin=move |_| ask.run(())
            on:focusout=move |_| close()
            on:input=move |_| look()
            on:click=move |_| close()
            on:keydown=pressed
            on:keyup=moved
        >
            {children()}
            {move || {
                let offers = offered.get()?.offers;
                Some(view! {
                    <ul class="offers" id=LIST role="listbox" aria-label="What may follow">
                        {offers.into_iter().enumerate().map(option).collect_view()}
                    </ul>
                })
            }}
            <p class="visually-hidden" role="status">
                {move || offered.with(|offered| offered.as_ref().map(|found| format!("{} offered", found.offers.len())))}
            </p>
        </div>
    }
    .into_any()
}

fn option_id(nth: usize) -> String {
    format!("filter-offer-{nth}")
}

fn element(id: &str) -> Option<HtmlTextAreaElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// What stands in the text area, and the byte before which the caret stands.
fn typed(id: &str) -> Option<(String, usize)> {
    let element = element(id)?;
    let text = element.value();
    let caret = element.selection_start().ok()??;
    let byte = byte_at(&text, caret as usize);
    Some((text, byte))
}

/// Browsers count in UTF-16.
fn byte_at(text: &str, utf16: usize) -> usize {
    let mut left = utf16;
    for (byte, char) in text.char_indices() {
        if left == 0 {
            return byte;
        }
        left = left.saturating_sub(char.len_utf16());
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::byte_at;

    #[test]
    fn a_caret_stands_before_a_byte() {
        assert_eq!(
            (byte_at("aé𝄞b", 0), byte_at("aé𝄞b", 2), byte_at("aé𝄞b", 4), byte_at("aé𝄞b", 9)),
            (0, 3, 7, 8)
        );
    }
}
