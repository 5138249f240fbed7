//! An index to be made, in the words of any version: what it says decides, not its header.

use super::{capacity::ReadCapacity, deployment::Deployment, schema::NewSchema, spec::Spec};
use crate::{
    errors::{ApiError, Result},
    requests::choice,
};
use conifer_domain::indexes::{self, IndexName, Metric, NewIndex, Tags, VectorType, Vectors};
use conifer_services::indexes::new_name;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Either `spec` with `dimension`, `metric` and `vector_type`, or, since 2026-07, `schema` with `deployment`.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct CreateIndexRequest {
    #[serde(default)]
    #[schema(min_length = 1, max_length = 45, pattern = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")]
    name: Option<String>,
    #[serde(default)]
    #[schema(minimum = 1, maximum = 20000)]
    dimension: Option<i64>,
    #[serde(default)]
    #[schema(pattern = "^(cosine|dotproduct|euclidean)$")]
    metric: Option<String>,
    #[serde(default)]
    #[schema(pattern = "^(dense|sparse)$")]
    vector_type: Option<String>,
    #[serde(default)]
    spec: Option<Spec>,
    #[serde(default)]
    schema: Option<NewSchema>,
    #[serde(default)]
    deployment: Option<Deployment>,
    #[serde(default)]
    read_capacity: Option<ReadCapacity>,
    #[serde(default)]
    tags: Option<BTreeMap<String, String>>,
    #[serde(default)]
    deletion_protection: Option<Protection>,
    /// Not built.
    #[serde(default)]
    #[schema(ignore)]
    cmek_id: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Protection {
    Enabled,
    Disabled,
}

impl From<bool> for Protection {
    fn from(is_on: bool) -> Self {
        if is_on { Self::Enabled } else { Self::Disabled }
    }
}

impl CreateIndexRequest {
    pub(super) fn into_new(self) -> Result<NewIndex> {
        if self.cmek_id.is_some() {
            return Err(ApiError::unimplemented("cmek_id: Keys of one's own for what is on disk"));
        }
        let name = match self.name.as_deref() {
            Some(name) => IndexName::parse(name)?,
            None if self.spec.is_some() => return Err(ApiError::invalid("name: is required")),
            None => new_name()?,
        };
        let tags = Tags::new(self.tags.unwrap_or_default())?.kept();
        let deletion_protection = self.deletion_protection == Some(Protection::Enabled);
        let (vectors, deployment) = match (self.spec, self.schema) {
            (Some(spec), None) => {
                let kind =
                    self.vector_type.as_deref().map(|text| choice("vector_type", text, VectorType::ALL));
                let metric = self.metric.as_deref().map(|text| choice("metric", text, Metric::ALL));
                let (kind, metric) = (kind.transpose()?.unwrap_or_default(), metric.transpose()?);
                (Vectors::new(kind, self.dimension, metric)?, spec.into_deployment()?)
            }
            (None, Some(schema)) => {
                let of_schema = [self.dimension.map(|_| "dimension"), self.metric.map(|_| "metric")];
                if let Some(field) = of_schema.into_iter().flatten().next() {
                    return Err(ApiError::invalid(format!(
                        "{field}: must be left out where schema is given"
                    )));
                }
                (schema.into_vectors()?, deployment(self.deployment, self.read_capacity)?)
            }
            (Some(_), Some(_)) => {
                return Err(ApiError::invalid("spec: must be left out where schema is given"));
            }
            (None, None) => {
                let why = "schema: is required, or, as before version 2026-07, spec";
                return Err(ApiError::invalid(why));
            }
        };
        Ok(NewIndex { name, vectors, deployment, tags, deletion_protection })
    }
}

fn deployment(deployment: Option<Deployment>, capacity: Option<ReadCapacity>) -> Result<indexes::Deployment> {
    let default = || Deployment::Managed { cloud: "aws".into(), region: "us-east-1".into() };
    deployment.unwrap_or_else(default).into_kept(capacity)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::requests::parse;
    use conifer_domain::indexes::PodType;

    fn asked(text: &str) -> Result<NewIndex, String> {
        let asked = parse::<CreateIndexRequest>(text.as_bytes()).and_then(CreateIndexRequest::into_new);
        asked.map_err(|error| error.message.into_owned())
    }

    #[test]
    fn both_shapes_make_the_same() {
        let old = r#"{"name":"a","dimension":8,"metric":"cosine","spec":{"serverless":{"cloud":"gcp","region":"x"}},
            "deletion_protection":"enabled","tags":{"k":"v"},"vector_type":"dense"}"#;
        let new = r#"{"name":"a","schema":{"fields":{"_values":{"type":"dense_vector","dimension":8,"metric":"cosine"}}},
            "deployment":{"deployment_type":"managed","cloud":"gcp","region":"x"},
            "deletion_protection":"enabled","tags":{"k":"v"}}"#;
        let made = asked(old).expect("an index");
        assert_eq!(asked(new), Ok(made.clone()));
        assert!(made.deletion_protection);
        assert_eq!(made.vectors, Vectors::Dense { dimension: 8, metric: Metric::Cosine });
    }

    #[test]
    fn pods_are_taken() {
        let text = r#"{"name":"a","dimension":3,"spec":{"pod":{"environment":"here","pod_type":"p1.x2","metadata_config":{"indexed":["k"]}}}}"#;
        let deployment = asked(text).expect("an index").deployment;
        let indexed = Some(vec!["k".to_owned()]);
        let pod_type: PodType = "p1.x2".parse().expect("a type");
        let source_collection = None;
        let environment = "here".to_owned();
        let pod = indexes::Deployment::Pod {
            environment,
            pod_type,
            replicas: 1,
            shards: 1,
            indexed,
            source_collection,
        };
        assert_eq!(deployment, pod);
    }

    #[test]
    fn refusals_name_the_field() {
        for (text, message) in [
            ("{}", "schema: is required, or, as before version 2026-07, spec"),
            (
                r#"{"name":"a","metric":"l2","spec":{}}"#,
                "metric: must be cosine, dotproduct or euclidean, but is \"l2\"",
            ),
            (
                r#"{"name":"a","vector_type":"","spec":{}}"#,
                "vector_type: must be dense or sparse, but is \"\"",
            ),
            (
                r#"{"schema":{"fields":{"_values":{"type":"dense_vector","dimension":3,"metric":"l2"}}}}"#,
                "schema.fields._values.metric: must be cosine, dotproduct or euclidean, but is \"l2\"",
            ),
            (
                r#"{"name":"A","spec":{}}"#,
                "Index name may hold only a-z, 0-9 and, between them, -, but has 'A' at position 0.",
            ),
            (r#"{"name":"a","dimension":1,"spec":{}}"#, "spec: must have one of serverless, pod and byoc"),
            (r#"{"name":"a","spec":{"serverless":{"cloud":"aws","region":"x"}}}"#, "Dimension is required."),
            (
                r#"{"name":"a","dimension":30000,"spec":{"serverless":{"cloud":"aws","region":"x"}}}"#,
                "Dimension must be 1 to 20000, but is 30000.",
            ),
            (
                r#"{"name":"a","spec":{"serverless":{"cloud":"aws"}}}"#,
                "spec.serverless: missing field `region`",
            ),
            (
                r#"{"name":"a","dimension":3,"schema":{"fields":{}}}"#,
                "dimension: must be left out where schema is given",
            ),
        ] {
            assert_eq!(asked(text), Err(message.to_owned()), "{text}");
        }
    }
}
