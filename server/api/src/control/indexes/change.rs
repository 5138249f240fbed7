//! What to change of an index, in the words of any version.

use super::{capacity::ReadCapacity, new::Protection};
use crate::errors::{ApiError, Result};
use conifer_domain::{
    Field, Problem, Rule,
    indexes::{Index, IndexChange, PodChange, ReadCapacity as Kept, Tags},
};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::ToSchema;

#[derive(Debug, Default, Deserialize, ToSchema)]
pub(crate) struct ConfigureIndexRequest {
    #[serde(default)]
    spec: Option<SpecChange>,
    #[serde(default)]
    deployment: Option<PodSize>,
    #[serde(default)]
    read_capacity: Option<ReadCapacity>,
    /// A tag of an empty value is taken away.
    #[serde(default)]
    tags: Option<BTreeMap<String, String>>,
    #[serde(default)]
    deletion_protection: Option<Protection>,
    /// Not built.
    #[serde(default)]
    #[schema(ignore)]
    embed: Option<Value>,
    /// Not built.
    #[serde(default)]
    #[schema(ignore)]
    schema: Option<Value>,
}

#[derive(Debug, Default, Deserialize, ToSchema)]
struct SpecChange {
    #[serde(default)]
    pod: Option<PodSize>,
    #[serde(default)]
    serverless: Option<CapacityChange>,
    #[serde(default)]
    byoc: Option<CapacityChange>,
}

#[derive(Debug, Default, Deserialize, ToSchema)]
struct PodSize {
    #[serde(default)]
    replicas: Option<i64>,
    #[serde(default)]
    pod_type: Option<String>,
}

#[derive(Debug, Default, Deserialize, ToSchema)]
struct CapacityChange {
    #[serde(default)]
    read_capacity: Option<ReadCapacity>,
}

impl ConfigureIndexRequest {
    pub(super) fn has_capacity(&self) -> bool {
        let spec = self.spec.as_ref();
        let of_spec = |spec: &SpecChange| spec.serverless.is_some() || spec.byoc.is_some();
        self.read_capacity.is_some() || spec.is_some_and(of_spec)
    }

    /// `index` is the one that is there: what is left out of a capacity stays.
    pub(super) fn into_change(self, index: Option<&Index>) -> Result<IndexChange> {
        if self.embed.is_some() || self.schema.is_some() {
            return Err(ApiError::unimplemented("Indexes that embed text by themselves are not built"));
        }
        let SpecChange { pod, serverless, byoc } = self.spec.unwrap_or_default();
        let capacity = self.read_capacity.or_else(|| serverless.or(byoc)?.read_capacity);
        let before = index.and_then(|index| index.deployment.read_capacity()).unwrap_or(&Kept::OnDemand);
        Ok(IndexChange {
            deletion_protection: self.deletion_protection.map(|wanted| wanted == Protection::Enabled),
            tags: self.tags.map(Tags::new).transpose()?,
            read_capacity: capacity.map(|capacity| capacity.over(before)).transpose()?,
            pods: self.deployment.or(pod).map(PodSize::into_change).transpose()?,
        })
    }
}

impl PodSize {
    fn into_change(self) -> Result<PodChange> {
        const MAX: i64 = conifer_domain::limits::POD_REPLICAS_MAX;
        let replicas = |count: i64| {
            let fits = u32::try_from(count).ok().filter(|_| (1..=MAX).contains(&count));
            fits.ok_or(Problem::invalid(Field::Replicas, Rule::Range { min: 1, max: MAX, found: count }))
        };
        Ok(PodChange {
            replicas: self.replicas.map(replicas).transpose()?,
            pod_type: self.pod_type.as_deref().map(str::parse).transpose()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::requests::parse;

    fn change(text: &str) -> Result<IndexChange, String> {
        let request = parse::<ConfigureIndexRequest>(text.as_bytes());
        request.and_then(|request| request.into_change(None)).map_err(|error| error.message.into_owned())
    }

    #[test]
    fn both_shapes_change_the_same() {
        let old = change(r#"{"spec":{"pod":{"replicas":2,"pod_type":"p1.x2"}},"tags":{"k":""}}"#);
        let new = change(r#"{"deployment":{"replicas":2,"pod_type":"p1.x2"},"tags":{"k":""}}"#);
        assert_eq!(old, new);
        assert_eq!(old.expect("a change").pods.expect("a size").replicas, Some(2));
        assert_eq!(change("{}"), Ok(IndexChange::default()));
        assert_eq!(
            change(r#"{"deployment":{"replicas":0}}"#),
            Err("Replicas must be 1 to 1000, but is 0.".into())
        );
    }
}
