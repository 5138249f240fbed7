//! Refusals in the kind that was asked for: a page for people, a problem as JSON for scripts.

use super::site;
use crate::telemetry::requests::Client;
use axum::{
    Json,
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use conifer_domain::Problem;
use std::any::Any;

/// Marks an answer whose body is still to be written.
#[derive(Clone)]
struct Refused(Problem);

pub fn refuse(problem: Problem) -> Response {
    let mut response = status(&problem).into_response();
    tell_when_to_retry(&problem, response.headers_mut());
    response.extensions_mut().insert(Refused(problem));
    response
}

pub fn status(problem: &Problem) -> StatusCode {
    StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

pub fn tell_when_to_retry(problem: &Problem, headers: &mut HeaderMap) {
    let seconds = match problem {
        Problem::TooMany { retry_after_s } => *retry_after_s,
        Problem::Unavailable => 5,
        _ => return,
    };
    headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
}

/// The panic's text is in the log, under the request's id.
pub fn after_panic(_: Box<dyn Any + Send>) -> Response {
    refuse(Problem::Unexpected)
}

pub async fn in_kind(request: Request, next: Next) -> Response {
    let html = accepts_html(request.headers());
    let client = request.extensions().get::<Client>().cloned();
    let mut response = next.run(request).await;
    let Some(Refused(problem)) = response.extensions_mut().remove::<Refused>() else {
        return response;
    };
    let said = if html {
        let id = client.map(|client| client.request_id.to_string()).unwrap_or_default();
        Html(page(response.status(), &problem, &id)).into_response()
    } else {
        Json(&problem).into_response()
    };
    let (head, body) = said.into_parts();
    response.headers_mut().extend(head.headers);
    response.map(|_| body)
}

pub fn accepts_html(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// Stands for itself, because the pages' own machinery may be what failed. Nothing in it needs escaping:
/// problems hold no free text, and a request's id only letters, digits and dashes.
fn page(status: StatusCode, problem: &Problem, request_id: &str) -> String {
    let style = site::base()
        .map(|base| format!("<link rel=\"stylesheet\" href=\"{base}/conifer.css\">"))
        .unwrap_or_default();
    let code = status.as_u16();
    let title = title(status);
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title} · Conifer</title>{style}</head>\
         <body><main class=\"error-page\" id=\"main\"><p class=\"error-code\">{code}</p><h1>{title}</h1>\
         <p>{problem}</p><p><a class=\"button\" href=\"/\">Home</a></p>\
         <p class=\"muted small\">Request <code>{request_id}</code></p></main></body></html>"
    )
}

fn title(status: StatusCode) -> &'static str {
    match status.as_u16() {
        403 => "Not allowed",
        404 => "Not found",
        405 => "Not possible this way",
        408 => "Took too long",
        413 => "Too large",
        421 => "Not this server",
        503 => "Busy",
        500.. => "Something went wrong",
        _ => "Not understood",
    }
}

/// The body of an answer with its head's status, for those that are not a problem's own.
pub fn with_status(status: StatusCode, mut response: Response<Body>) -> Response {
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{Router, body, middleware, routing::get};
    use tower::ServiceExt;
    use tower_http::catch_panic::CatchPanicLayer;

    async fn after_a_panic(accept: &str) -> (StatusCode, String) {
        let defect = async || -> &'static str { panic!("a secret of the defect") };
        let router = Router::new()
            .route("/", get(defect))
            .layer(CatchPanicLayer::custom(after_panic))
            .layer(middleware::from_fn(in_kind));
        let request = Request::builder().header(header::ACCEPT, accept).body(Body::empty());
        let response = router.oneshot(request.expect("a request")).await.expect("an answer");
        let status = response.status();
        let bytes = body::to_bytes(response.into_body(), 65_536).await.expect("a body");
        (status, String::from_utf8(bytes.to_vec()).expect("text"))
    }

    #[tokio::test]
    async fn a_defect_is_told_in_kind_and_without_details() {
        let (status, page) = after_a_panic("text/html,*/*").await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(page.starts_with("<!DOCTYPE html>") && page.contains("Something went wrong"), "{page}");
        assert!(!page.contains("a secret of the defect"), "{page}");
        let (status, json) = after_a_panic("application/json").await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(serde_json::from_str::<Problem>(&json).ok(), Some(Problem::Unexpected));
    }
}
