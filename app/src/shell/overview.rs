//! What the shell shows of the person who is signed in and the places they may enter.

use super::here::Here;
#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    loaded::{Loaded, load},
};
use conifer_domain::{
    accounts::Account,
    ids::{OrganizationId, ProjectId},
    places::Place,
    projects::ProjectSummary,
    views::Viewed,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    pub account: Account,
    pub places: Vec<Place>,
    /// Through whose eyes all of it is seen, if not one's own.
    pub viewed: Option<Viewed>,
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

/// The place one is at is in it, if one may be there; of all others a few.
#[server(prefix = "/fn", endpoint = "shell/overview")]
pub async fn fetch_overview(
    organization_id: Option<OrganizationId>,
    project_id: Option<ProjectId>,
) -> Result<Overview, Failure> {
    let (current, _) = server::signed_in()?;
    let services = server::services()?;
    let places = conifer_services::places::list(&services, &current, organization_id, project_id).await?;
    let viewed = current.view.map(|view| view.shown().clone());
    Ok(Overview { account: current.account, places, viewed })
}

/// Loaded anew on the way to another place.
pub fn load_overview() -> Loaded<Overview> {
    let here = Here::track();
    load(move || {
        let here = here.get();
        FetchOverview { organization_id: here.organization(), project_id: here.project() }
    })
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
    render: impl Fn(Overview) -> V + Send + Sync + 'static,
) -> AnyView
where
    V: IntoView + 'static,
    W: IntoView + 'static,
{
    let nothing = |_| ().into_any();
    overview.show(move || waiting().into_any(), nothing, move |overview| render(overview).into_any())
}
