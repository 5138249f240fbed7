//! Records by their ids, or by what their metadata says.

use super::{
    super::{
        BODY_MAX_BYTES, TAG,
        place::{Here, Namespace},
        usage::Usage,
    },
    Pagination, VectorShape,
    incoming::any_filter,
    lsn,
    outgoing::Out,
};
use crate::{
    Api,
    caller::Caller,
    errors::{ApiError, Result},
    requests::{Body, Parameters, answer, check_limit, token},
};
use axum::{extract::State, response::IntoResponse};
use conifer_domain::permissions::may;
use conifer_services::{
    engine::{Filter, Record, RecordId, limits},
    records,
};
use serde::{Deserialize, Serialize, Serializer};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

pub(crate) const PAGE: usize = 100;
pub(crate) const PAGE_MAX: usize = 10_000;

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code)]
pub(crate) struct FetchParameters {
    #[param(min_items = 1, max_items = 1000)]
    ids: Vec<String>,
    #[param(max_length = 512)]
    namespace: Option<String>,
}

/// Records under their ids.
struct Records(Vec<Arc<Record>>);

impl Serialize for Records {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|record| (record.id.as_str(), Out(Arc::clone(record)))))
    }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct FetchResponse {
    #[schema(value_type = std::collections::HashMap<String, VectorShape>)]
    vectors: Records,
    namespace: String,
    usage: Usage,
    #[serde(skip_serializing_if = "Option::is_none")]
    pagination: Option<Pagination>,
}

impl FetchResponse {
    fn of(caller: &Caller, records: Vec<Arc<Record>>, namespace: String, next: Option<RecordId>) -> Self {
        Self {
            usage: caller.spends(Usage::of_records(records.len())),
            vectors: Records(records),
            namespace,
            pagination: next.map(|id| Pagination { next: token::write(id.as_str()) }),
        }
    }

    /// About as long as it is as JSON.
    fn bytes(&self) -> usize {
        self.vectors.0.iter().map(|record| 3 * record.bytes()).sum()
    }
}

/// Those of these records that there are.
#[utoipa::path(get, path = "/vectors/fetch", tag = TAG, params(FetchParameters),
    responses((status = OK, body = FetchResponse)))]
pub(crate) async fn fetch_vectors(
    State(api): State<Api>,
    caller: Caller,
    Here(index): Here,
    parameters: Parameters,
) -> Result<impl IntoResponse> {
    let granted = caller.may::<may::FetchVectors>(&api, index).await?;
    let namespace = Namespace::read(parameters.one("namespace").unwrap_or_default())?;
    let ids = parameters.all("ids").enumerate().map(|(n, id)| read_id(n, id)).collect::<Result<Vec<_>>>()?;
    check_count(ids.len(), limits::FETCH_IDS)?;
    let seen = records::fetch(&api.services, &granted, namespace.name, ids).await?;
    let found = FetchResponse::of(&caller, seen.value, namespace.asked, None);
    Ok((lsn::of_read(seen.last_write), answer(found.bytes(), found).await))
}

fn read_id(position: usize, text: &str) -> Result<RecordId> {
    RecordId::new(text).map_err(|invalid| ApiError::invalid(format!("ids[{position}]: {}", invalid.rule)))
}

pub(crate) fn check_count(found: usize, max: usize) -> Result<()> {
    let refused = || ApiError::invalid(format!("ids: must be 1 to {max} ids, but is {found}"));
    (1..=max).contains(&found).then_some(()).ok_or_else(refused)
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FetchByMetadataRequest {
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 512)]
    namespace: Namespace,
    #[serde(default, deserialize_with = "any_filter")]
    #[schema(value_type = Object)]
    filter: Option<Filter>,
    #[serde(default)]
    #[schema(minimum = 1, maximum = 10000)]
    limit: Option<i64>,
    #[serde(default)]
    pagination_token: Option<String>,
}

/// The records whose metadata passes a filter, in the order of their ids.
#[utoipa::path(post, path = "/vectors/fetch_by_metadata", tag = TAG, request_body = FetchByMetadataRequest,
    responses((status = OK, body = FetchResponse)))]
pub(crate) async fn fetch_vectors_by_metadata(
    State(api): State<Api>,
    caller: Caller,
    Here(index): Here,
    Body(request): Body<FetchByMetadataRequest, BODY_MAX_BYTES>,
) -> Result<impl IntoResponse> {
    let granted = caller.may::<may::FetchVectors>(&api, index).await?;
    let limit = request.limit.map_or(Ok(PAGE), |limit| check_limit(Some(limit), limit, PAGE_MAX))?;
    let after = token::read_id(request.pagination_token.as_deref())?;
    let filter = request.filter.unwrap_or_else(Filter::everything);
    let Namespace { name, asked } = request.namespace;
    let seen = records::fetch_by_metadata(&api.services, &granted, name, filter, after, limit).await?;
    let found = FetchResponse::of(&caller, seen.value.items, asked, seen.value.next);
    Ok((lsn::of_read(seen.last_write), answer(found.bytes(), found).await))
}
