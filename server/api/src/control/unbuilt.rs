//! What the control plane does not do yet. It says so to whoever has a key.

use crate::{
    Api,
    caller::Caller,
    errors::{ApiError, Result},
};
use axum::{Router, routing::any};

const EMBEDDING: &str = "Indexes that embed text by themselves";
const INFERENCE: &str = "Embedding and reranking";
const ASSISTANTS: &str = "Assistants";
const METRICS: &str = "Discovery of metrics";
const ADMIN: &str = "The Admin API";

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
        ("/admin/{*path}", ADMIN),
    ];
    paths.into_iter().fold(Router::new(), |router, (path, what)| {
        router.route(path, any(async move |_: Caller| refuse(what)))
    })
}

fn refuse(what: &str) -> Result<()> {
    Err(ApiError::unimplemented(what))
}
