//! The page one lands on: one's organizations and their projects.

use crate::{
    chunks::Page,
    loaded::when_loaded,
    projects::ProjectTable,
    shell::{Place, use_overview},
    ui::*,
};
use leptos::prelude::*;
use leptos_meta::Title;

pub struct HomePage;

impl Page for HomePage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! {
            <Title text="Projects" />
            <PageHeader title="Projects" text="Every project you belong to, by organization." />
            {when_loaded(use_overview(), |overview| view! { <Places places=overview.places /> })}
        }
        .into_any()
    }
}

#[component]
fn Places(places: Vec<Place>) -> impl IntoView {
    if places.is_empty() {
        return view! {
            <EmptyState
                icon=Glyph::Folder
                title="No projects yet"
                text="You belong to no organization. Ask an owner to invite you by the e-mail address of your account."
            >
                <ButtonLink href="/account">"See your account"</ButtonLink>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <div class="stack">
            {places.into_iter().map(|place| view! { <PlaceCard place /> }).collect_view()}
        </div>
    }
    .into_any()
}

#[component]
fn PlaceCard(place: Place) -> impl IntoView {
    let Place { organization, projects } = place;
    let href = format!("/organizations/{}", organization.id);
    let open = move || {
        view! {
            <Badge>{organization.role.label()}</Badge>
            <ButtonLink href=href.clone() size=Size::Small>
                "Open"
            </ButtonLink>
        }
        .into_any()
    };
    view! {
        <Card title=organization.name actions=open>
            <ProjectTable projects />
        </Card>
    }
}
