//! Records in.

use super::{
    super::{
        BODY_MAX_BYTES, TAG,
        place::{Here, Namespace},
    },
    incoming::Vector,
    lsn,
};
use crate::{Api, caller::Caller, errors::Result, requests::Body};
use axum::{Json, extract::State, response::IntoResponse};
use conifer_domain::permissions::may;
use conifer_services::records;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
pub(crate) struct UpsertRequest {
    #[schema(min_items = 1, max_items = 1000)]
    vectors: Vec<Vector>,
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 512)]
    namespace: Namespace,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UpsertResponse {
    upserted_count: u64,
}

/// Inserts records, or replaces those of the same id.
#[utoipa::path(post, path = "/vectors/upsert", tag = TAG, request_body = UpsertRequest,
    responses((status = OK, body = UpsertResponse)))]
pub(crate) async fn upsert_vectors(
    State(api): State<Api>,
    caller: Caller,
    Here(index): Here,
    Body(request): Body<UpsertRequest, BODY_MAX_BYTES>,
) -> Result<impl IntoResponse> {
    let granted = caller.may::<may::UpsertVectors>(&api, index).await?;
    let vectors = request.vectors.into_iter().map(Into::into).collect();
    let written = records::upsert(&api.services, &granted, request.namespace.name, vectors).await?;
    caller.wrote(written.records);
    Ok((lsn::of_write(written), Json(UpsertResponse { upserted_count: written.records })))
}
