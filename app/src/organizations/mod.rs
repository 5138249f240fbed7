//! One organization and its projects.

mod details;

pub use details::fetch_organization;

use crate::{
    chunks::Page,
    errors::ProblemPage,
    loaded::when_loaded,
    projects::ProjectTable,
    shell::{Overview, Place, use_overview},
    ui::*,
};
use conifer_domain::Problem;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

pub struct OrganizationPage;

impl Page for OrganizationPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let params = use_params_map();
        let id = move || params.with(|params| params.get("organization_id").unwrap_or_default());
        when_loaded(use_overview(), move |overview| match place(&overview, &id()) {
            Some(place) => view! { <Organization place /> }.into_any(),
            None => view! { <ProblemPage problem=Problem::NotFound /> }.into_any(),
        })
        .into_any()
    }
}

/// An organization of others is as unknown as one that never was.
fn place(overview: &Overview, id: &str) -> Option<Place> {
    overview.place(id.parse().ok()?).cloned()
}

#[component]
fn Organization(place: Place) -> impl IntoView {
    let Place { organization, projects } = place;
    let id = organization.id.to_string();
    let shown_id = id.clone();
    view! {
        <Title text=organization.name.clone() />
        <PageHeader title=organization.name>
            <Badge>{organization.role.label()}</Badge>
        </PageHeader>
        <div class="stack">
            <Card title="Projects">
                <ProjectTable projects />
            </Card>
            <Card title="About this organization">
                <Facts>
                    <Fact term="Organization ID">
                        <Code>{shown_id}</Code>
                        <CopyButton text=id label="Copy organization ID" />
                    </Fact>
                    <Fact term="Your role">{organization.role.label()}</Fact>
                </Facts>
            </Card>
        </div>
    }
}
