//! Calls about an index and its namespaces.

use super::{
    call::{Answer, Call},
    incoming,
    outgoing::count,
    wire,
};
use crate::{
    data::{
        namespaces::{MetadataSchema, PAGE_MAX},
        place::Namespace,
        vectors::stats::{fullness, label},
    },
    errors::Result,
    requests::{check_limit, token},
};
use conifer_domain::{namespaces::Namespace as Kept, permissions::may};
use conifer_services::{namespaces, records};
use std::sync::Arc;

pub async fn stats(
    call: Arc<Call>,
    request: wire::DescribeIndexStatsRequest,
) -> Result<Answer<wire::DescribeIndexStatsResponse>> {
    let granted = call.may::<may::GetIndexStats>().await?;
    let filter = incoming::filter(request.filter)?.filter(|filter| !filter.is_everything());
    let seen = records::stats(&call.api.services, &granted, filter).await?;
    let summary = |kept: &Kept| wire::NamespaceSummary { vector_count: count(kept.records) };
    Ok(Answer::of_read(seen, |stats| wire::DescribeIndexStatsResponse {
        namespaces: stats.namespaces.iter().map(|kept| (label(kept, call.version), summary(kept))).collect(),
        dimension: stats.vectors.dimension(),
        index_fullness: fullness(&stats),
        total_vector_count: count(stats.records),
        metric: Some(stats.vectors.metric().as_str().to_owned()),
        vector_type: Some(stats.vectors.kind().as_str().to_owned()),
        ..wire::DescribeIndexStatsResponse::default()
    }))
}

pub async fn list(
    call: Arc<Call>,
    request: wire::ListNamespacesRequest,
) -> Result<Answer<wire::ListNamespacesResponse>> {
    let granted = call.may::<may::GetIndexStats>().await?;
    let limit =
        request.limit.map_or(Ok(PAGE_MAX), |limit| check_limit(Some(limit.into()), limit, PAGE_MAX))?;
    let after = token::read_namespace(request.pagination_token.as_deref())?;
    let prefix = request.prefix.unwrap_or_default();
    let total = namespaces::total(&call.api.services, &granted, &prefix).await?;
    let page = namespaces::list(&call.api.services, &granted, prefix, after, limit).await?;
    Ok(Answer::plain(wire::ListNamespacesResponse {
        total_count: i32::try_from(total).unwrap_or(i32::MAX),
        namespaces: page.items.iter().map(shape).collect(),
        pagination: page.next.map(|name| wire::Pagination { next: token::write(name.as_str()) }),
    }))
}

pub async fn describe(
    call: Arc<Call>,
    request: wire::DescribeNamespaceRequest,
) -> Result<Answer<wire::NamespaceDescription>> {
    let granted = call.may::<may::GetIndexStats>().await?;
    let name = Namespace::read(&request.namespace)?.name;
    let kept = namespaces::describe(&call.api.services, &granted, name).await?;
    Ok(Answer::plain(shape(&kept)))
}

pub async fn create(
    call: Arc<Call>,
    request: wire::CreateNamespaceRequest,
) -> Result<Answer<wire::NamespaceDescription>> {
    let granted = call.may::<may::CreateNamespaces>().await?;
    if let Some(wire::MetadataSchema { fields }) = request.schema {
        let fields = fields.into_iter().map(|(name, field)| (name, field.filterable));
        MetadataSchema::of(fields).check()?;
    }
    let Namespace { name, asked } = Namespace::read(&request.name)?;
    let written = namespaces::create(&call.api.services, &granted, name).await?;
    Ok(Answer::of_write(written, shape(&Kept { name: asked, records: 0 })))
}

pub async fn delete(
    call: Arc<Call>,
    request: wire::DeleteNamespaceRequest,
) -> Result<Answer<wire::DeleteResponse>> {
    let granted = call.may::<may::DeleteNamespaces>().await?;
    let name = Namespace::read(&request.namespace)?.name;
    let written = namespaces::delete(&call.api.services, &granted, name).await?;
    Ok(Answer::of_write(written, wire::DeleteResponse {}))
}

fn shape(kept: &Kept) -> wire::NamespaceDescription {
    wire::NamespaceDescription {
        name: kept.label().to_owned(),
        record_count: kept.records,
        ..wire::NamespaceDescription::default()
    }
}
