use super::{Glyph, Icon};
use leptos::prelude::*;

/// What kind of thing a message or a label says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Neutral,
    Info,
    Success,
    Warning,
    Danger,
    Accent,
}

impl Kind {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Info => "info",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Danger => "danger",
            Self::Accent => "accent",
        }
    }

    pub(super) const fn glyph(self) -> Glyph {
        match self {
            Self::Neutral | Self::Info | Self::Accent => Glyph::Info,
            Self::Success => Glyph::CheckCircle,
            Self::Warning => Glyph::Warning,
            Self::Danger => Glyph::Alert,
        }
    }
}

/// Something to know, in the place where it matters.
#[component]
pub fn Alert(
    #[prop(optional)] kind: Kind,
    #[prop(optional, into)] title: Option<String>,
    /// `alert` or `status` for what appears after the page did, so that it is read aloud.
    #[prop(optional, into)]
    role: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class=format!("alert alert-{}", kind.as_str()) role=role>
            <Icon glyph=kind.glyph() />
            <div class="alert-body">
                {title.map(|title| view! { <p class="alert-title">{title}</p> })} <div>{children()}</div>
            </div>
        </div>
    }
    .into_any()
}
