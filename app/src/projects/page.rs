//! The page of one project.

#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    chunks::Page,
    loaded::{Loaded, load, when_loaded},
    ui::*,
};
use conifer_domain::{permissions::Role, projects::ProjectDetails};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// An id that is none is as unknown as one of nobody.
#[server(prefix = "/fn", endpoint = "projects/get")]
pub async fn fetch_project(id: String) -> Result<ProjectDetails, Failure> {
    let services = server::services()?;
    let granted = server::granted(&services, &id).await?;
    Ok(conifer_services::projects::get(&services, &granted).await?)
}

/// The id in the address of the page.
pub fn use_project_id() -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("project_id").unwrap_or_default()))
}

pub struct ProjectPage {
    project: Loaded<ProjectDetails>,
}

impl Page for ProjectPage {
    fn data() -> Self {
        let id = use_project_id();
        Self { project: load(move || FetchProject { id: id.get() }) }
    }

    fn view(this: Self) -> AnyView {
        when_loaded(this.project, |project| view! { <ProjectFacts project /> }).into_any()
    }
}

fn role(project: &ProjectDetails) -> String {
    match project.access {
        Role::OrganizationOwner => format!("{}, as an owner of the organization", project.role),
        Role::Key(role) => role.label().to_owned(),
        _ => project.role.to_string(),
    }
}

#[component]
fn ProjectFacts(project: ProjectDetails) -> impl IntoView {
    let role = role(&project);
    view! {
        <Title text=project.name.clone() />
        <PageHeader title=project.name />
        <Card title="About this project">
            <Facts>
                <Fact term="Project ID">
                    <Id id=project.id.to_string() label="Copy project ID" />
                </Fact>
                <Fact term="Organization">
                    <a href=format!("/organizations/{}", project.organization_id)>{project.organization_name}</a>
                </Fact>
                <Fact term="Your role">{role}</Fact>
                <Fact term="Members">
                    <a href=format!("/projects/{}/members", project.id)>{project.members} <span class="visually-hidden">" members"</span></a>
                </Fact>
                <Fact term="Created">
                    <Time at_ms=project.created_at_ms />
                </Fact>
            </Facts>
        </Card>
    }
}
