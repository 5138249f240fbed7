//! Indexes: what is asked for, what is kept, what is shown.

mod deployment;
mod name;
mod tags;
mod vectors;

use crate::ids::{BackupId, IndexId, ProjectId};
pub use deployment::{Deployment, PodKind, PodType, ReadCapacity};
pub use name::{IndexName, check_label};
use serde::{Deserialize, Serialize};
pub use tags::Tags;
pub use vectors::{Metric, VectorType, Vectors};

/// An index to be made, read and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewIndex {
    pub name: IndexName,
    pub vectors: Vectors,
    pub deployment: Deployment,
    pub tags: Tags,
    pub deletion_protection: bool,
}

/// What to change of an index; what is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndexChange {
    pub deletion_protection: Option<bool>,
    /// An empty value takes the tag away.
    pub tags: Option<Tags>,
    pub read_capacity: Option<ReadCapacity>,
    pub pods: Option<PodChange>,
}

/// The size of a pod index, which has a permission of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PodChange {
    pub replicas: Option<u32>,
    pub pod_type: Option<PodType>,
}

/// An index as its record has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    pub id: IndexId,
    pub project_id: ProjectId,
    pub name: String,
    pub vectors: Vectors,
    pub deployment: Deployment,
    pub tags: Tags,
    pub deletion_protection: bool,
    pub state: IndexState,
    /// Its own port, where there was a free one.
    pub port: Option<u16>,
    /// What it was made from.
    pub restored_from: Option<BackupId>,
    pub created_at_ms: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IndexState {
    Making,
    Ready,
    Deleting,
    /// Its vectors lie with another server on the same database.
    Elsewhere,
}

impl IndexState {
    pub const fn is_ready(self) -> bool {
        matches!(self, Self::Ready)
    }
}
