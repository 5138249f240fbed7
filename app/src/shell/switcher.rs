//! The switcher: where one is, and the other places one can go.

use super::{here::Here, overview::Overview};
use crate::ui::*;
use conifer_domain::{places::Place, projects::ProjectSummary};
use leptos::prelude::*;

#[component]
pub fn Switcher(overview: Overview, here: Memo<Here>) -> impl IntoView {
    let places = overview.places.clone();
    let trigger = move || view! { <Whereabouts overview=overview.clone() here=here.get() /> };
    let list = places.into_iter().map(move |place| view! { <PlaceList place here /> }).collect_view();
    view! {
        <Menu label="Switch organization or project" trigger=move || trigger.into_any()>
            {list}
            <MenuList>
                <MenuLink href="/" icon=Glyph::Home>
                    "All projects"
                </MenuLink>
                <MenuLink href="/organizations/new" icon=Glyph::Plus>
                    "New organization"
                </MenuLink>
            </MenuList>
        </Menu>
    }
}

#[component]
fn Whereabouts(overview: Overview, here: Here) -> impl IntoView {
    let (name, below) = whereabouts(&overview, here);
    view! {
        <span class="switcher">
            <Avatar name=name.clone() square=true />
            <span class="switcher-text">
                <span class="switcher-name">{name}</span>
                <span class="switcher-sub">{below}</span>
            </span>
            <Icon glyph=Glyph::ChevronsUpDown />
        </span>
    }
}

/// The two lines of the switcher.
fn whereabouts(overview: &Overview, here: Here) -> (String, String) {
    match here {
        Here::Project(id) => overview
            .project(id)
            .map(|(place, project)| (project.name.clone(), place.organization.name.clone())),
        Here::Organization(id) => {
            overview.place(id).map(|place| (place.organization.name.clone(), "Organization".to_owned()))
        }
        _ => None,
    }
    .unwrap_or_else(|| ("All projects".to_owned(), organizations(&overview.places)))
}

fn organizations(places: &[Place]) -> String {
    match places {
        [] => "No organization".to_owned(),
        [only] => only.organization.name.clone(),
        _ => "All organizations".to_owned(),
    }
}

/// An organization and a few of its projects; its own page has them all.
#[component]
fn PlaceList(place: Place, here: Memo<Here>) -> impl IntoView {
    let Place { organization, projects } = place;
    let link = move |project: ProjectSummary| {
        let target = Here::Project(project.id);
        view! { <PlaceLink target name=project.name glyph=Glyph::Folder here /> }
    };
    view! {
        <MenuList>
            <PlaceLink
                target=Here::Organization(organization.id)
                name=organization.name
                glyph=Glyph::Building
                here
            />
            {projects.into_iter().map(link).collect_view()}
        </MenuList>
        <MenuDivider />
    }
}

#[component]
fn PlaceLink(target: Here, name: String, glyph: Glyph, here: Memo<Here>) -> impl IntoView {
    move || {
        let (href, name) = (target.address(), name.clone());
        view! {
            <MenuLink href icon=glyph current=here.get() == target>
                <span class="truncate">{name}</span>
            </MenuLink>
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::here::tests::overview;

    #[test]
    fn the_switcher_names_the_place() {
        let overview = overview();
        let place = &overview.places[0];
        let at = |here| whereabouts(&overview, here);
        let named = |name: &str, below: &str| (name.to_owned(), below.to_owned());
        assert_eq!(at(Here::Project(place.projects[0].id)), named("Search", "Acme"));
        assert_eq!(at(Here::Organization(place.organization.id)), named("Acme", "Organization"));
        assert_eq!(at(Here::Account), named("All projects", "Acme"));
    }
}
