//! Where in the console an address is, and the trail that leads there.

use super::{overview::Overview, rooms};
use conifer_domain::ids::{OrganizationId, ProjectId};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// A place, whichever of its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Here {
    Projects,
    Organization(OrganizationId),
    Project(ProjectId),
    Account,
    Elsewhere,
}

impl Here {
    pub fn of(path: &str) -> Self {
        let mut parts = path.trim_matches('/').split('/');
        let (room, id) = (parts.next().unwrap_or_default(), parts.next());
        let organization = || id.and_then(|id| id.parse().ok()).map(Self::Organization);
        let project = || id.and_then(|id| id.parse().ok()).map(Self::Project);
        match room {
            "" => Self::Projects,
            "organizations" => organization().unwrap_or(Self::Elsewhere),
            "projects" => project().unwrap_or(Self::Elsewhere),
            "account" => Self::Account,
            _ => Self::Elsewhere,
        }
    }

    pub fn organization(self) -> Option<OrganizationId> {
        if let Self::Organization(id) = self { Some(id) } else { None }
    }

    pub fn project(self) -> Option<ProjectId> {
        if let Self::Project(id) = self { Some(id) } else { None }
    }

    /// Where the place begins.
    pub fn address(self) -> String {
        match self {
            Self::Organization(id) => format!("/organizations/{id}"),
            Self::Project(id) => format!("/projects/{id}"),
            Self::Account => "/account".to_owned(),
            Self::Projects | Self::Elsewhere => "/".to_owned(),
        }
    }

    pub fn track() -> Memo<Self> {
        let path = use_location().pathname;
        Memo::new(move |_| path.with(|path| Self::of(path)))
    }
}

/// A step of the trail: its name, and its address unless one stands there.
pub type Step = (String, Option<String>);

/// The way from the list of projects to the page at this path. A place that is not in the overview does not appear
/// in it either.
pub fn trail(path: &str, overview: &Overview) -> Vec<Step> {
    let here = Here::of(path);
    let mut steps = match here {
        Here::Account => return vec![("Account".to_owned(), None)],
        Here::Projects => return vec![("Projects".to_owned(), None)],
        _ => vec![("Projects".to_owned(), Some("/".to_owned()))],
    };
    let lone = match path {
        "/organizations/new" => Some("New organization"),
        "/api-reference" => Some("API reference"),
        _ => None,
    };
    steps.extend(lone.map(|name| (name.to_owned(), None)));
    let places = places(here, overview);
    if let Some(((name, _), above)) = places.split_last() {
        steps.extend_from_slice(above);
        let page = path.trim_matches('/').split('/').nth(2).unwrap_or_default();
        let room = format!("{}/{page}", here.address());
        match rooms::name_of(here, page) {
            // A page inside the room tells its name itself.
            Some(page) => {
                let below = path.trim_end_matches('/') != room;
                steps
                    .extend([(name.clone(), Some(here.address())), (page.to_owned(), below.then_some(room))]);
            }
            None => steps.push((name.clone(), None)),
        }
    }
    steps
}

fn places(here: Here, overview: &Overview) -> Vec<Step> {
    let (place, project) = match here {
        Here::Organization(id) => (overview.place(id), None),
        Here::Project(id) => {
            overview.project(id).map_or((None, None), |(place, project)| (Some(place), Some(project)))
        }
        _ => (None, None),
    };
    let organization = place.map(|place| &place.organization);
    let organization = organization.map(|it| (it.name.clone(), Some(Here::Organization(it.id).address())));
    let project = project.map(|it| (it.name.clone(), Some(Here::Project(it.id).address())));
    organization.into_iter().chain(project).collect()
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use conifer_domain::{
        accounts::Account,
        organizations::{OrganizationRole, OrganizationSummary},
        places::Place,
        projects::{ProjectRole, ProjectSummary},
        theme::Theme,
    };

    const ACME: &str = "0190a000-0000-7000-8000-000000000001";
    const SEARCH: &str = "0190a000-0000-7000-8000-000000000002";

    /// One organization, "Acme", with one project, "Search".
    pub fn overview() -> Overview {
        let organization_id: OrganizationId = ACME.parse().expect("an id");
        Overview {
            account: Account {
                id: "0190a000-0000-7000-8000-000000000003".parse().expect("an id"),
                name: "Ada".into(),
                email: "ada@example.com".into(),
                theme: Theme::System,
                two_factor: false,
            },
            places: vec![Place {
                organization: OrganizationSummary {
                    id: organization_id,
                    name: "Acme".into(),
                    role: OrganizationRole::Owner,
                },
                projects: vec![ProjectSummary {
                    id: SEARCH.parse().expect("an id"),
                    organization_id,
                    name: "Search".into(),
                    role: ProjectRole::Owner,
                    created_at_ms: 0,
                }],
            }],
            viewed: None,
        }
    }

    fn names(path: &str) -> Vec<String> {
        trail(path, &overview()).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn an_address_says_where_it_is() {
        assert_eq!(Here::of("/"), Here::Projects);
        assert_eq!(Here::of("/account/sessions"), Here::Account);
        assert_eq!(Here::of(&format!("/projects/{SEARCH}")), Here::Project(SEARCH.parse().expect("an id")));
        assert_eq!(Here::of("/projects/nonsense"), Here::Elsewhere);
        assert_eq!(Here::of("/nowhere"), Here::Elsewhere);
    }

    #[test]
    fn the_trail_leads_from_the_projects_to_here() {
        assert_eq!(names("/"), ["Projects"]);
        assert_eq!(names(&format!("/organizations/{ACME}")), ["Projects", "Acme"]);
        assert_eq!(names(&format!("/projects/{SEARCH}")), ["Projects", "Acme", "Search"]);
        assert_eq!(
            names(&format!("/projects/{SEARCH}/settings")),
            ["Projects", "Acme", "Search", "Settings"]
        );
        assert_eq!(names("/organizations/new"), ["Projects", "New organization"]);
        assert_eq!(names("/api-reference"), ["Projects", "API reference"]);
        assert_eq!(names("/account/sessions"), ["Account"]);
    }

    #[test]
    fn the_last_step_of_the_trail_leads_nowhere() {
        for path in ["/".to_owned(), format!("/organizations/{ACME}"), format!("/projects/{SEARCH}")] {
            let addresses: Vec<_> =
                trail(&path, &overview()).into_iter().map(|(_, address)| address).collect();
            let (last, before) = addresses.split_last().expect("a step");
            assert!(last.is_none() && before.iter().all(Option::is_some), "{path}");
        }
        for unknown in ["/nowhere".to_owned(), "/projects/nonsense".to_owned(), format!("/projects/{ACME}")] {
            assert_eq!(trail(&unknown, &overview()), [("Projects".to_owned(), Some("/".to_owned()))]);
        }
    }

    #[test]
    fn what_one_may_not_enter_is_not_on_the_trail() {
        assert_eq!(names(&format!("/projects/{ACME}")), ["Projects"]);
        assert_eq!(names(&format!("/projects/{ACME}/settings")), ["Projects"]);
    }
}
