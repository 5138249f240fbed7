//! What people are members of: organizations and projects, for pages that are the same for both.

use conifer_domain::{
    Problem,
    ids::{OrganizationId, ProjectId},
    invites::InvitedRole,
    organizations::OrganizationRole,
    permissions::Action,
    projects::ProjectRole,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Written as the address of its page, which is also how forms name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    Organization(OrganizationId),
    Project(ProjectId),
}

/// The address of the place that the page is about. It comes from the address bar: there may be no such place.
pub fn use_place() -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| {
        params.with(|params| match params.get_str("project_id") {
            Some(id) => format!("/projects/{id}"),
            None => format!("/organizations/{}", params.get_str("organization_id").unwrap_or_default()),
        })
    })
}

impl Place {
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Organization(_) => "organization",
            Self::Project(_) => "project",
        }
    }

    pub fn members(self) -> String {
        format!("{self}/members")
    }

    pub fn invites(self) -> String {
        format!("{self}/invites")
    }

    pub const fn changing_roles(self) -> Action {
        match self {
            Self::Organization(_) => Action::UpdateOrganizationRoles,
            Self::Project(_) => Action::UpdateMemberRoles,
        }
    }

    pub const fn viewing_as(self) -> Action {
        match self {
            Self::Organization(_) => Action::ViewAsOrganizationMember,
            Self::Project(_) => Action::ViewAs,
        }
    }

    pub const fn removing(self) -> Action {
        match self {
            Self::Organization(_) => Action::DeleteOrganizationMembers,
            Self::Project(_) => Action::DeleteMembers,
        }
    }

    pub const fn inviting(self) -> Action {
        match self {
            Self::Organization(_) => Action::InviteOrganizationMembers,
            Self::Project(_) => Action::InviteMembers,
        }
    }

    /// What people can be here.
    pub fn roles(self) -> Vec<InvitedRole> {
        match self {
            Self::Organization(_) => OrganizationRole::ALL.map(InvitedRole::from).into(),
            Self::Project(_) => ProjectRole::ALL.map(InvitedRole::from).into(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Organization(id) => write!(f, "/organizations/{id}"),
            Self::Project(id) => write!(f, "/projects/{id}"),
        }
    }
}

impl FromStr for Place {
    type Err = Problem;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let project = || text.strip_prefix("/projects/")?.parse().ok().map(Self::Project);
        let organization = || text.strip_prefix("/organizations/")?.parse().ok().map(Self::Organization);
        project().or_else(organization).ok_or(Problem::NotFound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_from_its_address() {
        for text in [
            "/projects/0190a000-0000-7000-8000-000000000002",
            "/organizations/0190a000-0000-7000-8000-000000000001",
        ] {
            assert_eq!(text.parse::<Place>().map(|place| place.to_string()).as_deref(), Ok(text));
        }
        for text in ["", "/projects/", "/projects/x", "/account", "0190a000-0000-7000-8000-000000000002"] {
            assert_eq!(text.parse::<Place>(), Err(Problem::NotFound), "{text}");
        }
    }
}
