//! What people are invited into: a project or an organization, by the same rules.

use crate::{
    Result,
    authorize::{Of, Right},
    db::parse,
};
use conifer_domain::{
    ids::{OrganizationId, ProjectId},
    invites::InvitedRole,
    organizations::OrganizationRole,
    permissions::may,
    projects::ProjectRole,
};

pub trait Place: Of {
    type Role: Copy + Send + Sync + Into<InvitedRole> + 'static;
    /// The right to invite, and all else about invites.
    type Inviting: Right<Of = Self>;

    /// Whether the address `$2` belongs to a member of `$1`.
    const IS_MEMBER: &'static str;
}

impl Place for OrganizationId {
    type Role = OrganizationRole;
    type Inviting = may::InviteOrganizationMembers;

    const IS_MEMBER: &'static str =
        "SELECT COUNT(*) FROM organization_members m JOIN users u ON u.id = m.user_id
         WHERE m.organization_id = $1 AND u.email_key = $2";
}

impl Place for ProjectId {
    type Role = ProjectRole;
    type Inviting = may::InviteMembers;

    const IS_MEMBER: &'static str = "SELECT COUNT(*) FROM project_members m JOIN users u ON u.id = m.user_id
         WHERE m.project_id = $1 AND u.email_key = $2";
}

/// Reads the word kept for a role: what it means depends on where it counts.
pub(super) fn role(word: &str, in_project: bool) -> Result<InvitedRole> {
    Ok(match in_project {
        true => InvitedRole::Project(parse(word)?),
        false => InvitedRole::Organization(parse(word)?),
    })
}
