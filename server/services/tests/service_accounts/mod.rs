//! Service accounts: who makes them, when their tokens count, what they may and what they leave behind.

mod authors;
mod members;
mod owners;
mod tokens;

use crate::{house::origin, people::Town};
use conifer_domain::{
    ids::ServiceAccountId,
    organizations::OrganizationRole,
    projects::ProjectRole,
    service_accounts::{ServiceAccount, ServiceAccountQuery, ServiceRoles},
};
use conifer_services::{
    Result, Services,
    authorize::authorize,
    service_accounts::{self, NewServiceAccount, ServiceAccess},
};
use secrecy::ExposeSecret;
use std::sync::Arc;

/// A service account with its secret.
pub struct Robot {
    pub id: ServiceAccountId,
    pub client_id: String,
    pub secret: String,
}

impl From<NewServiceAccount> for Robot {
    fn from(new: NewServiceAccount) -> Self {
        Self { id: new.id, client_id: new.client_id, secret: new.secret.expose_secret().to_owned() }
    }
}

/// One of the town's organization, with these roles there and in the town's project.
pub async fn robot(
    town: &Town<'_>,
    name: &str,
    organization: Option<OrganizationRole>,
    project: Option<ProjectRole>,
) -> Robot {
    let projects = project.map(|role| (town.project_id, role)).into_iter().collect();
    let roles = ServiceRoles { organization, projects };
    let (s, o) = (&town.house.services, &origin());
    service_accounts::create(s, o, &town.ada, town.organization_id, name, roles)
        .await
        .expect("a service account")
        .into()
}

pub async fn token(services: &Services, robot: &Robot) -> Result<String> {
    let token = service_accounts::issue(services, &origin(), &robot.client_id, &robot.secret).await?;
    Ok(token.text.expose_secret().to_owned())
}

pub async fn enter(services: &Services, robot: &Robot) -> Arc<ServiceAccess> {
    let token = token(services, robot).await.expect("a token");
    service_accounts::authenticate(services, &token, &origin()).await.expect("somebody")
}

pub async fn listed(town: &Town<'_>) -> Vec<ServiceAccount> {
    let (s, o) = (&town.house.services, &origin());
    let proof = authorize(s, o, &town.ada, town.organization_id).await.expect("a right");
    service_accounts::list(s, &proof, &ServiceAccountQuery::default()).await.expect("a list").items
}
