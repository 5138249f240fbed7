use super::{Glyph, Icon};
use leptos::{
    ev::{FocusEvent, KeyboardEvent},
    html,
    prelude::*,
    wasm_bindgen::JsCast,
};
use web_sys::Node;

/// A list that folds out of a button. It is a `details`, so it opens without a script; with one it also closes
/// by Esc, by leaving it and by choosing.
#[component]
pub fn Menu(
    /// What the button is for, said after what it shows: "Change project".
    #[prop(into)]
    label: String,
    /// What the button shows.
    #[prop(into)]
    trigger: ViewFnOnce,
    /// Unfolds towards the start, for a button at the end of its row.
    #[prop(optional)]
    align_end: bool,
    /// Unfolds upwards, for a button at the foot of the window.
    #[prop(optional)]
    upwards: bool,
    children: Children,
) -> impl IntoView {
    let details = NodeRef::<html::Details>::new();
    let summary = NodeRef::<html::Summary>::new();
    let close = move || {
        if let Some(details) = details.get_untracked() {
            details.set_open(false);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let is_open = details.get_untracked().is_some_and(|details| details.open());
        if event.key() == "Escape" && is_open {
            close();
            if let Some(summary) = summary.get_untracked() {
                // Fails only for an element that left the page meanwhile.
                _ = summary.focus();
            }
        }
    };
    let on_leave = move |event: FocusEvent| {
        let target = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
        let stays = details.get_untracked().is_some_and(|details| details.contains(target.as_ref()));
        if !stays {
            close();
        }
    };
    let class =
        format!("menu{}{}", if align_end { " menu-end" } else { "" }, if upwards { " menu-up" } else { "" });
    view! {
        <details class=class name="menu" node_ref=details on:keydown=on_key on:focusout=on_leave>
            <summary class="menu-trigger" node_ref=summary>
                {trigger.run()} <span class="visually-hidden">{label}</span>
            </summary>
            // Takes the focus of a click between the items, which would otherwise seem to leave the menu.
            <div class="menu-panel" tabindex="-1" on:click=move |_| close()>
                {children()}
            </div>
        </details>
    }
    .into_any()
}

/// Items of a menu that belong together.
#[component]
pub fn MenuList(
    /// Shown above them.
    #[prop(optional, into)]
    heading: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        {heading.map(|heading| view! { <p class="menu-heading">{heading}</p> })}
        <ul class="menu-list">{children()}</ul>
    }
    .into_any()
}

#[component]
pub fn MenuLink(
    #[prop(into)] href: String,
    #[prop(optional)] icon: Option<Glyph>,
    /// The one among its like where one is now.
    #[prop(optional)]
    current: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <li>
            <a class="menu-item" href=href aria-current=current.then_some("true")>
                {icon.map(|glyph| view! { <Icon glyph /> })}
                {children()}
                {current.then(|| view! { <Icon glyph=Glyph::Check /> })}
            </a>
        </li>
    }
    .into_any()
}

/// A button that sends the form around it: `<li><SendForm …><MenuSubmit>…`.
#[component]
pub fn MenuSubmit(
    #[prop(optional)] icon: Option<Glyph>,
    #[prop(optional)] danger: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <button type="submit" class=if danger { "menu-item menu-item-danger" } else { "menu-item" }>
            {icon.map(|glyph| view! { <Icon glyph /> })}
            {children()}
        </button>
    }
    .into_any()
}

#[component]
pub fn MenuDivider() -> impl IntoView {
    view! { <div class="menu-divider"></div> }
}

/// Whose menu it is.
#[component]
pub fn MenuWho(#[prop(into)] name: String, #[prop(into)] email: String) -> impl IntoView {
    view! {
        <div class="menu-who">
            <span class="menu-who-name truncate">{name}</span>
            <span class="menu-who-mail truncate">{email}</span>
        </div>
    }
    .into_any()
}
