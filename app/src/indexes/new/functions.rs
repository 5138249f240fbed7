//! What the form for a new index tells the server to do.

#![allow(clippy::too_many_arguments, reason = "one for each input of the form")]

use crate::Failure;
#[cfg(feature = "ssr")]
use crate::server;
#[cfg(feature = "ssr")]
use conifer_domain::{
    Field, Problem, Rule,
    indexes::{Deployment, IndexName, NewIndex, ReadCapacity, Tags, Vectors},
    notices::Notice,
};
use leptos::prelude::*;

/// What is in the form, as it is sent.
#[server(prefix = "/fn", endpoint = "indexes/create")]
pub async fn create_index(
    id: String,
    name: String,
    #[server(default)] vector_type: String,
    #[server(default)] dimension: String,
    #[server(default)] metric: String,
    #[server(default)] deployment: String,
    #[server(default)] cloud: String,
    #[server(default)] region: String,
    #[server(default)] environment: String,
    #[server(default)] pod_type: String,
    #[server(default)] replicas: String,
    #[server(default)] tags: String,
    #[server(default)] deletion_protection: bool,
) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let (services, project_id) = (server::services()?, server::id(&id)?);
    let vectors = vectors(&vector_type, &dimension, &metric)?;
    let deployment = if deployment == "pod" {
        let pod_type = or(&pod_type, "p1.x1").parse()?;
        Deployment::pod(or(&environment, "local"), pod_type, number(or(&replicas, "1"), Field::Replicas)?, 1)?
    } else {
        Deployment::serverless(or(&cloud, "aws"), or(&region, "us-east-1"), ReadCapacity::OnDemand)?
    };
    let new = NewIndex {
        name: IndexName::parse(name.trim())?,
        vectors,
        deployment,
        tags: Tags::new(super::tags::read(&tags))?,
        deletion_protection,
    };
    let made = conifer_services::indexes::create(&services, &origin, &current, project_id, new).await?;
    server::done(&format!("/projects/{project_id}/indexes/{}", made.id), Notice::IndexCreated);
    Ok(())
}

/// The form has a dimension and a metric also where sparse vectors were chosen; then they mean nothing.
#[cfg(feature = "ssr")]
fn vectors(kind: &str, dimension: &str, metric: &str) -> Result<Vectors, Problem> {
    let kind = or(kind, "dense").parse()?;
    let metric = or(metric, "cosine").parse()?;
    match kind {
        conifer_domain::indexes::VectorType::Sparse => Ok(Vectors::Sparse),
        kind => {
            let dimension = Some(dimension.trim()).filter(|text| !text.is_empty());
            let dimension = dimension.map(|text| number(text, Field::Dimension)).transpose()?;
            Vectors::new(kind, dimension, Some(metric))
        }
    }
}

#[cfg(feature = "ssr")]
fn or<'a>(text: &'a str, else_this: &'a str) -> &'a str {
    match text.trim() {
        "" => else_this,
        text => text,
    }
}

#[cfg(feature = "ssr")]
fn number(text: &str, field: Field) -> Result<i64, Problem> {
    text.trim().parse().map_err(|_| Problem::invalid(field, Rule::NotANumber))
}
