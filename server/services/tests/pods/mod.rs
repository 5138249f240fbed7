//! Pods: what a project may have of them, and how much they hold.

mod capacity;
mod limit;
mod races;

use crate::{house::origin, indexes::new, people::Town};
use conifer_domain::{
    ids::{IndexId, ProjectId},
    indexes::{Deployment, IndexChange, NewIndex, PodChange},
    pods::ProjectPods,
};
use conifer_services::{Entry, Result, authorize::authorize, pods};
use std::sync::Arc;

pub fn of_pods(name: &str, pod_type: &str, replicas: i64, shards: i64) -> NewIndex {
    let pod_type = pod_type.parse().expect("a type");
    let deployment = Deployment::pod("here", pod_type, replicas, shards).expect("a deployment");
    NewIndex { deployment, ..new(name) }
}

pub fn sized(pod_type: Option<&str>, replicas: Option<u32>) -> IndexChange {
    let pod_type = pod_type.map(|text| text.parse().expect("a type"));
    IndexChange { pods: Some(PodChange { replicas, pod_type }), ..IndexChange::default() }
}

impl Town<'_> {
    pub async fn pods(&self, project_id: ProjectId) -> ProjectPods {
        let services = &self.house.services;
        let granted = authorize(services, &origin(), &self.ada, project_id).await.expect("a right");
        pods::get(services, &granted).await.expect("the pods")
    }

    pub async fn limit_pods(&self, limit: u64) {
        let (services, origin) = (&self.house.services, origin());
        pods::set_limit(services, &origin, &self.ada, self.project_id, limit).await.expect("a limit");
    }

    pub async fn resize(
        &self,
        id: IndexId,
        pod_type: Option<&str>,
        replicas: Option<u32>,
    ) -> Result<Arc<Entry>> {
        self.configure(id, sized(pod_type, replicas)).await
    }
}
