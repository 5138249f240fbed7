//! What the pages of service accounts tell the server to do.

#[cfg(feature = "ssr")]
use super::{
    functions::{account_address, list_address},
    secret::{FRESH, FreshAccount},
};
use crate::Failure;
#[cfg(feature = "ssr")]
use crate::server;
#[cfg(feature = "ssr")]
use conifer_domain::{
    Field, Problem, Rule,
    ids::{OrganizationId, ServiceAccountId},
    notices::Notice,
    permissions::may,
    service_accounts::ServiceRoles,
};
#[cfg(feature = "ssr")]
use conifer_services::{Services, authorize::authorize, service_accounts};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use secrecy::{ExposeSecret, SecretString};
#[cfg(feature = "ssr")]
use std::str::FromStr;

/// A role, or none where a form offers that.
#[cfg(feature = "ssr")]
fn role_or_none<R: FromStr>(text: &str) -> Result<Option<R>, Failure> {
    (!text.is_empty()).then(|| server::role(text)).transpose()
}

#[server(prefix = "/fn", endpoint = "service-accounts/create")]
pub async fn create_service_account(
    organization_id: String,
    name: String,
    role: String,
    #[server(default)] project_name: String,
    #[server(default)] project_role: String,
) -> Result<(), Failure> {
    let services = server::services()?;
    let (current, origin) = server::signed_in()?;
    let of = server::id(&organization_id)?;
    authorize::<may::CreateServiceAccounts>(&services, &origin, &current, of).await?;
    service_accounts::check_name(&name)?;
    let mut roles = ServiceRoles { organization: role_or_none(&role)?, projects: Vec::new() };
    if !project_name.trim().is_empty() {
        let granted = authorize(&services, &origin, &current, of).await?;
        let project_id = service_accounts::project_named(&services, &granted, &project_name).await?;
        roles.projects.push((project_id, server::role(&project_role)?));
    }
    if roles == ServiceRoles::default() {
        return Err(Problem::invalid(Field::Role, Rule::Required).into());
    }
    let made = service_accounts::create(&services, &origin, &current, of, &name, roles).await?;
    tell(&services, of, made.id, name, made.client_id, made.secret).await?;
    server::done(&account_address(of, made.id), Notice::ServiceAccountCreated);
    Ok(())
}

#[server(prefix = "/fn", endpoint = "service-accounts/rotate")]
pub async fn rotate_service_account(organization_id: String, account_id: String) -> Result<(), Failure> {
    let services = server::services()?;
    let (current, origin) = server::signed_in()?;
    let (of, id) = (server::id(&organization_id)?, server::id(&account_id)?);
    let secret = service_accounts::rotate(&services, &origin, &current, of, id).await?;
    let granted = authorize::<may::ViewServiceAccounts>(&services, &origin, &current, of).await?;
    let account = service_accounts::get(&services, &granted, id).await?;
    tell(&services, of, id, account.name, account.client_id, secret).await?;
    server::done(&account_address(of, id), Notice::ServiceAccountRotated);
    Ok(())
}

/// Keeps the secret for the page that comes next, which alone shows it.
#[cfg(feature = "ssr")]
async fn tell(
    services: &Services,
    organization_id: OrganizationId,
    account_id: ServiceAccountId,
    name: String,
    client_id: String,
    secret: SecretString,
) -> Result<(), Failure> {
    let (secret, api_url) = (secret.expose_secret().to_owned(), server::api_url()?);
    let fresh = FreshAccount { organization_id, account_id, name, client_id, secret, api_url };
    FRESH.keep(services, &server::session()?, fresh).await
}

#[server(prefix = "/fn", endpoint = "service-accounts/rename")]
pub async fn rename_service_account(
    organization_id: String,
    account_id: String,
    name: String,
) -> Result<(), Failure> {
    let services = server::services()?;
    let (current, origin) = server::signed_in()?;
    let (of, id) = (server::id(&organization_id)?, server::id(&account_id)?);
    service_accounts::rename(&services, &origin, &current, of, id, &name).await?;
    server::done(&account_address(of, id), Notice::ServiceAccountRenamed);
    Ok(())
}

