//! Where in the console an address is, and the trail that leads there.

use super::overview::Overview;
use conifer_domain::ids::{OrganizationId, ProjectId};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

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

    pub fn track() -> Memo<Self> {
        let path = use_location().pathname;
        Memo::new(move |_| path.with(|path| Self::of(path)))
    }
}

/// A step of the trail: its name, and its address unless one stands there.
pub type Step = (String, Option<String>);

/// The way from the list of projects to `here`. A place that is not in the overview does not appear in it either.
pub fn trail(here: Here, overview: &Overview) -> Vec<Step> {
    let projects = || ("Projects".to_owned(), Some("/".to_owned()));
    match here {
        Here::Projects => vec![("Projects".to_owned(), None)],
        Here::Account => vec![("Account".to_owned(), None)],
        Here::Elsewhere => vec![projects()],
        Here::Organization(id) => {
            let organization = overview.place(id).map(|place| (place.organization.name.clone(), None));
            std::iter::once(projects()).chain(organization).collect()
        }
        Here::Project(id) => {
            let steps = overview.project(id).map(|(place, project)| {
                let address = format!("/organizations/{}", place.organization.id);
                [(place.organization.name.clone(), Some(address)), (project.name.clone(), None)]
            });
            std::iter::once(projects()).chain(steps.into_iter().flatten()).collect()
        }
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::shell::overview::Place;
    use conifer_domain::{
        accounts::Account,
        organizations::{OrganizationRole, OrganizationSummary},
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
        }
    }

    fn names(path: &str) -> Vec<String> {
        trail(Here::of(path), &overview()).into_iter().map(|(name, _)| name).collect()
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
    }

    #[test]
    fn what_one_may_not_enter_is_not_on_the_trail() {
        assert_eq!(names(&format!("/projects/{ACME}")), ["Projects"]);
    }
}
