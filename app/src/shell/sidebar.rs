//! The sidebar: which project one is in, and where one can go.

use super::{
    here::Here,
    overview::{Overview, Place, part},
};
use crate::{loaded::Loaded, ui::*};
use conifer_domain::{ids::ProjectId, projects::ProjectSummary};
use leptos::prelude::*;
use leptos_router::components::A;

#[component]
pub fn Sidebar(overview: Loaded<Overview>) -> impl IntoView {
    let here = Here::track();
    view! {
        <aside class="sidebar" id="sidebar" popover="auto" aria-label="Sidebar">
            <div class="sidebar-head">
                {part(
                    overview,
                    || view! { <Skeleton lines=2 /> },
                    move |overview| view! { <Switcher overview here /> },
                )}
            </div>
            <nav class="sidebar-nav" aria-label="Main">
                {part(
                    overview,
                    || (),
                    move |overview| move || project_links(here.get(), &overview),
                )}
                <p class="nav-heading">"Conifer"</p>
                <ul class="nav-list">
                    <NavLink href="/" exact=true glyph=Glyph::Home text="Projects" />
                    <NavLink href="/account" glyph=Glyph::User text="Account" />
                </ul>
            </nav>
            <div class="sidebar-foot">
                <Wordmark />
            </div>
        </aside>
    }
    .into_any()
}

/// The pages of the project one is in.
fn project_links(here: Here, overview: &Overview) -> Option<impl IntoView + use<>> {
    let Here::Project(id) = here else { return None };
    overview.project(id)?;
    Some(view! {
        <p class="nav-heading">"Project"</p>
        <ul class="nav-list">
            <NavLink href=format!("/projects/{id}") exact=true glyph=Glyph::Gauge text="Overview" />
        </ul>
    })
}

#[component]
fn NavLink(
    #[prop(into)] href: String,
    #[prop(optional)] exact: bool,
    glyph: Glyph,
    text: &'static str,
) -> impl IntoView {
    view! {
        <li>
            <A href exact attr:class="nav-link">
                <Icon glyph />
                {text}
            </A>
        </li>
    }
}

/// Where one is, and the other places one can go.
#[component]
fn Switcher(overview: Overview, here: Memo<Here>) -> impl IntoView {
    let places = overview.places.clone();
    let trigger = move || view! { <Whereabouts overview=overview.clone() here=here.get() /> };
    let list = places.into_iter().map(move |place| view! { <PlaceList place here /> }).collect_view();
    view! {
        <Menu label="Switch project" trigger=move || trigger.into_any()>
            {list}
            <MenuDivider />
            <MenuList>
                <MenuLink href="/" icon=Glyph::Folder>
                    "All projects"
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
            overview.place(id).map(|place| (place.organization.name.clone(), projects(place.projects.len())))
        }
        _ => None,
    }
    .unwrap_or_else(|| {
        let count = overview.places.iter().map(|place| place.projects.len()).sum();
        ("All projects".to_owned(), projects(count))
    })
}

fn projects(count: usize) -> String {
    match count {
        0 => "No projects".to_owned(),
        1 => "1 project".to_owned(),
        _ => format!("{count} projects"),
    }
}

#[component]
fn PlaceList(place: Place, here: Memo<Here>) -> impl IntoView {
    let Place { organization, projects } = place;
    let link = move |project: ProjectSummary| view! { <ProjectLink project here /> };
    view! {
        <MenuList heading=organization.name>
            {projects.into_iter().map(link).collect_view()}
            <MenuLink href=format!("/organizations/{}", organization.id) icon=Glyph::Building>
                "Organization"
            </MenuLink>
        </MenuList>
    }
}

#[component]
fn ProjectLink(project: ProjectSummary, here: Memo<Here>) -> impl IntoView {
    let is_here = move |id: ProjectId| here.get() == Here::Project(id);
    move || {
        let href = format!("/projects/{}", project.id);
        let name = project.name.clone();
        view! {
            <MenuLink href icon=Glyph::Folder current=is_here(project.id)>
                {name}
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
        assert_eq!(at(Here::Organization(place.organization.id)), named("Acme", "1 project"));
        assert_eq!(at(Here::Account), named("All projects", "1 project"));
    }
}
