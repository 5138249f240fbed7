//! What the control plane does not do yet. It says so to whoever has a key.

use crate::{
    Api,
    caller::Caller,
    errors::{ApiError, Result},
};
use axum::{Json, Router, routing::any};
use serde_json::json;

const EMBEDDING: &str = "Indexes that embed text by themselves";
const INFERENCE: &str = "Embedding and reranking";
const ASSISTANTS: &str = "Assistants";
const METRICS: &str = "Discovery of metrics";

pub(super) fn routes() -> Router<Api> {
    let paths = [
        ("/indexes/create-for-model", EMBEDDING),
        ("/embed", INFERENCE),
        ("/rerank", INFERENCE),
        ("/models", INFERENCE),
        ("/models/{model}", INFERENCE),
        ("/assistant/{*path}", ASSISTANTS),
        ("/evaluation/{*path}", ASSISTANTS),
        ("/prometheus/{*path}", METRICS),
    ];
    // What is not built has no members: so it can be told to who empties a project.
    let assistants =
        any(async |_: Caller| refuse(ASSISTANTS)).get(async |_: Caller| Json(json!({ "assistants": [] })));
    let router = Router::new().route("/assistant/assistants", assistants);
    paths
        .into_iter()
        .fold(router, |router, (path, what)| router.route(path, any(async move |_: Caller| refuse(what))))
}

fn refuse(what: &str) -> Result<()> {
    Err(ApiError::unimplemented(what))
}
