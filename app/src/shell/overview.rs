//! What the shell shows of the person who is signed in and the places they may enter.

#[cfg(feature = "ssr")]
use crate::server;
use crate::{Failure, loaded::Loaded};
use conifer_domain::{
    accounts::Account,
    ids::{OrganizationId, ProjectId},
    organizations::OrganizationSummary,
    projects::ProjectSummary,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    pub account: Account,
    pub places: Vec<Place>,
}

/// An organization and the projects in it that one may enter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    pub organization: OrganizationSummary,
    pub projects: Vec<ProjectSummary>,
}

impl Overview {
    pub fn place(&self, id: OrganizationId) -> Option<&Place> {
        self.places.iter().find(|place| place.organization.id == id)
    }

    pub fn project(&self, id: ProjectId) -> Option<(&Place, &ProjectSummary)> {
        self.places.iter().find_map(|place| {
            let project = place.projects.iter().find(|project| project.id == id)?;
            Some((place, project))
        })
    }
}

#[server(prefix = "/fn", endpoint = "shell/overview")]
pub async fn fetch_overview() -> Result<Overview, Failure> {
    let services = server::services()?;
    let (current, _) = server::signed_in()?;
    let mut places = Vec::new();
    for organization in conifer_services::organizations::list(&services, &current).await? {
        let projects = conifer_services::projects::list(&services, &current, organization.id).await?;
        places.push(Place { organization, projects });
    }
    Ok(Overview { account: current.account, places })
}

/// The overview that the shell around this page has loaded.
pub fn use_overview() -> Loaded<Overview> {
    expect_context()
}

/// A part of the shell made from the overview: `waiting` until it is there, nothing when it cannot be had,
/// for then the page itself says why.
pub fn part<V, W>(
    overview: Loaded<Overview>,
    waiting: impl Fn() -> W + Send + Sync + 'static,
    render: impl Fn(Overview) -> V + Clone + Send + Sync + 'static,
) -> AnyView
where
    V: IntoView + 'static,
    W: IntoView + 'static,
{
    view! {
        <Transition fallback=move || waiting().into_any()>
            {move || {
                let render = render.clone();
                Suspend::new(async move { overview.await.ok().map(render).into_any() })
            }}
        </Transition>
    }
    .into_any()
}
