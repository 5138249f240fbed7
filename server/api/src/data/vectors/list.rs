//! The ids of a namespace, page by page.

use super::{
    super::{
        TAG,
        place::{Here, Namespace},
        usage::Usage,
    },
    Pagination, lsn,
};
use crate::{
    Api,
    caller::Caller,
    errors::Result,
    requests::{Parameters, token},
};
use axum::{Json, extract::State, response::IntoResponse};
use conifer_domain::permissions::may;
use conifer_services::records;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

pub(crate) const PAGE_MAX: usize = 100;

#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[allow(dead_code)]
pub(crate) struct ListParameters {
    #[param(max_length = 512)]
    prefix: Option<String>,
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    pagination_token: Option<String>,
    #[param(max_length = 512)]
    namespace: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct ListItem {
    id: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct ListResponse {
    vectors: Vec<ListItem>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pagination: Option<Pagination>,
    namespace: String,
    usage: Usage,
}

/// The ids that begin with a prefix, in the order of their bytes.
#[utoipa::path(get, path = "/vectors/list", tag = TAG, params(ListParameters),
    responses((status = OK, body = ListResponse)))]
pub(crate) async fn list_vectors(
    State(api): State<Api>,
    caller: Caller,
    Here(index): Here,
    parameters: Parameters,
) -> Result<impl IntoResponse> {
    let granted = caller.may::<may::ListVectorIds>(&api, index).await?;
    let Namespace { name, asked } = Namespace::read(parameters.one("namespace").unwrap_or_default())?;
    let prefix = parameters.one("prefix").unwrap_or_default().to_owned();
    let limit = parameters.limit(PAGE_MAX, PAGE_MAX)?;
    let after = token::read_id(parameters.one("paginationToken"))?;
    let seen = records::list_ids(&api.services, &granted, name, prefix, after, limit).await?;
    let page = seen.value;
    let found = ListResponse {
        pagination: page.next.map(|id| Pagination { next: token::write(id.as_str()) }),
        vectors: page.items.into_iter().map(|id| ListItem { id: id.to_string() }).collect(),
        namespace: asked,
        usage: caller.spends(Usage::ONE),
    };
    Ok((lsn::of_read(seen.last_write), Json(found)))
}
