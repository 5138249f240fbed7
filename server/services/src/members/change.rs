//! Who comes, goes, and becomes what in a project.

use super::{
    Kept, insert,
    membership::{delete, find, keep_an_owner, set_role},
};
use crate::{
    Origin, Result, Services,
    audit::Action,
    authorize::{Author, Done, Granted, Principal, Right},
    db::Tx,
    invites,
};
use conifer_domain::{
    Field, Problem, Rule,
    ids::{ProjectId, UserId},
    permissions::{Role, may},
    projects::ProjectRole,
};
use serde_json::json;

/// Lets somebody in who is in the organization already, without an invite.
pub async fn add(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    id: ProjectId,
    user_id: UserId,
    role: ProjectRole,
) -> Result<()> {
    services
        .change(origin, who, id, (user_id, role), |tx, granted, (user_id, role)| {
            Box::pin(let_in(tx, granted, *user_id, *role))
        })
        .await
}

async fn let_in(
    tx: &mut Tx,
    granted: &Granted<may::InviteMembers>,
    user_id: UserId,
    role: ProjectRole,
) -> Result<Done<()>> {
    let id = granted.of();
    let known = "SELECT 'user', u.name, u.email FROM organization_members m JOIN users u ON u.id = m.user_id
                 WHERE m.organization_id = $1 AND m.user_id = $2";
    let person = Kept::<ProjectRole>::find(tx, known, granted.organization_id().to_string(), user_id).await?;
    let person = person.ok_or(Problem::NotFound)?;
    if find(tx, id, user_id).await?.is_some() {
        return Err(Problem::invalid(Field::Email, Rule::MemberAlready).into());
    }
    insert(tx, id, granted.organization_id(), user_id, role, granted.at_ms()).await?;
    let details = person.details(json!({ "after": role.as_str() }));
    Ok(Done::noted((), Action::MemberAdded, granted.subject().to(user_id).with(details)))
}

pub async fn change_role(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    id: ProjectId,
    user_id: UserId,
    role: ProjectRole,
) -> Result<()> {
    services
        .change(origin, who, id, (user_id, role), |tx, granted, (user_id, role)| {
            let changed = Action::MemberRoleChanged;
            Box::pin(set_role::<may::UpdateMemberRoles>(tx, granted, *user_id, *role, changed))
        })
        .await
}

pub async fn remove(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    id: ProjectId,
    user_id: UserId,
) -> Result<()> {
    services
        .change::<may::DeleteMembers, _, _>(origin, who, id, user_id, |tx, granted, user_id| {
            Box::pin(end(tx, granted, *user_id, Action::MemberRemoved))
        })
        .await
}

/// `InByOrganization` for an owner of the organization without a role of their own in the project.
pub async fn leave(services: &Services, origin: &Origin, who: &impl Principal, id: ProjectId) -> Result<()> {
    services
        .change::<may::LeaveProject, _, _>(origin, who, id, (), |tx, granted, ()| {
            Box::pin(async move { end(tx, granted, granted.person()?, Action::ProjectLeft).await })
        })
        .await
}

async fn end<P: Right<Of = ProjectId>>(
    tx: &mut Tx,
    granted: &Granted<P>,
    user_id: UserId,
    action: Action,
) -> Result<Done<()>> {
    let id = granted.of();
    let Some(member) = find(tx, id, user_id).await? else {
        let is_oneself = granted.author()? == Author::Person(user_id);
        let is_owner_of_all = granted.role() == Role::OrganizationOwner && is_oneself;
        return Err(if is_owner_of_all { Problem::InByOrganization } else { Problem::NotFound }.into());
    };
    keep_an_owner(tx, id, user_id, &member).await?;
    // An older invite must not be the way back in.
    let revoked = invites::revoke_all_to(tx, granted, &member.email).await?;
    Ok(delete(tx, granted, user_id, &member, action).await?.after(revoked))
}
