//! Where an index runs, as it is said since 2026-07.

use super::capacity::ReadCapacity;
use super::spec::kept;
use crate::errors::Result;
use conifer_domain::indexes::{Deployment as Kept, PodType};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "deployment_type", rename_all = "lowercase")]
pub(crate) enum Deployment {
    Managed {
        cloud: String,
        region: String,
    },
    Pod {
        environment: String,
        #[serde(default)]
        pod_type: Option<String>,
        #[serde(default)]
        replicas: Option<i64>,
        #[serde(default)]
        shards: Option<i64>,
    },
    Byoc {
        environment: String,
    },
}

impl Deployment {
    pub(super) fn into_kept(self, capacity: Option<ReadCapacity>) -> Result<Kept> {
        Ok(match self {
            Self::Managed { cloud, region } => Kept::serverless(&cloud, &region, kept(capacity)?)?,
            Self::Byoc { environment } => Kept::byoc(&environment, kept(capacity)?)?,
            Self::Pod { environment, pod_type, replicas, shards } => {
                let pod_type = pod_type.as_deref().map_or(Ok(PodType::default()), str::parse)?;
                Kept::pod(&environment, pod_type, replicas.unwrap_or(1), shards.unwrap_or(1))?
            }
        })
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "deployment_type", rename_all = "lowercase")]
pub(crate) enum DeploymentModel {
    Managed { cloud: String, region: String },
    Pod { environment: String, pod_type: String, replicas: u32, shards: u32 },
    Byoc { environment: String },
}

impl From<&Kept> for DeploymentModel {
    fn from(kept: &Kept) -> Self {
        match kept.clone() {
            Kept::Serverless { cloud, region, .. } => Self::Managed { cloud, region },
            Kept::Byoc { environment, .. } => Self::Byoc { environment },
            Kept::Pod { environment, pod_type, replicas, shards, .. } => {
                Self::Pod { environment, pod_type: pod_type.to_string(), replicas, shards }
            }
        }
    }
}
