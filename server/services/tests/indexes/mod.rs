//! Indexes as rows and as vectors: made and deleted as one thing, whatever comes between.

mod elsewhere;
mod ending;
mod making;
mod ports;

use crate::{
    house::{CHEAP, House, on_both, origin, problem, vectors},
    people::Town,
    records::record,
};
use conifer_domain::{
    Field, Problem, Rule,
    ids::{IndexId, ProjectId},
    indexes::{
        Deployment, IndexChange, IndexName, IndexState, Metric, NewIndex, PodChange, PodType, ReadCapacity,
        Tags, Vectors,
    },
    organizations::OrganizationRole::Member,
    permissions::may,
    projects::ProjectRole,
};
use conifer_services::{
    Entry, Result, Services, authorize::authorize, indexes, namespaces, projects, records,
};
use std::sync::Arc;
use tokio::task::JoinSet;

pub fn new(name: &str) -> NewIndex {
    NewIndex {
        name: IndexName::parse(name).expect("a name"),
        vectors: Vectors::Dense { dimension: 2, metric: Metric::Cosine },
        deployment: Deployment::default(),
        tags: Tags::default(),
        deletion_protection: false,
    }
}

pub fn tags(pairs: &[(&str, &str)]) -> Tags {
    Tags::new(pairs.iter().map(|(key, value)| ((*key).into(), (*value).into()))).expect("tags")
}

impl Town<'_> {
    pub async fn create(&self, new: NewIndex) -> Result<Arc<Entry>> {
        indexes::create(&self.house.services, &origin(), &self.ada, self.project_id, new).await
    }

    pub async fn index(&self, name: &str) -> IndexId {
        self.create(new(name)).await.expect("an index").id
    }

    pub async fn delete(&self, id: IndexId) -> Result<()> {
        indexes::delete(&self.house.services, &origin(), &self.ada, id).await
    }

    pub async fn configure(&self, id: IndexId, change: IndexChange) -> Result<Arc<Entry>> {
        indexes::configure(&self.house.services, &origin(), &self.ada, id, change).await
    }

    pub async fn names(&self) -> Vec<String> {
        let services = &self.house.services;
        let granted = authorize(services, &origin(), &self.ada, self.project_id).await.expect("a right");
        let list = indexes::list(services, &granted).await.expect("a list");
        list.iter().map(|entry| entry.name.clone()).collect()
    }
}

/// The states of all rows.
pub async fn rows(house: &House) -> Vec<String> {
    house.rows("SELECT state FROM indexes ORDER BY name").await
}

/// The same data directory and database after the process was killed: what was in memory is lost.
pub async fn restarted(house: &House) -> Services {
    house.services.close_vectors();
    house.again(CHEAP, |settings| settings.vectors = vectors()).await
}

pub async fn is_missing(services: &Services, town: &Town<'_>, id: IndexId) -> bool {
    let granted = authorize::<may::QueryVectors>(services, &origin(), &town.ada, id).await;
    granted.is_err_and(|error| error.problem() == Problem::NotFound)
}
