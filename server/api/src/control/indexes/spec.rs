//! Where an index runs, as versions before 2026-07 say it.

use super::capacity::{ReadCapacity, ReadCapacityModel};
use crate::{
    data::namespaces::MetadataSchema,
    errors::{ApiError, Result},
    version::ApiVersion,
};
use conifer_domain::indexes::{Deployment, PodType};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One of three.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Spec {
    #[serde(default)]
    serverless: Option<ServerlessSpec>,
    #[serde(default)]
    pod: Option<PodSpec>,
    #[serde(default)]
    byoc: Option<ByocSpec>,
}

#[derive(Debug, Deserialize, ToSchema)]
struct ServerlessSpec {
    cloud: String,
    region: String,
    #[serde(default)]
    read_capacity: Option<ReadCapacity>,
    #[serde(default)]
    source_collection: Option<String>,
    #[serde(default)]
    schema: Option<MetadataSchema>,
}

#[derive(Debug, Deserialize, ToSchema)]
struct PodSpec {
    environment: String,
    #[serde(default)]
    pod_type: Option<String>,
    #[serde(default)]
    replicas: Option<i64>,
    #[serde(default)]
    shards: Option<i64>,
    #[serde(default)]
    metadata_config: Option<MetadataConfig>,
    #[serde(default)]
    source_collection: Option<String>,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
pub(crate) struct MetadataConfig {
    #[serde(default)]
    indexed: Option<Vec<String>>,
}

#[derive(Debug, Deserialize, ToSchema)]
struct ByocSpec {
    environment: String,
    #[serde(default)]
    read_capacity: Option<ReadCapacity>,
    #[serde(default)]
    schema: Option<MetadataSchema>,
}

impl Spec {
    pub(super) fn into_deployment(self) -> Result<Deployment> {
        match (self.serverless, self.pod, self.byoc) {
            (Some(serverless), None, None) => serverless.into_deployment(),
            (None, Some(pod), None) => pod.into_deployment(),
            (None, None, Some(byoc)) => {
                byoc.schema.map_or(Ok(()), |schema| schema.check())?;
                Ok(Deployment::byoc(&byoc.environment, kept(byoc.read_capacity)?)?)
            }
            _ => Err(ApiError::invalid("spec: must have one of serverless, pod and byoc")),
        }
    }
}

pub(super) fn kept(capacity: Option<ReadCapacity>) -> Result<conifer_domain::indexes::ReadCapacity> {
    capacity.map(ReadCapacity::into_kept).transpose().map(Option::unwrap_or_default)
}

impl ServerlessSpec {
    fn into_deployment(self) -> Result<Deployment> {
        self.schema.map_or(Ok(()), |schema| schema.check())?;
        if self.source_collection.is_some() {
            let why =
                "spec.serverless.source_collection: must be left out: indexes of pods begin with collections";
            return Err(ApiError::invalid(why));
        }
        Ok(Deployment::serverless(&self.cloud, &self.region, kept(self.read_capacity)?)?)
    }
}

impl PodSpec {
    fn into_deployment(self) -> Result<Deployment> {
        let pod_type = self.pod_type.as_deref().map_or(Ok(PodType::default()), str::parse)?;
        let (replicas, shards) = (self.replicas.unwrap_or(1), self.shards.unwrap_or(1));
        let mut deployment = Deployment::pod(&self.environment, pod_type, replicas, shards)?;
        if let Deployment::Pod { indexed, source_collection, .. } = &mut deployment {
            *indexed = self.metadata_config.unwrap_or_default().indexed;
            *source_collection = self.source_collection;
        }
        Ok(deployment)
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SpecModel {
    Serverless {
        cloud: String,
        region: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        read_capacity: Option<ReadCapacityModel>,
    },
    Pod {
        environment: String,
        pod_type: String,
        replicas: u32,
        shards: u32,
        pods: u32,
        #[serde(skip_serializing_if = "Option::is_none")]
        metadata_config: Option<MetadataConfig>,
        #[serde(skip_serializing_if = "Option::is_none")]
        source_collection: Option<String>,
    },
    Byoc {
        environment: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        read_capacity: Option<ReadCapacityModel>,
    },
}

impl SpecModel {
    pub(super) fn of(deployment: &Deployment, version: ApiVersion) -> Self {
        // Older versions knew of none.
        let capacity = deployment.read_capacity().filter(|_| version >= ApiVersion::V2025_10);
        let read_capacity = capacity.map(ReadCapacityModel::from);
        match deployment.clone() {
            Deployment::Serverless { cloud, region, .. } => Self::Serverless { cloud, region, read_capacity },
            Deployment::Byoc { environment, .. } => Self::Byoc { environment, read_capacity },
            Deployment::Pod { environment, pod_type, replicas, shards, indexed, source_collection } => {
                Self::Pod {
                    environment,
                    pod_type: pod_type.to_string(),
                    replicas,
                    shards,
                    pods: replicas.saturating_mul(shards),
                    metadata_config: indexed.map(|indexed| MetadataConfig { indexed: Some(indexed) }),
                    source_collection,
                }
            }
        }
    }
}
