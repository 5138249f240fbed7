//! What the data plane does not do yet. It says so to whoever has a key, in the words of each area.

use crate::{
    Api,
    caller::Caller,
    errors::{ApiError, Area, Result, write_bodies},
};
use axum::{Router, middleware, routing::any};

const RECORDS: &str = "Records with text that is embedded here";
const DOCUMENTS: &str = "Documents";
const ALIASES: &str = "Aliases of namespaces";

pub(super) fn routes() -> Router<Api> {
    let control = [
        ("/records/namespaces/{namespace}/upsert", RECORDS),
        ("/records/namespaces/{namespace}/search", RECORDS),
        ("/namespaces/{namespace}/documents/{deed}", DOCUMENTS),
    ];
    let data = [("/namespace-aliases", ALIASES), ("/namespace-aliases/{alias}", ALIASES)];
    in_area(Area::Control, &control).merge(in_area(Area::Data, &data))
}

fn in_area(area: Area, paths: &[(&'static str, &'static str)]) -> Router<Api> {
    let routes = paths.iter().fold(Router::new(), |router, &(path, what)| {
        router.route(path, any(async move |_: Caller| refuse(what)))
    });
    routes.layer(middleware::from_fn_with_state(area, write_bodies))
}

fn refuse(what: &str) -> Result<()> {
    Err(ApiError::unimplemented(what))
}
