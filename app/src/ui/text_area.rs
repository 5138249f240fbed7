use super::frame::{FieldFrame, control_id, described_by, invalid};
use leptos::prelude::*;

/// Several lines of input, and the only textarea of the house: Leptos writes a textarea's children to the
/// page as they are, so here their markup is taken away first.
#[component]
pub fn TextArea(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] id: Option<String>,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: String,
    #[prop(default = 4)] rows: u32,
    #[prop(optional, into)] hint: MaybeProp<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional, into)] placeholder: Option<String>,
    #[prop(optional)] required: bool,
    #[prop(optional)] readonly: bool,
    #[prop(optional)] mono: bool,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
) -> impl IntoView {
    let id = control_id(id, &name);
    let typed = move |event| {
        if let Some(on_input) = on_input {
            on_input.run(event_target_value(&event));
        }
    };
    view! {
        <FieldFrame id=id.clone() label hint error required=required || readonly>
            <textarea
                class=if mono { "input input-mono" } else { "input" }
                id=id.clone()
                name=name
                rows=rows.to_string()
                placeholder=placeholder
                required=required
                readonly=readonly
                aria-invalid=invalid(error)
                aria-describedby=described_by(&id, hint, error)
                on:input=typed
                inner_html=markup_of(&value)
            ></textarea>
        </FieldFrame>
    }
}

/// Text as markup that means just this text. A browser drops a line break right after `<textarea>` when it
/// reads a page, though not when a script sets the markup, so the page gets one more for it to drop.
fn markup_of(text: &str) -> String {
    let first = if cfg!(feature = "ssr") { "\n" } else { "" };
    let mut markup = String::with_capacity(text.len() + first.len());
    markup.push_str(first);
    for char in text.chars() {
        match char {
            '&' => markup.push_str("&amp;"),
            '<' => markup.push_str("&lt;"),
            '>' => markup.push_str("&gt;"),
            _ => markup.push(char),
        }
    }
    markup
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn rendered(value: &str) -> String {
        let value = value.to_owned();
        Owner::new().with(|| view! { <TextArea name="note" label="Note" value /> }.to_html())
    }

    #[test]
    fn its_text_cannot_close_it() {
        let html = rendered("</textarea><script>alert(1)</script>");
        assert!(!html.contains("<script"), "{html}");
        assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)"), "{html}");
    }

    #[test]
    fn its_text_is_kept_whole() {
        let html = rendered("\nTom & \"Jerry\" &lt;");
        assert!(html.contains(">\n\nTom &amp; \"Jerry\" &amp;lt;</textarea>"), "{html}");
    }
}
