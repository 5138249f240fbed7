//! Vectors: records with values and metadata, in camel case.

pub(crate) mod delete;
pub(crate) mod fetch;
pub(crate) mod incoming;
pub(crate) mod list;
pub(crate) mod lsn;
mod outgoing;
pub(crate) mod query;
pub(crate) mod stats;
pub(crate) mod update;
mod upsert;

use crate::Api;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(crate) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(upsert::upsert_vectors))
        .routes(routes!(query::query_vectors))
        .routes(routes!(fetch::fetch_vectors))
        .routes(routes!(fetch::fetch_vectors_by_metadata))
        .routes(routes!(update::update_vector))
        .routes(routes!(delete::delete_vectors))
        .routes(routes!(list::list_vectors))
        .routes(routes!(stats::describe_index_stats))
}

/// Where the next page begins.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Pagination {
    pub next: String,
}

/// Nothing to say but that it is done.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Done {}

/// A record as it is answered.
#[derive(ToSchema)]
#[schema(as = Vector, rename_all = "camelCase")]
#[allow(dead_code)]
pub(crate) struct VectorShape {
    id: String,
    values: Option<Vec<f32>>,
    sparse_values: Option<incoming::SparseVector>,
    metadata: Option<serde_json::Map<String, serde_json::Value>>,
}
