//! Server functions: POST only, small bodies only, with honest statuses and redirects that stay here.

use super::{Console, answers, context, typed};
use axum::{
    Router,
    body::{self, Body},
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{any, post},
};
use conifer_api::hosts::authority;
use conifer_app::Failure;
use conifer_domain::{
    Problem,
    limits::{RECORDS_BODY_MAX_BYTES, REQUEST_BODY_MAX_BYTES},
};
use http_body_util::LengthLimitError;
use server_fn::error::ServerFnUrlError;
use std::{error::Error, time::Duration};
use tokio::time::timeout;
use url::Url;

const BODY_WAIT_MAX: Duration = Duration::from_secs(30);
/// What a problem takes as JSON, amply.
const PROBLEM_MAX_BYTES: usize = 4096;

pub fn routes(console: &Console) -> Router<Console> {
    let context = context::provider(console);
    let call = async move |request: Request| {
        leptos_axum::handle_server_fns_with_context(context, request).await.into_response()
    };
    // A function that answers GET would be open to every link and image of other sites.
    let changing = server_fn::axum::server_fn_paths().filter(|(_, method)| method == Method::POST);
    let paths: Vec<_> = changing.map(|(path, _)| path).collect();
    tracing::debug!(paths = paths.join(" "), "server functions");
    paths
        .into_iter()
        .fold(Router::new(), |router, path| {
            router.route(path, post(call.clone()).fallback(async || not_by_this_method()))
        })
        .route("/fn/{*name}", any(async || answers::refuse(Problem::NotFound)))
        .layer(middleware::from_fn(honest_status))
        .layer(middleware::from_fn_with_state(console.clone(), stay_here))
        .layer(middleware::from_fn(typed::keep))
        .layer(middleware::from_fn(limit_body))
}

fn not_by_this_method() -> Response {
    let refusal = answers::refuse(Problem::BadRequest);
    let mut response = answers::with_status(StatusCode::METHOD_NOT_ALLOWED, refusal);
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
    response
}

/// Reads the whole body before the function runs.
async fn limit_body(request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let bytes_max = body_bytes_max(head.uri.path());
    match timeout(BODY_WAIT_MAX, body::to_bytes(body, bytes_max)).await {
        Ok(Ok(bytes)) => next.run(Request::from_parts(head, Body::from(bytes))).await,
        Ok(Err(error)) if is_too_long(&error) => {
            answers::refuse(Problem::TooLarge { bytes_max: bytes_max as u64 })
        }
        Ok(Err(_)) => answers::refuse(Problem::BadRequest),
        Err(_) => answers::with_status(StatusCode::REQUEST_TIMEOUT, answers::refuse(Problem::BadRequest)),
    }
}

/// How much a function takes.
pub fn body_bytes_max(path: &str) -> usize {
    let holds_vectors = ["/fn/records/", "/fn/playground/"].iter().any(|room| path.starts_with(room));
    if holds_vectors { RECORDS_BODY_MAX_BYTES } else { REQUEST_BODY_MAX_BYTES }
}

fn is_too_long(error: &axum::Error) -> bool {
    error.source().is_some_and(|source| source.is::<LengthLimitError>())
}

/// A failing function answers 500 whatever failed; the problem in its body knows better.
async fn honest_status(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let bytes = body::to_bytes(body, PROBLEM_MAX_BYTES).await.unwrap_or_default();
    let Ok(problem) = serde_json::from_slice::<Problem>(&bytes) else {
        return answers::refuse(Problem::Unexpected);
    };
    head.status = answers::status(&problem);
    answers::tell_when_to_retry(&problem, &mut head.headers);
    Response::from_parts(head, Body::from(bytes))
}

/// Forms without scripts are sent back where they came from, by the word of a header that anybody can write.
async fn stay_here(State(console): State<Console>, mut request: Request, next: Next) -> Response {
    let home = console.public_url.origin();
    let referer = own_referer(&request, &console).or_else(|| HeaderValue::from_str(&home).ok());
    request.headers_mut().remove(header::REFERER);
    request.headers_mut().extend(referer.map(|url| (header::REFERER, url)));
    let mut response = next.run(request).await;
    if let Some(location) = response.headers().get(header::LOCATION) {
        let path = location.to_str().ok().and_then(path_of).unwrap_or_else(|| "/".into());
        let path = HeaderValue::from_str(&path).unwrap_or(HeaderValue::from_static("/"));
        response.headers_mut().insert(header::LOCATION, path);
    }
    response
}

/// The page a form was sent from, if it is one of ours.
fn own_referer(request: &Request, console: &Console) -> Option<HeaderValue> {
    let referer = request.headers().get(header::REFERER)?;
    let url = Url::parse(referer.to_str().ok()?).ok()?;
    let asked = authority(request.uri(), request.headers());
    let here = asked.is_some_and(|asked| asked.as_str() == url.authority());
    let ours = here || url.authority() == console.public_url.authority();
    HeaderValue::from_str(&without_failure(url)).ok().filter(|_| ours)
}

/// A page that was sent back with a failure names it in its address; a second one would be added to it.
fn without_failure(page: Url) -> String {
    let mut page = page.into();
    ServerFnUrlError::<Failure>::strip_error_info(&mut page);
    page
}

/// The path and query of an address, which can only lead to this site.
fn path_of(location: &str) -> Option<String> {
    let base = Url::parse("http://here.invalid/").ok()?;
    let url = base.join(location).ok()?;
    let path = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    // Two slashes would name another host.
    Some(format!("/{}", path.trim_start_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_do_not_pile_up_in_the_address() {
        let page = "http://localhost/sign-in?next=%2Faccount&__path=%2Ffn%2Fx&__err=e30%3D";
        let page = Url::parse(page).expect("an address");
        assert_eq!(without_failure(page), "http://localhost/sign-in?next=%2Faccount");
    }

    #[test]
    fn a_redirect_cannot_leave() {
        for (location, path) in [
            ("/account?done=profile-saved", "/account?done=profile-saved"),
            ("http://localhost:8080/sign-in?__path=x", "/sign-in?__path=x"),
            ("https://evil.example/steal?a=1", "/steal?a=1"),
            ("//evil.example/steal", "/steal"),
            ("/\\evil.example/steal", "/steal"),
            ("http://here//evil.example", "/evil.example"),
            ("javascript:alert(1)", "/alert(1)"),
        ] {
            assert_eq!(path_of(location).as_deref(), Some(path), "{location}");
        }
    }
}
