//! An index as programs see it, in the shape of their version.

use super::{
    capacity::ReadCapacityModel, deployment::DeploymentModel, new::Protection, schema::IndexSchema,
    spec::SpecModel,
};
use crate::version::ApiVersion;
use conifer_domain::indexes::{Index, IndexState};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IndexList {
    pub indexes: Vec<IndexModel>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IndexModel {
    name: String,
    /// Where its data plane is.
    host: String,
    status: IndexStatus,
    deletion_protection: Protection,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    tags: BTreeMap<String, String>,
    #[serde(flatten)]
    shape: Shape,
}

#[derive(Debug, Serialize, ToSchema)]
struct IndexStatus {
    ready: bool,
    state: &'static str,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
enum Shape {
    Classic(Classic),
    Schema(Box<WithSchema>),
}

/// Before 2026-07.
#[derive(Debug, Serialize, ToSchema)]
struct Classic {
    #[serde(skip_serializing_if = "Option::is_none")]
    dimension: Option<u32>,
    metric: &'static str,
    vector_type: &'static str,
    spec: SpecModel,
}

/// Since 2026-07.
#[derive(Debug, Serialize, ToSchema)]
struct WithSchema {
    schema: IndexSchema,
    deployment: DeploymentModel,
    #[serde(skip_serializing_if = "Option::is_none")]
    read_capacity: Option<ReadCapacityModel>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_backup_id: Option<String>,
}

impl IndexModel {
    pub(crate) fn of(index: &Index, host: String, version: ApiVersion) -> Self {
        let tags = index.tags.iter().map(|(key, value)| (key.to_owned(), value.to_owned()));
        Self {
            name: index.name.clone(),
            host,
            status: IndexStatus { ready: index.state.is_ready(), state: state(index.state) },
            deletion_protection: index.deletion_protection.into(),
            tags: tags.collect(),
            shape: Shape::of(index, version),
        }
    }
}

impl Shape {
    fn of(index: &Index, version: ApiVersion) -> Self {
        if version.has_schemas() {
            let read_capacity = index.deployment.read_capacity().map(ReadCapacityModel::from);
            return Self::Schema(Box::new(WithSchema {
                schema: index.vectors.into(),
                deployment: (&index.deployment).into(),
                read_capacity,
                source_backup_id: index.restored_from.map(|id| id.to_string()),
            }));
        }
        Self::Classic(Classic {
            dimension: index.vectors.dimension(),
            metric: index.vectors.metric().as_str(),
            vector_type: index.vectors.kind().as_str(),
            spec: SpecModel::of(&index.deployment, version),
        })
    }
}

/// In the words that clients know.
fn state(state: IndexState) -> &'static str {
    match state {
        IndexState::Making => "Initializing",
        IndexState::Ready => "Ready",
        IndexState::Deleting => "Terminating",
        IndexState::Elsewhere => "Disabled",
    }
}
