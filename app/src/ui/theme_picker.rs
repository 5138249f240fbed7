use conifer_domain::theme::Theme;
use leptos::prelude::*;

/// The themes as small pictures; sends `theme` with the form around it.
#[component]
pub fn ThemePicker(#[prop(optional)] selected: Theme) -> impl IntoView {
    let option = |theme: Theme| {
        view! {
            <label class="theme-option">
                <input type="radio" name="theme" value=theme.as_str() checked=theme == selected />
                <span class=format!("theme-preview theme-split theme-{theme}") aria-hidden="true">
                    {dark_half(theme).map(|class| view! { <span class=format!("theme-preview {class}")></span> })}
                </span>
                <span class="theme-name">{theme.label()}</span>
            </label>
        }
    };
    view! {
        <fieldset class="theme-picker">
            <legend class="visually-hidden">"Theme"</legend>
            {Theme::ALL.map(option).collect_view()}
        </fieldset>
    }
    .into_any()
}

/// Themes that follow the system are drawn light and dark in one.
const fn dark_half(theme: Theme) -> Option<&'static str> {
    match theme {
        Theme::System => Some("theme-dark"),
        Theme::Contrast => Some("theme-contrast-dark"),
        Theme::Light | Theme::Dark => None,
    }
}
