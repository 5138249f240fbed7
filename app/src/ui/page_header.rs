use leptos::prelude::*;

/// The top of a page: its name, what it is for, and what one can do here (the children).
#[component]
pub fn PageHeader(
    #[prop(into)] title: String,
    #[prop(optional, into)] text: Option<String>,
    #[prop(optional, into)] breadcrumbs: Option<ViewFnOnce>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="page-header">
            <div class="page-header-text">
                {breadcrumbs.map(|crumbs| crumbs.run())} <h1>{title}</h1>
                {text.map(|text| view! { <p>{text}</p> })}
            </div>
            {children
                .map(|children| view! { <div class="page-header-actions">{children()}</div> })}
        </header>
    }
    .into_any()
}
