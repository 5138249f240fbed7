//! The page of one organization: its projects.

use super::{load_organization, use_organization_id};
use crate::{
    chunks::Page,
    loaded::{Loaded, when_loaded},
    permitted::why_not,
    projects::{NewProject, ProjectList, Projects},
    ui::*,
};
use conifer_domain::{organizations::OrganizationDetails, permissions::Action};
use leptos::prelude::*;
use leptos_meta::Title;

pub struct OrganizationPage {
    organization: Loaded<OrganizationDetails>,
    projects: Projects,
}

impl Page for OrganizationPage {
    fn data() -> Self {
        let projects = Projects::of_organization(use_organization_id());
        Self { organization: load_organization(), projects }
    }

    fn view(this: Self) -> AnyView {
        let projects = this.projects;
        when_loaded(this.organization, move |organization| view! { <Organization organization projects /> })
            .into_any()
    }
}

#[component]
fn Organization(organization: OrganizationDetails, projects: Projects) -> impl IntoView {
    let OrganizationDetails { id, access, .. } = organization;
    let none = no_projects(&organization);
    view! {
        <Title text=organization.name.clone() />
        <PageHeader title=organization.name.clone()>
            <NewProject organization_id=id access />
        </PageHeader>
        <ProjectList projects of_one=true none />
        <AboutOrganization organization />
    }
}

/// Why there is nothing, and what to do about it, for whom this is.
fn no_projects(organization: &OrganizationDetails) -> impl Fn() -> AnyView + Send + Sync + Clone + use<> {
    let text = if why_not(Action::CreateProjects, organization.access).is_none() {
        "A project holds the indexes of one application and the people who work on it. Make the first one."
    } else {
        "You belong to no project of this organization. Ask an owner of one to invite you."
    };
    move || view! { <EmptyState icon=Glyph::Folder title="No projects yet" text /> }.into_any()
}

#[component]
fn AboutOrganization(organization: OrganizationDetails) -> impl IntoView {
    view! {
        <Card title="About this organization">
            <Facts>
                <Fact term="Organization ID">
                    <Id id=organization.id.to_string() label="Copy organization ID" />
                </Fact>
                <Fact term="Your role">{organization.access.label()}</Fact>
                <Fact term="Members">{organization.members}</Fact>
                <Fact term="Created">
                    <Time at_ms=organization.created_at_ms />
                </Fact>
            </Facts>
        </Card>
    }
}
