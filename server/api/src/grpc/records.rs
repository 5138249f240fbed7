//! Calls about records. What REST asks for is asked for here, by the same rules.

use super::{
    call::{Answer, Call},
    incoming::{self, refused},
    outgoing::{count, next, scored, vector},
    wire,
};
use crate::{
    data::{
        place::Namespace,
        usage::Usage,
        vectors::{
            delete::{DeleteRequest, Which},
            fetch::{PAGE, PAGE_MAX, check_count},
            incoming::In,
            list,
            query::QueryRequest,
            update::{Of, UpdateRequest},
        },
    },
    errors::{ApiError, Result},
    requests::{check_limit, token},
};
use conifer_domain::permissions::may;
use conifer_services::{
    Error,
    engine::{Filter, Match, RecordId, limits},
    records,
};
use std::sync::Arc;

pub async fn upsert(call: Arc<Call>, request: wire::UpsertRequest) -> Result<Answer<wire::UpsertResponse>> {
    let granted = call.may::<may::UpsertVectors>().await?;
    let namespace = Namespace::read(&request.namespace)?;
    let vectors = request.vectors.into_iter().enumerate();
    let vectors =
        vectors.map(|(position, vector)| incoming::record(position, vector)).collect::<Result<_>>()?;
    let written = records::upsert(&call.api.services, &granted, namespace.name, vectors).await?;
    call.wrote(written.records);
    let upserted_count = count(written.records);
    Ok(Answer::of_write(written, wire::UpsertResponse { upserted_count }))
}

pub async fn query(call: Arc<Call>, request: wire::QueryRequest) -> Result<Answer<wire::QueryResponse>> {
    let granted = call.may::<may::QueryVectors>().await?;
    let request = read_query(request)?;
    let Namespace { name, asked } = request.namespace.clone();
    let found = |matches: Vec<Match>| wire::QueryResponse {
        matches: matches.into_iter().map(scored).collect(),
        namespace: asked,
        usage: call.spends(Usage::ONE),
        ..wire::QueryResponse::default()
    };
    match records::query(&call.api.services, &granted, name, request.into_query()?).await {
        Ok(seen) => Ok(Answer::of_read(seen, |answer| found(answer.matches))),
        // Nothing is like a record that is not there: as over REST.
        Err(Error::Missing { .. }) => Ok(Answer::plain(found(Vec::new()))),
        Err(error) => Err(error.into()),
    }
}

fn read_query(request: wire::QueryRequest) -> Result<QueryRequest> {
    if !request.queries.is_empty() {
        return Err(ApiError::invalid("queries: must be left out; send one call for each"));
    }
    Ok(QueryRequest {
        namespace: Namespace::read(&request.namespace)?,
        top_k: request.top_k.into(),
        filter: incoming::filter(request.filter)?.filter(|filter| !filter.is_everything()),
        include_values: Some(request.include_values),
        include_metadata: Some(request.include_metadata),
        vector: incoming::values("vector", request.vector).map_err(refused)?,
        sparse_vector: incoming::sparse("sparse_vector", request.sparse_vector).map_err(refused)?,
        id: read_id(&request.id)?.map(In),
        scan_factor: request.scan_factor,
        max_candidates: request.max_candidates.map(Into::into),
    })
}

/// No id is the empty one.
fn read_id(id: &str) -> Result<Option<RecordId>> {
    (!id.is_empty()).then(|| RecordId::new(id)).transpose().map_err(refused)
}

pub async fn fetch(call: Arc<Call>, request: wire::FetchRequest) -> Result<Answer<wire::FetchResponse>> {
    let granted = call.may::<may::FetchVectors>().await?;
    let Namespace { name, asked } = Namespace::read(&request.namespace)?;
    let ids = incoming::ids(&request.ids)?;
    check_count(ids.len(), limits::FETCH_IDS)?;
    let seen = records::fetch(&call.api.services, &granted, name, ids).await?;
    Ok(Answer::of_read(seen, |found| wire::FetchResponse {
        usage: call.spends(Usage::of_records(found.len())),
        vectors: found.iter().map(|record| (record.id.to_string(), vector(record))).collect(),
        namespace: asked,
    }))
}

