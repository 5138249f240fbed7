//! Pages of a development build load again when the server was restarted.

use super::{Console, headers::ScriptNonce};
use axum::{
    Router,
    body::{self, Body},
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::Response,
    routing::get,
};
use std::env;

const PAGE_MAX_BYTES: usize = 16 * 1024 * 1024;

pub fn is_on() -> bool {
    env::var_os("CONIFER_DEV_RELOAD").is_some_and(|value| value == "1")
}

pub fn routes() -> Router<Console> {
    Router::new().route("/dev/reload", get(wait_for_the_end))
}

/// Answers when this server stops.
async fn wait_for_the_end(State(console): State<Console>) -> StatusCode {
    console.shutdown.wait().await;
    StatusCode::NO_CONTENT
}

const SCRIPT: &str = "(async () => {
  const pause = () => new Promise(resolve => setTimeout(resolve, 200));
  const ask = path => fetch(path).then(answer => answer.ok, () => false);
  await ask('/dev/reload');
  do { await pause(); } while (!await ask('/healthz'));
  location.reload();
})();";

/// Appends the script to pages.
pub async fn append_script(request: Request, next: Next) -> Response {
    let nonce = request.extensions().get::<ScriptNonce>().cloned();
    let response = next.run(request).await;
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let (Some(ScriptNonce(nonce)), true) = (nonce, kind.is_some_and(|kind| kind.starts_with("text/html")))
    else {
        return response;
    };
    let (head, page) = response.into_parts();
    let mut page = body::to_bytes(page, PAGE_MAX_BYTES).await.unwrap_or_default().to_vec();
    page.extend_from_slice(format!("<script nonce=\"{nonce}\">{SCRIPT}</script>").as_bytes());
    Response::from_parts(head, Body::from(page))
}
