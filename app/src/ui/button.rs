use super::{Glyph, Icon};
use leptos::{ev::MouseEvent, prelude::*};

/// How much a button asks to be pressed. One primary button a view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Variant {
    Primary,
    #[default]
    Secondary,
    /// Destroys something.
    Danger,
    /// Stands back until it is pointed at.
    Ghost,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    Small,
    #[default]
    Medium,
    Large,
}

/// A button that does something here; to send a form use [`Submit`](super::Submit), to go somewhere [`ButtonLink`].
#[component]
pub fn Button(
    #[prop(optional)] variant: Variant,
    #[prop(optional)] size: Size,
    #[prop(optional)] icon: Option<Glyph>,
    /// The accessible name of a button that shows an icon alone.
    #[prop(optional, into)]
    label: MaybeProp<String>,
    #[prop(optional, into)] on_click: Option<Callback<MouseEvent>>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// Why it cannot be pressed. The button can still be reached and then says so.
    #[prop(optional, into)]
    disabled_reason: MaybeProp<String>,
    /// The id of the dialog to open; the browser does it without a script.
    #[prop(optional, into)]
    opens: Option<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let reason = disabled_reason.get_untracked();
    let is_refused = reason.is_some();
    let invoker = opens.filter(|_| !is_refused);
    let press = move |event: MouseEvent| {
        if let (false, Some(on_click)) = (is_refused, on_click) {
            on_click.run(event);
        }
    };
    let class = button_class(variant, size, children.is_none());
    let button = view! {
        <button
            type="button"
            class=class
            aria-label=move || label.get()
            aria-disabled=is_refused.then_some("true")
            aria-description=reason.clone()
            disabled=move || disabled.get()
            command=invoker.is_some().then_some("show-modal")
            commandfor=invoker
            on:click=press
        >
            {icon.map(|glyph| view! { <Icon glyph /> })}
            {children.map(|children| children())}
        </button>
    };
    with_reason(reason, button)
}

/// A link that looks like a button.
#[component]
pub fn ButtonLink(
    #[prop(into)] href: String,
    #[prop(optional)] variant: Variant,
    #[prop(optional)] size: Size,
    #[prop(optional)] icon: Option<Glyph>,
    /// The accessible name of a link that shows an icon alone.
    #[prop(optional, into)]
    label: MaybeProp<String>,
    /// Why it cannot be followed; it then has no address.
    #[prop(optional, into)]
    disabled_reason: MaybeProp<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let reason = disabled_reason.get_untracked();
    let is_refused = reason.is_some();
    let class = button_class(variant, size, children.is_none());
    let link = view! {
        <a
            class=class
            href=(!is_refused).then_some(href)
            role=is_refused.then_some("link")
            tabindex=is_refused.then_some("0")
            aria-label=move || label.get()
            aria-disabled=is_refused.then_some("true")
            aria-description=reason.clone()
        >
            {icon.map(|glyph| view! { <Icon glyph /> })}
            {children.map(|children| children())}
        </a>
    };
    with_reason(reason, link)
}

pub(super) fn button_class(variant: Variant, size: Size, is_icon_alone: bool) -> String {
    let variant = match variant {
        Variant::Primary => " button-primary",
        Variant::Secondary => "",
        Variant::Danger => " button-danger",
        Variant::Ghost => " button-ghost",
    };
    let size = match size {
        Size::Small => " button-small",
        Size::Medium => "",
        Size::Large => " button-large",
    };
    let icon = if is_icon_alone { " button-icon" } else { "" };
    format!("button{variant}{size}{icon}")
}

/// Puts the reason beside the control for the eye; the control's description says it to the ear.
pub fn with_reason(reason: Option<String>, control: impl IntoView + 'static) -> AnyView {
    match reason {
        None => control.into_any(),
        Some(reason) => view! {
            <span class="why">
                {control} <span class="why-text" aria-hidden="true">
                    {reason}
                </span>
            </span>
        }
        .into_any(),
    }
}
