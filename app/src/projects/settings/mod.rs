//! The settings of a project: its name, its id, leaving and deleting it.

mod delete;
mod pods;
mod rename;

use super::page::use_project_id;
use crate::{
    Failure,
    chunks::Page,
    loaded::{Loaded, load, when_loaded},
    members::{LeaveCard, Place},
    ui::*,
};
#[cfg(feature = "ssr")]
use crate::{permitted::why_not, server};
#[cfg(feature = "ssr")]
use conifer_domain::permissions::Action;
use conifer_domain::{
    pods::ProjectPods,
    projects::{ProjectContents, ProjectDetails},
};
use delete::DeleteCard;
use leptos::prelude::*;
use leptos_meta::Title;
use pods::PodsCard;
use rename::NameCard;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProjectSettings {
    project: ProjectDetails,
    /// None for whom may not delete it.
    contents: Option<ProjectContents>,
    pods: ProjectPods,
}

#[server(prefix = "/fn", endpoint = "projects/settings")]
pub async fn fetch_settings(id: String) -> Result<ProjectSettings, Failure> {
    let services = server::services()?;
    let project = conifer_services::projects::get(&services, &server::granted(&services, &id).await?).await?;
    let contents = match why_not(Action::DeleteProject, project.access) {
        Some(_) => None,
        None => {
            let granted = server::granted(&services, &id).await?;
            Some(conifer_services::projects::contents(&services, &granted).await?)
        }
    };
    let pods = conifer_services::pods::get(&services, &server::granted(&services, &id).await?).await?;
    Ok(ProjectSettings { project, contents, pods })
}

pub struct ProjectSettingsPage {
    settings: Loaded<ProjectSettings>,
}

impl Page for ProjectSettingsPage {
    fn data() -> Self {
        let id = use_project_id();
        Self { settings: load(move || FetchSettings { id: id.get() }) }
    }

    fn view(this: Self) -> AnyView {
        when_loaded(this.settings, |settings| view! { <Settings settings /> }).into_any()
    }
}

#[component]
fn Settings(settings: ProjectSettings) -> impl IntoView {
    let ProjectSettings { project, contents, pods } = settings;
    view! {
        <Title text=format!("Settings · {}", project.name) />
        <PageHeader title="Project settings" />
        <div class="page-narrow stack">
            <NameCard project=project.clone() />
            <Card title="Project ID" text="What programs call it. It never changes.">
                <Id id=project.id.to_string() label="Copy project ID" />
            </Card>
            <PodsCard id=project.id.to_string() access=project.access pods />
            <LeaveCard place=Place::Project(project.id) />
            <DeleteCard project contents />
        </div>
    }
}
