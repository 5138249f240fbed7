//! The page one lands on: the projects of all one's organizations.

use crate::{
    chunks::Page,
    projects::{ProjectList, Projects},
    shell::{Here, Overview, part, use_overview},
    ui::*,
};
use leptos::prelude::*;
use leptos_meta::Title;

pub struct HomePage {
    projects: Projects,
}

impl Page for HomePage {
    fn data() -> Self {
        Self { projects: Projects::of_all() }
    }

    fn view(this: Self) -> AnyView {
        let overview = use_overview();
        view! {
            <Title text="Projects" />
            <PageHeader title="Projects" text="Every project you may enter, in all your organizations.">
                <ButtonLink href="/organizations/new" icon=Glyph::Plus>
                    "New organization"
                </ButtonLink>
            </PageHeader>
            <ProjectList
                projects=this.projects
                none=move || part(overview, || (), |overview| view! { <NoProjects overview /> })
            />
        }
        .into_any()
    }
}

/// As many as fit in a row.
const ORGANIZATIONS_SHOWN_MAX: usize = 3;

#[component]
fn NoProjects(overview: Overview) -> impl IntoView {
    let text = if overview.places.is_empty() {
        "Make an organization of your own, or ask an owner to invite you by the e-mail address of your account."
    } else {
        "Open an organization to make its first project, or ask an owner of a project to invite you."
    };
    let open = |place: conifer_domain::places::Place| {
        let href = Here::Organization(place.organization.id).address();
        view! { <ButtonLink href icon=Glyph::Building>{place.organization.name}</ButtonLink> }
    };
    view! {
        <EmptyState icon=Glyph::Folder title="No projects yet" text>
            {overview.places.into_iter().take(ORGANIZATIONS_SHOWN_MAX).map(open).collect_view()}
        </EmptyState>
    }
}
