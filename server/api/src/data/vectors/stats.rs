//! How much an index holds.

use super::{
    super::{BODY_MAX_BYTES, TAG, place::Here},
    incoming::optional_filter,
    lsn,
};
use crate::{Api, caller::Caller, errors::Result, requests::Body, version::ApiVersion};
use axum::{Json, extract::State, response::IntoResponse};
use conifer_domain::{
    indexes::{Metric, VectorType},
    namespaces::Namespace as Kept,
    permissions::may,
};
use conifer_services::{
    engine::Filter,
    records::{self, Stats},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

#[derive(Default, Deserialize, ToSchema)]
pub(crate) struct StatsRequest {
    #[serde(default, deserialize_with = "optional_filter")]
    #[schema(value_type = Option<Object>)]
    filter: Option<Filter>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NamespaceSummary {
    vector_count: u64,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IndexDescription {
    namespaces: BTreeMap<String, NamespaceSummary>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dimension: Option<u32>,
    /// From 0 to 1 where pods hold a number of records, else 0: nothing fills up but the disk.
    index_fullness: f32,
    total_vector_count: u64,
    #[schema(value_type = String)]
    metric: Metric,
    #[schema(value_type = String)]
    vector_type: VectorType,
}

/// How many records each namespace has, or how many of them pass a filter.
#[utoipa::path(post, path = "/describe_index_stats", tag = TAG, request_body = StatsRequest,
    responses((status = OK, body = IndexDescription)))]
pub(crate) async fn describe_index_stats(
    State(api): State<Api>,
    caller: Caller,
    Here(index): Here,
    version: ApiVersion,
    Body(request): Body<StatsRequest, BODY_MAX_BYTES>,
) -> Result<impl IntoResponse> {
    let granted = caller.may::<may::GetIndexStats>(&api, index).await?;
    let seen = records::stats(&api.services, &granted, request.filter).await?;
    let stats = seen.value;
    let counts = stats.namespaces.iter();
    let described = IndexDescription {
        namespaces: counts
            .map(|one| (label(one, version), NamespaceSummary { vector_count: one.records }))
            .collect(),
        dimension: stats.vectors.dimension(),
        index_fullness: fullness(&stats),
        total_vector_count: stats.records,
        metric: stats.vectors.metric(),
        vector_type: stats.vectors.kind(),
    };
    Ok((lsn::of_read(seen.last_write), Json(described)))
}

/// How much of what its pods hold is there.
pub(crate) fn fullness(stats: &Stats) -> f32 {
    let part = |capacity: u64| stats.records as f64 / capacity.max(1) as f64;
    stats.capacity.map_or(0.0, |capacity| part(capacity).min(1.0) as f32)
}

/// What a namespace is called in the version asked for.
pub(crate) fn label(kept: &Kept, version: ApiVersion) -> String {
    match version {
        // The default namespace had no name yet.
        ApiVersion::V2025_01 => kept.name.clone(),
        _ => kept.label().to_owned(),
    }
}
