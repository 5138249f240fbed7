//! What the pages of keys ask the server for and tell it to do.

#[cfg(feature = "ssr")]
use super::days;
#[cfg(feature = "ssr")]
use super::secret::FRESH;
use super::{rights::RightsForm, secret::FreshSecret};
use crate::Failure;
#[cfg(feature = "ssr")]
use crate::server;
use conifer_domain::{
    api_keys::{ApiKey, KeyCalls, KeyQuery},
    ids::{ApiKeyId, ProjectId},
    paging::Page,
    permissions::Role,
};
#[cfg(feature = "ssr")]
use conifer_domain::{limits::HOUR_MS, notices::Notice, permissions::may};
#[cfg(feature = "ssr")]
use conifer_services::{Services, api_keys, authorize::authorize, projects};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

/// How far back the use of a key is shown.
pub const DAYS_SHOWN: i64 = 30;

/// One page of the keys of a project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ApiKeys {
    pub project_id: ProjectId,
    pub project_name: String,
    /// What the reader is to it.
    pub access: Role,
    /// A secret just made, for the person who made it.
    pub fresh: Option<FreshSecret>,
    pub page: Page<ApiKey>,
}

/// One key, and what it did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeyDetails {
    pub project_id: ProjectId,
    pub access: Role,
    pub fresh: Option<FreshSecret>,
    pub key: ApiKey,
    pub calls: Vec<KeyCalls>,
}

/// The one time that a secret is told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Told {
    pub id: ApiKeyId,
    pub secret: String,
}

/// The address of the list.
pub fn list_address(project_id: ProjectId) -> String {
    format!("/projects/{project_id}/api-keys")
}

pub fn key_address(project_id: ProjectId, id: ApiKeyId) -> String {
    format!("/projects/{project_id}/api-keys/{id}")
}

#[server(prefix = "/fn", endpoint = "api-keys/list")]
pub async fn list_keys(project_id: String, query: KeyQuery) -> Result<ApiKeys, Failure> {
    let services = server::services()?;
    let granted = server::granted::<may::ViewApiKeys>(&services, &project_id).await?;
    let page = api_keys::list(&services, &granted, &query).await?;
    let (project_id, access) = (granted.of(), granted.role());
    let granted = server::granted(&services, &project_id.to_string()).await?;
    let project_name = projects::get(&services, &granted).await?.name;
    let fresh = fresh(&services, project_id).await?;
    Ok(ApiKeys { project_id, project_name, access, fresh, page })
}

#[server(prefix = "/fn", endpoint = "api-keys/get")]
pub async fn fetch_key(project_id: String, key_id: String) -> Result<KeyDetails, Failure> {
    let services = server::services()?;
    let granted = server::granted::<may::ViewApiKeys>(&services, &project_id).await?;
    let key = api_keys::get(&services, &granted, server::id(&key_id)?).await?;
    let calls = api_keys::calls(&services, &granted, key.id, DAYS_SHOWN).await?;
    let fresh = fresh(&services, granted.of()).await?.filter(|fresh| fresh.key_id == key.id);
    Ok(KeyDetails { project_id: granted.of(), access: granted.role(), fresh, key, calls })
}

#[cfg(feature = "ssr")]
async fn fresh(services: &Services, project_id: ProjectId) -> Result<Option<FreshSecret>, Failure> {
    let kept = FRESH.kept(services, &server::session()?).await?;
    Ok(kept.filter(|fresh| fresh.project_id == project_id))
}

#[server(prefix = "/fn", endpoint = "api-keys/create")]
pub async fn create_key(project_id: String, name: String, rights: RightsForm) -> Result<Told, Failure> {
    let services = server::services()?;
    let (current, origin) = server::signed_in()?;
    let project_id = server::id(&project_id)?;
    let rights = rights.read(services.clock().now_ms())?;
    let made = api_keys::create(&services, &origin, &current, project_id, &name, rights).await?;
    let told = tell(&services, project_id, made.id, name, made.secret).await?;
    server::done(&key_address(project_id, made.id), Notice::ApiKeyCreated);
    Ok(told)
}

