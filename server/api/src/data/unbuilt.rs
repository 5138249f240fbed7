//! What the data plane does not do yet. It says so to whoever has a key, in the words of its area.

use crate::{
    Api,
    caller::Caller,
    errors::{ApiError, Result},
};
use axum::{Router, routing::any};

const RECORDS: &str = "Records with text that is embedded here";
const DOCUMENTS: &str = "Documents";
const ALIASES: &str = "Aliases of namespaces";

pub(super) fn routes() -> Router<Api> {
    let paths = [
        ("/records/namespaces/{namespace}/upsert", RECORDS),
        ("/records/namespaces/{namespace}/search", RECORDS),
        ("/namespaces/{namespace}/documents/{deed}", DOCUMENTS),
        ("/namespace-aliases", ALIASES),
        ("/namespace-aliases/{alias}", ALIASES),
    ];
    paths.into_iter().fold(Router::new(), |router, (path, what)| {
        router.route(path, any(async move |_: Caller| refuse(what)))
    })
}

fn refuse(what: &str) -> Result<()> {
    Err(ApiError::unimplemented(what))
}
