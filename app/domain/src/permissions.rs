//! Who may do what: the one table. Pages ask it to disable a control and say why, services ask it
//! before every operation. It answers for every action and every role; there is no other rule.

use crate::{api_keys::KeyRole, organizations::OrganizationRole, projects::ProjectRole};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What the table says of one action for one role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    Allow,
    /// Refused, and the person is told the rule and who could grant it.
    Deny,
    /// Refused as if the thing did not exist.
    Hide,
}

/// The columns of the table: what somebody is to the thing at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
pub enum Role {
    ProjectOwner,
    ProjectUser,
    OrganizationOwner,
    OrganizationManager,
    OrganizationMember,
    OrganizationBilling,
    Outsider,
    /// A key of the project at hand; one of another project is an outsider.
    Key(KeyRole),
}

impl Role {
    pub const ALL: [Self; 13] = [
        Self::ProjectOwner,
        Self::ProjectUser,
        Self::OrganizationOwner,
        Self::OrganizationManager,
        Self::OrganizationMember,
        Self::OrganizationBilling,
        Self::Outsider,
        Self::Key(KeyRole::ProjectEditor),
        Self::Key(KeyRole::ProjectViewer),
        Self::Key(KeyRole::ControlPlaneEditor),
        Self::Key(KeyRole::ControlPlaneViewer),
        Self::Key(KeyRole::DataPlaneEditor),
        Self::Key(KeyRole::DataPlaneViewer),
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ProjectOwner => "project-owner",
            Self::ProjectUser => "project-user",
            Self::OrganizationOwner => "organization-owner",
            Self::OrganizationManager => "organization-manager",
            Self::OrganizationMember => "organization-member",
            Self::OrganizationBilling => "organization-billing",
            Self::Outsider => "outsider",
            Self::Key(role) => role.column(),
        }
    }

    /// What people are told they are.
    pub const fn label(self) -> &'static str {
        match self {
            Self::ProjectOwner => ProjectRole::Owner.label(),
            Self::ProjectUser => ProjectRole::User.label(),
            Self::OrganizationOwner => OrganizationRole::Owner.label(),
            Self::OrganizationManager => OrganizationRole::Manager.label(),
            Self::OrganizationMember => OrganizationRole::Member.label(),
            Self::OrganizationBilling => OrganizationRole::Billing.label(),
            Self::Outsider => "Nobody",
            Self::Key(role) => role.label(),
        }
    }

    /// What somebody is to a project. Owners of the organization are owners of all its projects;
    /// everybody else counts by their membership of the project alone.
    pub const fn in_project(organization: Option<OrganizationRole>, project: Option<ProjectRole>) -> Self {
        match (organization, project) {
            (Some(OrganizationRole::Owner), _) => Self::OrganizationOwner,
            (_, Some(ProjectRole::Owner)) => Self::ProjectOwner,
            (_, Some(ProjectRole::User)) => Self::ProjectUser,
            (Some(OrganizationRole::Manager), None) => Self::OrganizationManager,
            (Some(OrganizationRole::Member), None) => Self::OrganizationMember,
            (Some(OrganizationRole::Billing), None) => Self::OrganizationBilling,
            (None, None) => Self::Outsider,
        }
    }

    /// What somebody is to an organization.
    pub const fn in_organization(organization: Option<OrganizationRole>) -> Self {
        Self::in_project(organization, None)
    }
}

/// What an action is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Organization,
    Project,
}

/// Every way a row of the table can read, from column to column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    /// Everybody in the project.
    Project,
    /// Its owners.
    ProjectOwners,
    /// Everybody in the organization.
    Organization,
    OrganizationOwners,
    OrganizationOwnersAndManagers,
    OrganizationOwnersAndBilling,
}

/// What a key needs for an action. Members, settings, keys and the log are beyond every key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyRight {
    None,
    ControlRead,
    ControlWrite,
    DataRead,
    DataWrite,
}

/// An action as a type: what a proof that somebody may is a proof of.
pub trait Permission: Send + Sync + 'static {
    const ACTION: Action;
    /// The id of what it is done to.
    type Of: Copy + fmt::Debug + fmt::Display + Send + Sync + 'static;
}

