use super::{
    Glyph, Icon, Size, Variant,
    button::{button_class, with_reason},
};
use leptos::{ev::MouseEvent, prelude::*};

/// Sends the form it stands in. While the answer is awaited it turns a wheel and takes no second click.
#[component]
pub fn Submit(
    /// Whether an answer is awaited: `action.pending()`.
    #[prop(optional, into)]
    pending: Signal<bool>,
    #[prop(default = Variant::Primary)] variant: Variant,
    #[prop(optional)] size: Size,
    #[prop(optional)] icon: Option<Glyph>,
    /// As wide as the form.
    #[prop(optional)]
    wide: bool,
    /// Sent with the form when this button sent it.
    #[prop(optional, into)]
    name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    /// Why the form cannot be sent. The button can still be reached and then says so.
    #[prop(optional, into)]
    disabled_reason: MaybeProp<String>,
    children: Children,
) -> impl IntoView {
    let reason = disabled_reason.get_untracked();
    let is_refused = reason.is_some();
    let class = button_class(variant, size, false) + if wide { " button-wide" } else { "" };
    let guard = move |event: MouseEvent| {
        if is_refused || pending.get_untracked() {
            event.prevent_default();
        }
    };
    let button = view! {
        <button
            // Without a script nobody stops the click of a refused button: then it sends nothing.
            type=if is_refused { "button" } else { "submit" }
            class=class
            name=name
            value=value
            aria-busy=move || pending.get().then_some("true")
            aria-disabled=is_refused.then_some("true")
            aria-description=reason.clone()
            on:click=guard
        >
            {move || {
                if pending.get() {
                    view! { <span class="spinner" aria-hidden="true"></span> }.into_any()
                } else {
                    icon.map(|glyph| view! { <Icon glyph /> }).into_any()
                }
            }}
            {children()}
        </button>
    };
    with_reason(reason, button)
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_refused_button_sends_nothing_and_says_why() {
        let html = Owner::new()
            .with(|| view! { <Submit disabled_reason="Only owners may.">"Delete"</Submit> }.to_html());
        assert!(html.contains(r#"type="button""#), "{html}");
        assert!(html.contains(r#"aria-disabled="true""#), "{html}");
        assert!(html.contains(r#"aria-description="Only owners may.""#), "{html}");
        assert!(!html.contains(" disabled"), "it must stay reachable: {html}");
    }

    #[test]
    fn an_awaited_button_is_busy() {
        let html = Owner::new().with(|| view! { <Submit pending=true>"Save"</Submit> }.to_html());
        assert!(html.contains(r#"aria-busy="true""#), "{html}");
        assert!(html.contains(r#"type="submit""#), "{html}");
    }
}