/// No role takes away what it has in the organization.
#[server(prefix = "/fn", endpoint = "service-accounts/set-role")]
pub async fn set_service_role(
    organization_id: String,
    account_id: String,
    role: String,
) -> Result<(), Failure> {
    let services = server::services()?;
    let (current, origin) = server::signed_in()?;
    let (of, id) = (server::id(&organization_id)?, server::id(&account_id)?);
    service_accounts::set_role(&services, &origin, &current, of, id, role_or_none(&role)?).await?;
    server::done(&account_address(of, id), Notice::ServiceAccountChanged);
    Ok(())
}

/// A role in a project that it does not enter yet, or another in one that it does.
#[server(prefix = "/fn", endpoint = "service-accounts/enter-project")]
pub async fn enter_project(
    organization_id: String,
    account_id: String,
    project_name: String,
    role: String,
) -> Result<(), Failure> {
    let services = server::services()?;
    let (current, origin) = server::signed_in()?;
    let (of, id) = (server::id(&organization_id)?, server::id(&account_id)?);
    let granted = authorize(&services, &origin, &current, of).await?;
    let project_id = service_accounts::project_named(&services, &granted, &project_name).await?;
    let role = Some(server::role(&role)?);
    service_accounts::set_project_role(&services, &origin, &current, of, id, project_id, role).await?;
    server::done(&account_address(of, id), Notice::ServiceAccountChanged);
    Ok(())
}

/// No role takes it out of the project.
#[server(prefix = "/fn", endpoint = "service-accounts/set-project-role")]
pub async fn set_service_project_role(
    organization_id: String,
    account_id: String,
    project_id: String,
    role: String,
) -> Result<(), Failure> {
    let services = server::services()?;
    let (current, origin) = server::signed_in()?;
    let (of, id) = (server::id(&organization_id)?, server::id(&account_id)?);
    let (project_id, role) = (server::id(&project_id)?, role_or_none(&role)?);
    service_accounts::set_project_role(&services, &origin, &current, of, id, project_id, role).await?;
    server::done(&account_address(of, id), Notice::ServiceAccountChanged);
    Ok(())
}

#[server(prefix = "/fn", endpoint = "service-accounts/disable")]
pub async fn disable_service_account(organization_id: String, account_id: String) -> Result<(), Failure> {
    let services = server::services()?;
    let (current, origin) = server::signed_in()?;
    let (of, id) = (server::id(&organization_id)?, server::id(&account_id)?);
    service_accounts::disable(&services, &origin, &current, of, id).await?;
    server::done(&account_address(of, id), Notice::ServiceAccountDisabled);
    Ok(())
}

#[server(prefix = "/fn", endpoint = "service-accounts/enable")]
pub async fn enable_service_account(organization_id: String, account_id: String) -> Result<(), Failure> {
    let services = server::services()?;
    let (current, origin) = server::signed_in()?;
    let (of, id) = (server::id(&organization_id)?, server::id(&account_id)?);
    service_accounts::enable(&services, &origin, &current, of, id).await?;
    server::done(&account_address(of, id), Notice::ServiceAccountEnabled);
    Ok(())
}

#[server(prefix = "/fn", endpoint = "service-accounts/delete")]
pub async fn delete_service_account(
    organization_id: String,
    account_id: String,
    confirm: String,
) -> Result<(), Failure> {
    let services = server::services()?;
    let (current, origin) = server::signed_in()?;
    let (of, id) = (server::id(&organization_id)?, server::id(&account_id)?);
    service_accounts::delete(&services, &origin, &current, of, id, &confirm).await?;
    FRESH.forget(&server::session()?).await?;
    server::done(&list_address(of), Notice::ServiceAccountDeleted);
    Ok(())
}

/// Shows the secret no longer.
#[server(prefix = "/fn", endpoint = "service-accounts/forget-secret")]
pub async fn forget_service_secret(organization_id: String, account_id: String) -> Result<(), Failure> {
    server::signed_in()?;
    let (of, id) = (server::id(&organization_id)?, server::id(&account_id)?);
    FRESH.forget(&server::session()?).await?;
    server::done(&account_address(of, id), Notice::ServiceAccountTaken);
    Ok(())
}
