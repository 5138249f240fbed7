//! Every operation of the Admin API, by hand: the row of the table that rules it, and a request that changes little.

/// What it is about: which of the table's columns counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    Organization,
    Project,
}

pub struct Row {
    pub method: &'static str,
    pub path: &'static str,
    /// The right that is asked for first.
    pub action: &'static str,
    pub about: About,
    pub body: &'static str,
}

const fn row(
    method: &'static str,
    path: &'static str,
    action: &'static str,
    about: About,
    body: &'static str,
) -> Row {
    Row { method, path, action, about, body }
}

use About::{Organization, Project};

/// Names in braces are put in by the test. Bodies of changes break a rule where they would change much; what is deleted stands last.
pub const ROWS: &[Row] = &[
    row("GET", "/admin/organizations/{organization_id}", "view organization", Organization, ""),
    row("PATCH", "/admin/organizations/{organization_id}", "update organization name", Organization, "{}"),
    row("DELETE", "/admin/organizations/{organization_id}", "delete organization", Organization, ""),
    row("POST", "/admin/projects", "create projects", Organization, r#"{"name":""}"#),
    row("GET", "/admin/projects/{project_id}", "view project", Project, ""),
    row("PATCH", "/admin/projects/{project_id}", "update project name", Project, "{}"),
    row("DELETE", "/admin/projects/{project_id}", "delete project", Project, ""),
    row("GET", "/admin/projects/{project_id}/api-keys", "view API keys", Project, ""),
    row("POST", "/admin/projects/{project_id}/api-keys", "create API keys", Project, r#"{"name":""}"#),
    row("GET", "/admin/api-keys/{api_key_id}", "view API keys", Project, ""),
    row("PATCH", "/admin/api-keys/{api_key_id}", "update API keys", Project, "{}"),
    row("GET", "/admin/users", "view organization members", Organization, ""),
    row("GET", "/admin/users/{user_id}", "view organization members", Organization, ""),
    row("DELETE", "/admin/users/{user_id}", "delete organization members", Organization, ""),
    row("GET", "/admin/invites", "invite organization members", Organization, ""),
    row("POST", "/admin/invites", "invite organization members", Organization, TO_ORGANIZATION),
    row("POST", "/admin/invites", "invite members", Project, TO_PROJECT),
    row("GET", "/admin/invites/{invite_id}", "invite organization members", Organization, ""),
    row("GET", "/admin/invites/{project_invite_id}", "invite members", Project, ""),
    row("DELETE", "/admin/invites/{gone_invite_id}", "invite organization members", Organization, ""),
    row("POST", "/admin/invites/{invite_id}/resend", "invite organization members", Organization, ""),
    row("POST", "/admin/invites/{project_invite_id}/resend", "invite members", Project, ""),
    row("GET", "/admin/service-accounts", "view service accounts", Organization, ""),
    row("POST", "/admin/service-accounts", "create service accounts", Organization, r#"{"name":""}"#),
    row("GET", "/admin/service-accounts/{service_account_id}", "view service accounts", Organization, ""),
    row(
        "PATCH",
        "/admin/service-accounts/{service_account_id}",
        "update service accounts",
        Organization,
        "{}",
    ),
    row("DELETE", "/admin/service-accounts/{owning_account_id}", "delete service accounts", Organization, ""),
    row(
        "POST",
        "/admin/service-accounts/{service_account_id}/rotate-secret",
        "update service accounts",
        Organization,
        "",
    ),
    row("GET", "/admin/role-bindings", "view organization members", Organization, ""),
    row(
        "GET",
        "/admin/role-bindings?resource_type=project&resource_id={project_id}",
        "view members",
        Project,
        "",
    ),
    row("POST", "/admin/role-bindings", "update organization roles", Organization, ROLE_OF_OWNER),
    row("POST", "/admin/role-bindings", "update member roles", Project, ROLE_IN_PROJECT),
    row("POST", "/admin/role-bindings", "update service accounts", Organization, ROLE_OF_ACCOUNT),
    row("POST", "/admin/role-bindings", "update API keys", Project, ROLE_OF_KEY),
    row(
        "GET",
        "/admin/role-bindings/user.{user_id}.organization.{organization_id}.OrgOwner",
        "view organization members",
        Organization,
        "",
    ),
    row(
        "GET",
        "/admin/role-bindings/user.{user_id}.project.{project_id}.ProjectOwner",
        "view members",
        Project,
        "",
    ),
    row(
        "DELETE",
        "/admin/role-bindings/user.{user_id}.organization.{organization_id}.OrgOwner",
        "delete organization members",
        Organization,
        "",
    ),
    row(
        "DELETE",
        "/admin/role-bindings/user.{user_id}.project.{project_id}.ProjectOwner",
        "delete members",
        Project,
        "",
    ),
    row("DELETE", "/admin/api-keys/{api_key_id}", "delete API keys", Project, ""),
];

const TO_ORGANIZATION: &str =
    r#"{"email":"new@example.com","role_bindings":[{"resource_type":"organization","role":"OrgMember"}]}"#;
const TO_PROJECT: &str = r#"{"email":"new@example.com","role_bindings":[{"resource_type":"organization","role":"OrgMember"},{"resource_type":"project","resource_id":"{project_id}","role":"ProjectEditor"}]}"#;
const ROLE_OF_OWNER: &str = r#"{"principal_type":"user","principal_id":"{user_id}","resource_type":"organization","role":"OrgOwner"}"#;
const ROLE_IN_PROJECT: &str = r#"{"principal_type":"user","principal_id":"{user_id}","resource_type":"project","resource_id":"{project_id}","role":"ProjectOwner"}"#;
const ROLE_OF_ACCOUNT: &str = r#"{"principal_type":"service_account","principal_id":"{service_account_id}","resource_type":"organization","role":"OrgMember"}"#;
const ROLE_OF_KEY: &str = r#"{"principal_type":"api_key","principal_id":"{api_key_id}","resource_type":"project","resource_id":"{project_id}","role":"DataPlaneViewer"}"#;

/// About who asks and the lists of what they may know: open to every account.
pub const OPEN: &[(&str, &str)] =
    &[("GET", "/admin/organizations"), ("GET", "/admin/projects"), ("POST", "/oauth/token")];
