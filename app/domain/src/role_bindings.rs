//! Who is what where, as programs read and write it: one role of one principal in one place.
//!
//! A binding has no row of its own: its id says what it binds. In each place a person or a service account has one
//! role, a key has any number, and an invite has what it was made with.

use crate::{
    api_keys::KeyRole,
    ids::{OrganizationId, ProjectId},
    organizations::OrganizationRole,
    projects::ProjectRole,
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PrincipalKind {
    User,
    ServiceAccount,
    ApiKey,
    Invite,
}

impl PrincipalKind {
    pub const ALL: [Self; 4] = [Self::User, Self::ServiceAccount, Self::ApiKey, Self::Invite];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::ServiceAccount => "service_account",
            Self::ApiKey => "api_key",
            Self::Invite => "invite",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    Organization(OrganizationId),
    Project(ProjectId),
}

impl Place {
    pub const KINDS: [&'static str; 2] = ["organization", "project"];

    pub const fn kind(self) -> &'static str {
        match self {
            Self::Organization(_) => Self::KINDS[0],
            Self::Project(_) => Self::KINDS[1],
        }
    }

    pub fn id(self) -> String {
        match self {
            Self::Organization(id) => id.to_string(),
            Self::Project(id) => id.to_string(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BoundRole {
    Organization(OrganizationRole),
    /// Of a person, a service account or an invite.
    Project(ProjectRole),
    Key(KeyRole),
}

impl BoundRole {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Organization(OrganizationRole::Owner) => "OrgOwner",
            Self::Organization(OrganizationRole::Manager) => "OrgManager",
            Self::Organization(OrganizationRole::Member) => "OrgMember",
            Self::Organization(OrganizationRole::Billing) => "OrgBillingAdmin",
            Self::Project(ProjectRole::Owner) => "ProjectOwner",
            Self::Project(ProjectRole::User) => "ProjectEditor",
            Self::Key(role) => role.as_str(),
        }
    }

    /// What a principal of this kind can be in a place of this kind.
    pub fn choices(principal: PrincipalKind, in_project: bool) -> Vec<Self> {
        match (principal, in_project) {
            (PrincipalKind::ApiKey, true) => KeyRole::ALL.map(Self::Key).into(),
            (PrincipalKind::ApiKey, false) => Vec::new(),
            (_, true) => ProjectRole::ALL.map(Self::Project).into(),
            (_, false) => OrganizationRole::ALL.map(Self::Organization).into(),
        }
    }

    pub fn parse(principal: PrincipalKind, in_project: bool, text: &str) -> Option<Self> {
        Self::choices(principal, in_project).into_iter().find(|role| role.as_str() == text)
    }
}

/// One role of one principal in one place: written as its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding {
    pub kind: PrincipalKind,
    pub principal_id: Uuid,
    pub place: Place,
    pub role: BoundRole,
}

impl fmt::Display for Binding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, principal_id, place, role } = self;
        write!(f, "{}.{principal_id}.{}.{}.{}", kind.as_str(), place.kind(), place.id(), role.as_str())
    }
}

#[derive(Debug, thiserror::Error)]
#[error("no id of a role binding")]
pub struct NoBinding;

impl FromStr for Binding {
    type Err = NoBinding;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts: Vec<_> = text.split('.').collect();
        let [kind, principal_id, place, place_id, role] = parts[..] else { return Err(NoBinding) };
        let kind = PrincipalKind::ALL.into_iter().find(|known| known.as_str() == kind).ok_or(NoBinding)?;
        let place = match place {
            "organization" => Place::Organization(place_id.parse().map_err(|_| NoBinding)?),
            "project" => Place::Project(place_id.parse().map_err(|_| NoBinding)?),
            _ => return Err(NoBinding),
        };
        let in_project = matches!(place, Place::Project(_));
        let role = BoundRole::parse(kind, in_project, role).ok_or(NoBinding)?;
        let binding = Self { kind, principal_id: principal_id.parse().map_err(|_| NoBinding)?, place, role };
        // Of the ways to write a UUID one is the id.
        if binding.to_string() == text { Ok(binding) } else { Err(NoBinding) }
    }
}

/// A binding that stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleBinding {
    pub binding: Binding,
    pub created_at_ms: i64,
}

/// Which bindings; none of these is any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BindingFilter {
    pub kind: Option<PrincipalKind>,
    pub principal_id: Option<Uuid>,
    /// Whether of projects or of the organization.
    pub in_project: Option<bool>,
    /// As programs write it.
    pub role: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_says_what_it_binds() {
        let id: Uuid = "0190a000-0000-7000-8000-000000000002".parse().expect("an id");
        for kind in PrincipalKind::ALL {
            for place in [Place::Organization(id.into()), Place::Project(id.into())] {
                for role in BoundRole::choices(kind, matches!(place, Place::Project(_))) {
                    let binding = Binding { kind, principal_id: id, place, role };
                    assert_eq!(binding.to_string().parse::<Binding>().expect("an id"), binding);
                }
            }
        }
        let good = format!("user.{id}.project.{id}.ProjectEditor");
        assert!(good.parse::<Binding>().is_ok());
        for text in [
            "",
            "user",
            &good.to_uppercase(),
            &good.replace('-', ""),
            &good.replace("Editor", "Viewer"),
            &good.replace("project.", "organization."),
            &format!("api_key.{id}.organization.{id}.OrgOwner"),
            &format!("{good}."),
        ] {
            assert!(text.parse::<Binding>().is_err(), "{text}");
        }
    }
}
