//! Giving and taking roles: each kind of principal in the room that it belongs to.

use crate::{
    Api,
    admin::administrator::Administrator,
    errors::{ApiError, Result},
};
use conifer_domain::{
    Problem,
    role_bindings::{Binding, BoundRole as Role, Place, PrincipalKind as Kind},
};
use conifer_services::{
    api_keys::{self, RoleChange},
    members, organizations, service_accounts,
};

pub async fn give(api: &Api, caller: &Administrator, binding: &Binding) -> Result<()> {
    let (s, o, who, of) = (&api.services, &caller.origin, &caller.account, caller.organization_id());
    let id = binding.principal_id;
    match (binding.kind, binding.place, binding.role) {
        (Kind::User, Place::Organization(_), Role::Organization(role)) => {
            organizations::members::change_role(s, o, who, of, id.into(), role).await?;
        }
        (Kind::User, Place::Project(project), Role::Project(role)) => {
            let changed = members::change_role(s, o, who, project, id.into(), role).await;
            match changed.map_err(|error| (error.problem(), error)) {
                // Not in it yet, or it is not there: adding tells which.
                Err((Problem::NotFound, _)) => members::add(s, o, who, project, id.into(), role).await?,
                Err((_, error)) => return Err(error.into()),
                Ok(()) => {}
            }
        }
        (Kind::ServiceAccount, Place::Organization(_), Role::Organization(role)) => {
            service_accounts::set_role(s, o, who, of, id.into(), Some(role)).await?;
        }
        (Kind::ServiceAccount, Place::Project(project), Role::Project(role)) => {
            service_accounts::set_project_role(s, o, who, of, id.into(), project, Some(role)).await?;
        }
        (Kind::ApiKey, Place::Project(project), Role::Key(role)) => {
            api_keys::change_roles(s, o, who, project, id.into(), RoleChange::Add(role)).await?;
        }
        _ => return Err(of_an_invite()),
    }
    Ok(())
}

pub async fn take(api: &Api, caller: &Administrator, binding: &Binding) -> Result<()> {
    let (s, o, who, of) = (&api.services, &caller.origin, &caller.account, caller.organization_id());
    let id = binding.principal_id;
    match (binding.kind, binding.place, binding.role) {
        (Kind::User, Place::Organization(_), _) => {
            organizations::members::remove(s, o, who, of, id.into()).await?;
        }
        (Kind::User, Place::Project(project), _) => members::remove(s, o, who, project, id.into()).await?,
        (Kind::ServiceAccount, Place::Organization(_), _) => {
            service_accounts::set_role(s, o, who, of, id.into(), None).await?;
        }
        (Kind::ServiceAccount, Place::Project(project), _) => {
            service_accounts::set_project_role(s, o, who, of, id.into(), project, None).await?;
        }
        (Kind::ApiKey, Place::Project(project), Role::Key(role)) => {
            api_keys::change_roles(s, o, who, project, id.into(), RoleChange::Remove(role)).await?;
        }
        _ => return Err(of_an_invite()),
    }
    Ok(())
}

fn of_an_invite() -> ApiError {
    ApiError::invalid(
        "principal_type: the roles of an invite stand when it is made; delete it and make another",
    )
}
