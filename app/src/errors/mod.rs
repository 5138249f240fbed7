//! The pages of what went wrong, with the status that says the same.

use crate::ui::{Alert, ButtonLink, ErrorPage, Kind, Variant};
use conifer_domain::Problem;
use leptos::prelude::*;
use leptos_meta::Title;

/// Stands where a page cannot.
#[component]
pub fn ProblemPage(problem: Problem) -> impl IntoView {
    let status = problem.status();
    answer_with(status);
    let title = title(&problem);
    view! {
        <Title text=title />
        <ErrorPage code=status title text=problem.to_string()>
            <ButtonLink href="/" variant=Variant::Primary>
                "Go to your projects"
            </ButtonLink>
        </ErrorPage>
    }
}

/// The same outside the shell.
#[component]
pub fn LoneProblemPage(problem: Problem) -> impl IntoView {
    view! {
        <main class="page" id="main" tabindex="-1">
            <ProblemPage problem />
        </main>
    }
}

/// The same below a title that stands already.
#[component]
pub fn ProblemAlert(problem: Problem) -> impl IntoView {
    answer_with(problem.status());
    view! {
        <Alert kind=Kind::Danger role="alert">
            {problem.to_string()}
        </Alert>
    }
}

/// An address that is no page.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! { <LoneProblemPage problem=Problem::NotFound /> }
}

fn title(problem: &Problem) -> &'static str {
    match problem {
        Problem::NotFound => "Not found",
        Problem::LinkDead => "This link is dead",
        Problem::Forbidden | Problem::Denied { .. } | Problem::SignUpClosed => "Not allowed",
        Problem::SignedOut => "Signed out",
        Problem::TooMany { .. } => "Too many tries",
        Problem::Unavailable | Problem::Offline => "Not available",
        _ => "Something went wrong",
    }
}

/// Pages render whole before they are sent, so the status can still be told.
fn answer_with(status: u16) {
    #[cfg(feature = "ssr")]
    if let (Some(response), Ok(status)) =
        (use_context::<leptos_axum::ResponseOptions>(), http::StatusCode::from_u16(status))
    {
        response.set_status(status);
    }
    #[cfg(not(feature = "ssr"))]
    let _ = status;
}
