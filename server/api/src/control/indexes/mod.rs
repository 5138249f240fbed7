//! Indexes.

mod capacity;
mod change;
mod deployment;
mod model;
mod new;
mod schema;
mod spec;

use super::{BODY_MAX_BYTES, TAG};
use crate::{
    Api,
    caller::Caller,
    errors::{ApiError, Code, Result},
    requests::{Body, Named},
    version::ApiVersion,
};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, request::Parts},
    response::IntoResponse,
};
pub(super) use capacity::ReadCapacity;
use change::ConfigureIndexRequest;
use conifer_domain::{ids::IndexId, permissions::may};
use conifer_services::indexes;
use model::{IndexList, IndexModel};
use new::CreateIndexRequest;
pub(super) use new::Protection;
pub(super) use schema::IndexSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(crate) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(list_indexes, create_index)).routes(routes!(
        describe_index,
        configure_index,
        delete_index
    ))
}

/// The index of that name, for asking whether somebody may; one that no index has where there is none.
pub(super) fn named(api: &Api, caller: &Caller, name: &str) -> Result<IndexId> {
    Ok(indexes::named(&api.services, caller.project_id()?, name))
}

/// Says of which index: one that is not there and one that is hidden are told in the same words.
pub(super) fn of_index(name: &str) -> impl FnOnce(ApiError) -> ApiError {
    move |error| match error.code {
        Code::NotFound => {
            ApiError::not_found(format!("no index is named {name:?} in the project of this key"))
        }
        _ => error,
    }
}

/// The indexes of the key's project that it may know of.
#[utoipa::path(get, path = "/indexes", tag = TAG, responses((status = OK, body = IndexList)))]
pub(crate) async fn list_indexes(
    State(api): State<Api>,
    caller: Caller,
    version: ApiVersion,
    parts: Parts,
) -> Result<impl IntoResponse> {
    let granted = caller.may::<may::ViewIndexes>(&api, caller.project_id()?).await?;
    let entries = indexes::list(&api.services, &granted).await?;
    let models = entries.iter().map(|entry| IndexModel::of(entry, api.host(entry, &parts), version));
    Ok(Json(IndexList { indexes: models.collect() }))
}

/// Makes an index, ready at once.
#[utoipa::path(post, path = "/indexes", tag = TAG, request_body = CreateIndexRequest,
    responses((status = CREATED, body = IndexModel), (status = CONFLICT)))]
pub(crate) async fn create_index(
    State(api): State<Api>,
    caller: Caller,
    version: ApiVersion,
    parts: Parts,
    Body(request): Body<CreateIndexRequest, BODY_MAX_BYTES>,
) -> Result<impl IntoResponse> {
    let (project_id, asked) = (caller.project_id()?, request.into_new()?);
    let entry = indexes::create(&api.services, &caller.origin, &caller.key, project_id, asked).await?;
    Ok((StatusCode::CREATED, Json(IndexModel::of(&entry, api.host(&entry, &parts), version))))
}

/// An index: where it is, what it holds, whether it is ready.
#[utoipa::path(get, path = "/indexes/{index_name}", tag = TAG, params(("index_name" = String, Path)),
    responses((status = OK, body = IndexModel)))]
pub(crate) async fn describe_index(
    State(api): State<Api>,
    caller: Caller,
    version: ApiVersion,
    Named(name): Named,
    parts: Parts,
) -> Result<impl IntoResponse> {
    let granted = caller.may::<may::ViewIndex>(&api, named(&api, &caller, &name)?).await;
    let entry = indexes::describe(&api.services, &granted.map_err(of_index(&name))?).await?;
    Ok(Json(IndexModel::of(&entry, api.host(&entry, &parts), version)))
}

/// Changes tags, deletion protection, read capacity or the size of pods.
#[utoipa::path(patch, path = "/indexes/{index_name}", tag = TAG, params(("index_name" = String, Path)),
    request_body = ConfigureIndexRequest, responses((status = ACCEPTED, body = IndexModel)))]
pub(crate) async fn configure_index(
    State(api): State<Api>,
    caller: Caller,
    version: ApiVersion,
    Named(name): Named,
    parts: Parts,
    Body(request): Body<ConfigureIndexRequest, BODY_MAX_BYTES>,
) -> Result<impl IntoResponse> {
    let id = named(&api, &caller, &name)?;
    // What is there is looked at only for who may: the refusal of a part would tell of it.
    let entry = match request.has_capacity() {
        false => None,
        true => {
            let granted = caller.may::<may::ConfigureIndexes>(&api, id).await.map_err(of_index(&name))?;
            api.services.directory().get(granted.of())
        }
    };
    let change = request.into_change(entry.as_ref().map(|entry| &***entry))?;
    let configured = indexes::configure(&api.services, &caller.origin, &caller.key, id, change).await;
    let entry = configured.map_err(|error| of_index(&name)(error.into()))?;
    Ok((StatusCode::ACCEPTED, Json(IndexModel::of(&entry, api.host(&entry, &parts), version))))
}

/// Deletes an index with all that it holds. Its backups stay.
#[utoipa::path(delete, path = "/indexes/{index_name}", tag = TAG, params(("index_name" = String, Path)),
    responses((status = ACCEPTED), (status = PRECONDITION_FAILED)))]
pub(crate) async fn delete_index(
    State(api): State<Api>,
    caller: Caller,
    Named(name): Named,
) -> Result<impl IntoResponse> {
    let id = named(&api, &caller, &name)?;
    let deleted = indexes::delete(&api.services, &caller.origin, &caller.key, id).await;
    deleted.map_err(|error| of_index(&name)(error.into()))?;
    Ok(StatusCode::ACCEPTED)
}