pub async fn fetch_by_metadata(
    call: Arc<Call>,
    request: wire::FetchByMetadataRequest,
) -> Result<Answer<wire::FetchByMetadataResponse>> {
    let granted = call.may::<may::FetchVectors>().await?;
    let limit = request.limit.map_or(Ok(PAGE), |limit| check_limit(Some(limit.into()), limit, PAGE_MAX))?;
    let after = token::read_id(request.pagination_token.as_deref())?;
    let filter = incoming::filter(request.filter)?.unwrap_or_else(Filter::everything);
    let Namespace { name, asked } = Namespace::read(&request.namespace)?;
    let seen = records::fetch_by_metadata(&call.api.services, &granted, name, filter, after, limit).await?;
    Ok(Answer::of_read(seen, |page| wire::FetchByMetadataResponse {
        usage: call.spends(Usage::of_records(page.items.len())),
        vectors: page.items.iter().map(|record| (record.id.to_string(), vector(record))).collect(),
        namespace: asked,
        pagination: next(page.next.as_ref()),
    }))
}

pub async fn list(call: Arc<Call>, request: wire::ListRequest) -> Result<Answer<wire::ListResponse>> {
    let granted = call.may::<may::ListVectorIds>().await?;
    let Namespace { name, asked } = Namespace::read(&request.namespace)?;
    let limit = request
        .limit
        .map_or(Ok(list::PAGE_MAX), |limit| check_limit(Some(limit.into()), limit, list::PAGE_MAX))?;
    let after = token::read_id(request.pagination_token.as_deref())?;
    let prefix = request.prefix.unwrap_or_default();
    let seen = records::list_ids(&call.api.services, &granted, name, prefix, after, limit).await?;
    Ok(Answer::of_read(seen, |page| wire::ListResponse {
        pagination: next(page.next.as_ref()),
        vectors: page.items.iter().map(|id| wire::ListItem { id: id.to_string() }).collect(),
        namespace: asked,
        usage: call.spends(Usage::ONE),
    }))
}

pub async fn update(call: Arc<Call>, request: wire::UpdateRequest) -> Result<Answer<wire::UpdateResponse>> {
    let granted = call.may::<may::UpdateAVector>().await?;
    let update = UpdateRequest {
        id: read_id(&request.id)?.map(In),
        values: incoming::values("values", request.values).map_err(refused)?,
        sparse_values: incoming::sparse("sparse_values", request.sparse_values).map_err(refused)?,
        set_metadata: Some(In(incoming::metadata("set_metadata", request.set_metadata).map_err(refused)?)),
        namespace: Namespace::read(&request.namespace)?,
        filter: incoming::filter(request.filter)?,
        dry_run: request.dry_run,
    };
    let update = update.into_update()?;
    let (services, name, patch) = (&call.api.services, update.namespace.name, update.patch);
    match update.of {
        Of::Id(id) => match records::update(services, &granted, name, id, patch).await {
            Ok(written) => Ok(Answer::of_write(written, wire::UpdateResponse::default())),
            // No effect, and no error: as over REST.
            Err(Error::Missing { .. }) => Ok(Answer::plain(wire::UpdateResponse::default())),
            Err(error) => Err(error.into()),
        },
        Of::Filter(filter) => {
            let update = records::update_by_filter(services, &granted, name, filter, patch, update.dry_run);
            let updated = update.await?;
            let matched = i32::try_from(updated.matched).unwrap_or(i32::MAX);
            let message = wire::UpdateResponse { matched_records: Some(matched) };
            Ok(match updated.written {
                Some(written) => Answer::of_write(written, message),
                None => Answer::plain(message),
            })
        }
    }
}

pub async fn delete(call: Arc<Call>, request: wire::DeleteRequest) -> Result<Answer<wire::DeleteResponse>> {
    let granted = call.may::<may::DeleteAVector>().await?;
    let ids = incoming::ids(&request.ids)?;
    let mut delete = DeleteRequest {
        ids: (!ids.is_empty()).then(|| ids.into_iter().map(In).collect()),
        delete_all: Some(request.delete_all),
        namespace: Namespace::read(&request.namespace)?,
        filter: incoming::filter(request.filter)?,
    };
    let (services, which) = (&call.api.services, delete.which()?);
    let name = delete.namespace.name;
    let written = match which {
        Which::Ids(ids) => records::delete(services, &granted, name, ids).await?,
        Which::Filter(filter) => records::delete_by_filter(services, &granted, name, filter).await?,
        Which::All => records::delete_all(services, &granted, name).await?,
    };
    Ok(Answer::of_write(written, wire::DeleteResponse {}))
}
