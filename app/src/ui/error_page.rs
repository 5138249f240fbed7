use super::Code;
use leptos::prelude::*;

/// A page that is not there or may not be seen: what happened, and where to go (the children).
#[component]
pub fn ErrorPage(
    /// The HTTP status.
    code: u16,
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    /// Finds the request in the log.
    #[prop(optional, into)]
    request_id: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="error-page">
            <img class="error-art" src="/lost.svg" alt="" width="352" height="220" />
            <p class="error-code">{code}</p>
            <h1 class="error-title">{title}</h1>
            <p class="error-text">{text}</p>
            <div class="error-actions">{children()}</div>
            {request_id
                .map(|id| {
                    view! {
                        <p class="error-request">"Request " <Code>{id}</Code></p>
                    }
                })}
        </div>
    }
    .into_any()
}