macro_rules! actions {
    ($($of:ident { $($variant:ident $name:literal $row:ident $key:ident),* $(,)? })*) => {
        /// The rows of the table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(into = "&'static str", try_from = "String")]
        pub enum Action { $($($variant),*),* }

        impl Action {
            pub const ALL: &'static [Self] = &[$($(Self::$variant),*),*];

            /// The action as people call it.
            pub const fn as_str(self) -> &'static str {
                match self { $($(Self::$variant => $name),*),* }
            }

            const fn row(self) -> Row {
                match self { $($(Self::$variant => Row::$row),*),* }
            }

            /// What a key needs for it.
            pub const fn key_right(self) -> KeyRight {
                match self { $($(Self::$variant => KeyRight::$key),*),* }
            }
        }

        /// Every action as a type of its own.
        pub mod may {
            use super::{Action, Permission};
            use crate::ids::{IndexId, OrganizationId, ProjectId};
            $($(
                #[derive(Clone, Copy, Debug)]
                pub struct $variant;

                impl Permission for $variant {
                    const ACTION: Action = Action::$variant;
                    type Of = $of;
                }
            )*)*
        }
    };
}

actions! {
    ProjectId {
        ViewProject "view project" Project None,
        UpdateProjectName "update project name" ProjectOwners None,
        DeleteProject "delete project" ProjectOwners None,
        LeaveProject "leave project" Project None,
        ViewMembers "view members" Project None,
        UpdateMemberRoles "update member roles" ProjectOwners None,
        DeleteMembers "delete members" ProjectOwners None,
        InviteMembers "invite members" ProjectOwners None,
        ViewApiKeys "view API keys" Project None,
        CreateApiKeys "create API keys" ProjectOwners None,
        UpdateApiKeys "update API keys" ProjectOwners None,
        DeleteApiKeys "delete API keys" ProjectOwners None,
        UpdateProjectPodLimits "update project pod limits" ProjectOwners None,
        ViewProjectPodLimits "view project pod limits" Project None,
        ViewProjectUsage "view project usage" Project None,
        ViewIndexes "view indexes" Project ControlRead,
        CreateIndexes "create indexes" Project ControlWrite,
        ViewBackups "view backups" Project ControlRead,
        DeleteBackups "delete backups" Project ControlWrite,
        ViewAs "view as a member or an API key" ProjectOwners None,
    }
    IndexId {
        ViewIndex "view an index" Project ControlRead,
        ConfigureIndexes "configure indexes" Project ControlWrite,
        DeleteIndexes "delete indexes" Project ControlWrite,
        UpdateIndexSize "update index size (pods)" Project ControlWrite,
        CreateBackups "create backups" Project ControlWrite,
        UpsertVectors "upsert vectors" Project DataWrite,
        QueryVectors "query vectors" Project DataRead,
        FetchVectors "fetch vectors" Project DataRead,
        UpdateAVector "update a vector" Project DataWrite,
        DeleteAVector "delete a vector" Project DataWrite,
        ListVectorIds "list vector IDs" Project DataRead,
        GetIndexStats "get index stats" Project DataRead,
        CreateNamespaces "create namespaces" Project DataWrite,
        DeleteNamespaces "delete namespaces" Project DataWrite,
        ImportVectors "import vectors" Project DataWrite,
        ViewImports "view imports" Project DataRead,
        SaveQueries "save queries" Project None,
    }
    OrganizationId {
        ViewOrganization "view organization" Organization None,
        UpdateOrganizationName "update organization name" OrganizationOwners None,
        DeleteOrganization "delete organization" OrganizationOwners None,
        LeaveOrganization "leave organization" Organization None,
        ViewOrganizationMembers "view organization members" OrganizationOwnersAndManagers None,
        UpdateOrganizationRoles "update organization roles" OrganizationOwners None,
        DeleteOrganizationMembers "delete organization members" OrganizationOwners None,
        InviteOrganizationMembers "invite organization members" OrganizationOwners None,
        CreateProjects "create projects" OrganizationOwnersAndManagers None,
        ViewUsage "view usage" OrganizationOwnersAndBilling None,
        ViewAuditLog "view audit log" OrganizationOwners None,
        ViewServiceAccounts "view service accounts" OrganizationOwnersAndManagers None,
        CreateServiceAccounts "create service accounts" OrganizationOwners None,
        UpdateServiceAccounts "update service accounts" OrganizationOwners None,
        DeleteServiceAccounts "delete service accounts" OrganizationOwners None,
        ViewAsOrganizationMember "view as a member of the organization" OrganizationOwners None,
    }
}

impl From<Action> for &'static str {
    fn from(action: Action) -> Self {
        action.as_str()
    }
}

impl From<Role> for &'static str {
    fn from(role: Role) -> Self {
        role.as_str()
    }
}

