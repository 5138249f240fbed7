use leptos::prelude::*;

/// One step of the way to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    text: String,
    href: Option<String>,
}

impl Crumb {
    /// A page above this one.
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: Some(href.into()) }
    }

    /// This page, the last step.
    pub fn here(text: impl Into<String>) -> Self {
        Self { text: text.into(), href: None }
    }
}

/// Where this page is. A phone shows the last two steps.
#[component]
pub fn Breadcrumbs(#[prop(into)] items: Signal<Vec<Crumb>>) -> impl IntoView {
    let step = |Crumb { text, href }| {
        let step = match href {
            Some(href) => view! { <a href=href>{text}</a> }.into_any(),
            None => view! { <span aria-current="page">{text}</span> }.into_any(),
        };
        view! { <li class="crumb">{step}</li> }
    };
    view! {
        <nav class="breadcrumbs" aria-label="Breadcrumbs">
            <ol class="breadcrumbs-list">{move || items.get().into_iter().map(step).collect_view()}</ol>
        </nav>
    }
    .into_any()
}