#[server(prefix = "/fn", endpoint = "api-keys/rotate")]
pub async fn rotate_key(project_id: String, key_id: String, overlap_h: String) -> Result<Told, Failure> {
    let services = server::services()?;
    let (current, origin) = server::signed_in()?;
    let (project_id, id) = (server::id(&project_id)?, server::id(&key_id)?);
    let overlap_ms = days::overlap_h(&overlap_h)? * HOUR_MS;
    let secret = api_keys::rotate(&services, &origin, &current, project_id, id, overlap_ms).await?;
    let granted = authorize::<may::ViewApiKeys>(&services, &origin, &current, project_id).await?;
    let name = api_keys::get(&services, &granted, id).await?.name;
    let told = tell(&services, project_id, id, name, secret).await?;
    server::done(&key_address(project_id, id), Notice::ApiKeyRotated);
    Ok(told)
}

/// Tells the secret in the answer and, as that is not seen without scripts, on the next page.
#[cfg(feature = "ssr")]
async fn tell(
    services: &Services,
    project_id: ProjectId,
    key_id: ApiKeyId,
    name: String,
    secret: SecretString,
) -> Result<Told, Failure> {
    let secret = secret.expose_secret().to_owned();
    let fresh = FreshSecret { project_id, key_id, name, secret: secret.clone(), api_url: server::api_url()? };
    FRESH.keep(services, &server::session()?, fresh).await?;
    Ok(Told { id: key_id, secret })
}

#[server(prefix = "/fn", endpoint = "api-keys/rename")]
pub async fn rename_key(project_id: String, key_id: String, name: String) -> Result<(), Failure> {
    let services = server::services()?;
    let (current, origin) = server::signed_in()?;
    let (project_id, id) = (server::id(&project_id)?, server::id(&key_id)?);
    api_keys::rename(&services, &origin, &current, project_id, id, &name).await?;
    server::done(&key_address(project_id, id), Notice::ApiKeyRenamed);
    Ok(())
}

#[server(prefix = "/fn", endpoint = "api-keys/set-rights")]
pub async fn set_key_rights(project_id: String, key_id: String, rights: RightsForm) -> Result<(), Failure> {
    let services = server::services()?;
    let (current, origin) = server::signed_in()?;
    let (project_id, id) = (server::id(&project_id)?, server::id(&key_id)?);
    let keeps_end = rights.keeps_end();
    let rights = rights.read(services.clock().now_ms())?;
    api_keys::set_rights(&services, &origin, &current, project_id, id, rights, keeps_end).await?;
    server::done(&key_address(project_id, id), Notice::ApiKeyChanged);
    Ok(())
}

/// Leaves the key the fewest roles that allow what it did lately.
#[server(prefix = "/fn", endpoint = "api-keys/shrink")]
pub async fn shrink_key(project_id: String, key_id: String) -> Result<(), Failure> {
    let services = server::services()?;
    let (current, origin) = server::signed_in()?;
    let (project_id, id) = (server::id(&project_id)?, server::id(&key_id)?);
    api_keys::shrink(&services, &origin, &current, project_id, id, DAYS_SHOWN).await?;
    server::done(&key_address(project_id, id), Notice::ApiKeyChanged);
    Ok(())
}

#[server(prefix = "/fn", endpoint = "api-keys/delete")]
pub async fn delete_key(project_id: String, key_id: String, confirm: String) -> Result<(), Failure> {
    let services = server::services()?;
    let (current, origin) = server::signed_in()?;
    let (project_id, id) = (server::id(&project_id)?, server::id(&key_id)?);
    api_keys::delete(&services, &origin, &current, project_id, id, &confirm).await?;
    FRESH.forget(&server::session()?).await?;
    server::done(&list_address(project_id), Notice::ApiKeyDeleted);
    Ok(())
}

/// Shows the secret no longer.
#[server(prefix = "/fn", endpoint = "api-keys/forget-secret")]
pub async fn forget_secret(project_id: String, key_id: String) -> Result<(), Failure> {
    server::signed_in()?;
    let (project_id, id) = (server::id(&project_id)?, server::id(&key_id)?);
    FRESH.forget(&server::session()?).await?;
    server::done(&key_address(project_id, id), Notice::ApiKeyTaken);
    Ok(())
}