#[derive(Debug, thiserror::Error)]
#[error("no such role")]
pub struct UnknownRole;

impl TryFrom<String> for Role {
    type Error = UnknownRole;
    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::ALL.into_iter().find(|role| role.as_str() == name).ok_or(UnknownRole)
    }
}

#[derive(Debug, thiserror::Error)]
#[error("no such action")]
pub struct UnknownAction;

impl TryFrom<String> for Action {
    type Error = UnknownAction;
    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::ALL.iter().copied().find(|action| action.as_str() == name).ok_or(UnknownAction)
    }
}

impl Action {
    pub const fn scope(self) -> Scope {
        match self.row() {
            Row::Project | Row::ProjectOwners => Scope::Project,
            _ => Scope::Organization,
        }
    }

    /// Whether all it does is to show something.
    pub const fn only_shows(self) -> bool {
        matches!(
            self,
            Self::ViewProject
                | Self::ViewMembers
                | Self::ViewApiKeys
                | Self::ViewProjectPodLimits
                | Self::ViewProjectUsage
                | Self::ViewIndexes
                | Self::ViewBackups
                | Self::ViewIndex
                | Self::QueryVectors
                | Self::FetchVectors
                | Self::ListVectorIds
                | Self::GetIndexStats
                | Self::ViewImports
                | Self::ViewOrganization
                | Self::ViewOrganizationMembers
                | Self::ViewUsage
                | Self::ViewAuditLog
                | Self::ViewServiceAccounts
        )
    }

    /// Which roles let a key do it, for the program that cannot; none when no key can.
    pub const fn allowed_to_keys(self) -> Option<&'static str> {
        match self.key_right() {
            KeyRight::None => None,
            KeyRight::ControlRead => {
                Some("ProjectEditor, ProjectViewer, ControlPlaneEditor or ControlPlaneViewer")
            }
            KeyRight::ControlWrite => Some("ProjectEditor or ControlPlaneEditor"),
            KeyRight::DataRead => Some("ProjectEditor, ProjectViewer, DataPlaneEditor or DataPlaneViewer"),
            KeyRight::DataWrite => Some("ProjectEditor or DataPlaneEditor"),
        }
    }

    /// Who could do it, for the person who cannot: "Owners of this project".
    pub const fn allowed_to(self) -> &'static str {
        match self.row() {
            Row::Project => "Members of this project",
            Row::ProjectOwners => "Owners of this project or of its organization",
            Row::Organization => "Members of this organization",
            Row::OrganizationOwners => "Owners of this organization",
            Row::OrganizationOwnersAndManagers => "Owners and managers of this organization",
            Row::OrganizationOwnersAndBilling => "Owners and billing admins of this organization",
        }
    }
}

/// The table itself.
pub const fn verdict(action: Action, role: Role) -> Verdict {
    use Role as R;
    use Verdict::{Allow, Deny, Hide};
    match (action.row(), role) {
        (_, R::Outsider) => Hide,
        (_, R::Key(role)) => {
            if role.grants(action.key_right()) {
                Allow
            } else {
                Deny
            }
        }
        (_, R::OrganizationOwner) => Allow,

        (Row::Project, R::ProjectOwner | R::ProjectUser) => Allow,
        (Row::ProjectOwners, R::ProjectOwner) => Allow,
        (Row::ProjectOwners, R::ProjectUser) => Deny,
        (
            Row::Project | Row::ProjectOwners,
            R::OrganizationManager | R::OrganizationMember | R::OrganizationBilling,
        ) => Hide,

        // Whoever is in a project is in its organization, and counts there as a member.
        (Row::Organization, _) => Allow,
        (Row::OrganizationOwnersAndManagers, R::OrganizationManager) => Allow,
        (Row::OrganizationOwnersAndBilling, R::OrganizationBilling) => Allow,
        (
            Row::OrganizationOwners | Row::OrganizationOwnersAndManagers | Row::OrganizationOwnersAndBilling,
            _,
        ) => Deny,
    }
}

/// One cell of the table.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Cell {
    pub action: Action,
    pub role: Role,
    pub verdict: Verdict,
}

/// The whole table, row by row.
pub fn cells() -> impl Iterator<Item = Cell> {
    let row = |action: &'static Action| {
        Role::ALL.into_iter().map(|role| Cell { action: *action, role, verdict: verdict(*action, role) })
    };
    Action::ALL.iter().flat_map(row)
}
