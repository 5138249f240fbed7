//! Collections: backups by the name that they had for pods.

use super::{
    BODY_MAX_BYTES, TAG,
    backups::status,
    indexes::{named, of_index},
};
use crate::{
    Api,
    caller::Caller,
    errors::{ApiError, Code, Result},
    requests::{Body, Named},
};
use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use conifer_domain::{backups::Backup, indexes::IndexName, permissions::may};
use conifer_services::{Error, backups};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(list_collections, create_collection))
        .routes(routes!(describe_collection, delete_collection))
}

#[derive(Deserialize, ToSchema)]
pub(crate) struct CreateCollectionRequest {
    #[schema(min_length = 1, max_length = 45, pattern = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")]
    name: String,
    /// The name of an index.
    source: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct CollectionModel {
    name: String,
    size: u64,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    dimension: Option<u32>,
    vector_count: u64,
    environment: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct CollectionList {
    collections: Vec<CollectionModel>,
}

impl From<Backup> for CollectionModel {
    fn from(backup: Backup) -> Self {
        let (_, environment) = backup.deployment.cloud_and_region();
        Self {
            environment: environment.to_owned(),
            size: backup.size_bytes,
            status: status(backup.state),
            dimension: backup.vectors.dimension(),
            vector_count: backup.records,
            name: backup.name.unwrap_or_default(),
        }
    }
}

fn of(name: &str) -> impl FnOnce(Error) -> ApiError {
    move |error| match ApiError::from(error) {
        error if error.code == Code::NotFound => {
            ApiError::not_found(format!("no collection is named {name:?} in the project of this key"))
        }
        error => error,
    }
}

/// The collections of the project that the key may know of.
#[utoipa::path(get, path = "/collections", tag = TAG, responses((status = OK, body = CollectionList)))]
pub(crate) async fn list_collections(State(api): State<Api>, caller: Caller) -> Result<impl IntoResponse> {
    let granted = caller.may::<may::ViewBackups>(&api, caller.project_id()?).await?;
    let found = backups::collections(&api.services, &granted).await?;
    Ok(Json(CollectionList { collections: found.into_iter().map(CollectionModel::from).collect() }))
}

/// Keeps what an index holds now, under a name.
#[utoipa::path(post, path = "/collections", tag = TAG, request_body = CreateCollectionRequest,
    responses((status = CREATED, body = CollectionModel), (status = CONFLICT)))]
pub(crate) async fn create_collection(
    State(api): State<Api>,
    caller: Caller,
    Body(CreateCollectionRequest { name, source }): Body<CreateCollectionRequest, BODY_MAX_BYTES>,
) -> Result<impl IntoResponse> {
    let (name, index) = (IndexName::parse(&name)?, named(&api, &caller, &source)?);
    let made = backups::create_collection(&api.services, &caller.origin, &caller.key, index, &name).await;
    let made = made.map_err(|error| of_index(&source)(error.into()))?;
    Ok((StatusCode::CREATED, Json(CollectionModel::from(made))))
}

/// A collection: of what dimension, how large, whether it is ready.
#[utoipa::path(get, path = "/collections/{collection_name}", tag = TAG,
    params(("collection_name" = String, Path)), responses((status = OK, body = CollectionModel)))]
pub(crate) async fn describe_collection(
    State(api): State<Api>,
    caller: Caller,
    Named(name): Named,
) -> Result<impl IntoResponse> {
    let granted = caller.may::<may::ViewBackups>(&api, caller.project_id()?).await?;
    let found = backups::get_collection(&api.services, &granted, &name).await.map_err(of(&name))?;
    Ok(Json(CollectionModel::from(found)))
}

/// Deletes a collection. Indexes made from it stay.
#[utoipa::path(delete, path = "/collections/{collection_name}", tag = TAG,
    params(("collection_name" = String, Path)),
    responses((status = ACCEPTED), (status = PRECONDITION_FAILED)))]
pub(crate) async fn delete_collection(
    State(api): State<Api>,
    caller: Caller,
    Named(name): Named,
) -> Result<impl IntoResponse> {
    let project_id = caller.project_id()?;
    let deleted =
        backups::delete_collection(&api.services, &caller.origin, &caller.key, project_id, &name).await;
    deleted.map_err(of(&name))?;
    Ok(StatusCode::ACCEPTED)
}
