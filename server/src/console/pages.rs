//! Every page of the app, and the page that says that there is none.

use super::{Console, context, site};
use axum::{Router, extract::Request, http::StatusCode, response::Response, routing::get};
use conifer_app::{Assets, document};

pub fn routes(console: &Console) -> Router<Console> {
    let render = leptos_axum::render_app_async_with_context(context::provider(console), || {
        document(Assets { base: site::base() })
    });
    let listed = leptos_axum::generate_route_list_with_exclusions_and_ssg_and_context(
        || document(Assets::default()),
        None,
        context::provider(console),
    );
    let paths: Vec<_> = listed.0.iter().map(|page| page.path()).collect();
    tracing::debug!(paths = paths.join(" "), "pages");
    let pages =
        listed.0.iter().fold(Router::new(), |router, page| router.route(page.path(), get(render.clone())));
    pages.fallback(async move |request: Request| not_found(render(request).await))
}

/// The app found no page either; it has drawn its own "not found".
fn not_found(mut response: Response) -> Response {
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}
