//! Namespaces, in snake case.

use super::{
    BODY_MAX_BYTES, TAG,
    place::{Here, Namespace},
    vectors::{Done, Pagination},
};
use crate::{
    Api,
    caller::Caller,
    errors::{ApiError, Result},
    requests::{Body, Named, Parameters, token},
    version::ApiVersion,
};
use axum::{Json, extract::State, response::IntoResponse};
use conifer_domain::{namespaces::Namespace as Kept, permissions::may};
use conifer_services::namespaces;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

pub(crate) const PAGE_MAX: usize = 100;
const SCHEMA_FIELDS_MAX: usize = 50;

pub(crate) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(list_namespaces, create_namespace))
        .routes(routes!(describe_namespace, delete_namespace))
}

/// Which metadata fields filters may go by. Here they go by all: it is checked, and has no effect.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct MetadataSchema {
    #[serde(default)]
    fields: BTreeMap<String, MetadataField>,
}

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct MetadataField {
    filterable: bool,
}

impl MetadataSchema {
    pub(crate) fn of(fields: impl Iterator<Item = (String, bool)>) -> Self {
        Self { fields: fields.map(|(name, filterable)| (name, MetadataField { filterable })).collect() }
    }

    pub(crate) fn check(&self) -> Result<()> {
        let found = self.fields.len();
        if found > SCHEMA_FIELDS_MAX {
            let message =
                format!("schema.fields: must have at most {SCHEMA_FIELDS_MAX} fields, but has {found}");
            return Err(ApiError::invalid(message));
        }
        match self.fields.iter().find(|(_, field)| !field.filterable) {
            None => Ok(()),
            Some((name, _)) => {
                Err(ApiError::invalid(format!("schema.fields.{name}.filterable: must be true, but is false")))
            }
        }
    }
}

#[derive(Deserialize, ToSchema)]
pub(crate) struct CreateNamespaceRequest {
    #[schema(min_length = 1, max_length = 512)]
    name: String,
    #[serde(default)]
    schema: Option<MetadataSchema>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct NamespaceDescription {
    name: String,
    /// A number, and since 2026-07 a number in text.
    record_count: RecordCount,
}

#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum RecordCount {
    Number(u64),
    Text(String),
}

#[derive(Serialize, ToSchema)]
pub(crate) struct ListNamespacesResponse {
    namespaces: Vec<NamespaceDescription>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pagination: Option<Pagination>,
    total_count: u64,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code)]
pub(crate) struct ListParameters {
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    #[param(rename = "paginationToken")]
    pagination_token: Option<String>,
    #[param(max_length = 512)]
    prefix: Option<String>,
}

fn describe(kept: &Kept, version: ApiVersion) -> NamespaceDescription {
    let record_count = match version.has_schemas() {
        true => RecordCount::Text(kept.records.to_string()),
        false => RecordCount::Number(kept.records),
    };
    NamespaceDescription { name: kept.label().to_owned(), record_count }
}

/// The namespaces of an index, in the order of their names.
#[utoipa::path(get, path = "/namespaces", tag = TAG, params(ListParameters),
    responses((status = OK, body = ListNamespacesResponse)))]
pub(crate) async fn list_namespaces(
    State(api): State<Api>,
    caller: Caller,
    Here(index): Here,
    version: ApiVersion,
    parameters: Parameters,
) -> Result<impl IntoResponse> {
    let granted = caller.may::<may::GetIndexStats>(&api, index).await?;
    let limit = parameters.limit(PAGE_MAX, PAGE_MAX)?;
    let after = token::read_namespace(parameters.one("paginationToken"))?;
    let prefix = parameters.one("prefix").unwrap_or_default().to_owned();
    Namespace::read(&prefix).map_err(|_| ApiError::invalid("prefix: must be 0 to 512 ASCII characters"))?;
    let total_count = namespaces::total(&api.services, &granted, &prefix).await?;
    let page = namespaces::list(&api.services, &granted, prefix, after, limit).await?;
    Ok(Json(ListNamespacesResponse {
        total_count,
        namespaces: page.items.iter().map(|kept| describe(kept, version)).collect(),
        pagination: page.next.map(|name| Pagination { next: token::write(name.as_str()) }),
    }))
}

/// Makes a namespace without records.
#[utoipa::path(post, path = "/namespaces", tag = TAG, request_body = CreateNamespaceRequest,
    responses((status = OK, body = NamespaceDescription), (status = CONFLICT)))]
pub(crate) async fn create_namespace(
    State(api): State<Api>,
    caller: Caller,
    Here(index): Here,
    version: ApiVersion,
    Body(request): Body<CreateNamespaceRequest, BODY_MAX_BYTES>,
) -> Result<impl IntoResponse> {
    let granted = caller.may::<may::CreateNamespaces>(&api, index).await?;
    request.schema.map_or(Ok(()), |schema| schema.check())?;
    let namespace = Namespace::read(&request.name)?;
    namespaces::create(&api.services, &granted, namespace.name).await?;
    Ok(Json(describe(&Kept { name: namespace.asked, records: 0 }, version)))
}

/// A namespace and how many records it has.
#[utoipa::path(get, path = "/namespaces/{namespace}", tag = TAG, params(("namespace" = String, Path)),
    responses((status = OK, body = NamespaceDescription)))]
pub(crate) async fn describe_namespace(
    State(api): State<Api>,
    caller: Caller,
    Here(index): Here,
    version: ApiVersion,
    Named(name): Named,
) -> Result<impl IntoResponse> {
    let granted = caller.may::<may::GetIndexStats>(&api, index).await?;
    let kept = namespaces::describe(&api.services, &granted, Namespace::read(&name)?.name).await?;
    Ok(Json(describe(&kept, version)))
}

/// Deletes a namespace with all its records.
#[utoipa::path(delete, path = "/namespaces/{namespace}", tag = TAG, params(("namespace" = String, Path)),
    responses((status = OK, body = Done)))]
pub(crate) async fn delete_namespace(
    State(api): State<Api>,
    caller: Caller,
    Here(index): Here,
    Named(name): Named,
) -> Result<impl IntoResponse> {
    let granted = caller.may::<may::DeleteNamespaces>(&api, index).await?;
    let written = namespaces::delete(&api.services, &granted, Namespace::read(&name)?.name).await?;
    Ok((super::vectors::lsn::of_write(written), Json(Done {})))
}
