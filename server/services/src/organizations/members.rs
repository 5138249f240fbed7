//! The people of an organization. One owner always stays, here and in every project.

use crate::{
    Origin, Result, Services,
    audit::Action,
    authorize::{Done, Granted, Principal, Right},
    db::Tx,
    invites,
    members::{
        list_of,
        membership::{delete, find, keep_an_owner, keep_owners_of_projects, set_role},
        one_of,
    },
};
use conifer_domain::{
    EmailAddress, Problem,
    ids::{OrganizationId, UserId},
    members::{MemberQuery, OrganizationMember},
    organizations::OrganizationRole,
    paging::Page,
    permissions::may,
};

const FROM: &str = "FROM organization_members m JOIN users u ON u.id = m.user_id WHERE m.organization_id =";

/// Sorted by name.
pub async fn list(
    services: &Services,
    granted: &Granted<may::ViewOrganizationMembers>,
    query: &MemberQuery,
) -> Result<Page<OrganizationMember>> {
    list_of(services, FROM, granted.of().to_string(), query).await
}

pub async fn get(
    services: &Services,
    granted: &Granted<may::ViewOrganizationMembers>,
    user_id: UserId,
) -> Result<OrganizationMember> {
    one_of(services, FROM, granted.of().to_string(), "AND u.id =", user_id.to_string()).await
}

/// The one whose address this is, whatever its case.
pub async fn by_email(
    services: &Services,
    granted: &Granted<may::ViewOrganizationMembers>,
    email: &EmailAddress,
) -> Result<OrganizationMember> {
    one_of(services, FROM, granted.of().to_string(), "AND u.email_key =", email.key()).await
}

pub async fn change_role(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    id: OrganizationId,
    user_id: UserId,
    role: OrganizationRole,
) -> Result<()> {
    services
        .change(origin, who, id, (user_id, role), |tx, granted, (user_id, role)| {
            let changed = Action::OrganizationRoleChanged;
            Box::pin(set_role::<may::UpdateOrganizationRoles>(tx, granted, *user_id, *role, changed))
        })
        .await
}

/// Out of all its projects as well.
pub async fn remove(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    id: OrganizationId,
    user_id: UserId,
) -> Result<()> {
    services
        .change::<may::DeleteOrganizationMembers, _, _>(origin, who, id, user_id, |tx, granted, user_id| {
            Box::pin(end(tx, granted, *user_id, Action::OrganizationMemberRemoved))
        })
        .await
}

pub async fn leave(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    id: OrganizationId,
) -> Result<()> {
    services
        .change::<may::LeaveOrganization, _, _>(origin, who, id, (), |tx, granted, ()| {
            Box::pin(async move { end(tx, granted, granted.person()?, Action::OrganizationLeft).await })
        })
        .await
}

async fn end<P: Right<Of = OrganizationId>>(
    tx: &mut Tx,
    granted: &Granted<P>,
    user_id: UserId,
    action: Action,
) -> Result<Done<()>> {
    let id = granted.of();
    let member = find(tx, id, user_id).await?.ok_or(Problem::NotFound)?;
    keep_an_owner(tx, id, user_id, &member).await?;
    keep_owners_of_projects(tx, id, user_id).await?;
    // An older invite must not be the way back in.
    let revoked = invites::revoke_all_to(tx, granted, &member.email).await?;
    // The foreign keys end what they are in the projects.
    Ok(delete(tx, granted, user_id, &member, action).await?.after(revoked))
}
