//! Reading bindings: of people, service accounts, keys and invites, in one order.

use crate::{
    Error, Result, Services,
    authorize::{Granted, Right},
    db::{Select, after, page, parse},
};
use conifer_domain::{
    paging::{Page, Paging},
    permissions::{Action, Role, Verdict, may, verdict},
    role_bindings::{BindingFilter, RoleBinding},
};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    principal_type: String,
    principal_id: String,
    resource_type: String,
    resource_id: String,
    role: String,
    created_at: i64,
}

/// What a row is sorted by; also its id.
type Key = (String, String, String, String, String);

/// Those in the organization itself; for its owners also those in all its projects.
pub async fn list_of_organization(
    services: &Services,
    granted: &Granted<may::ViewOrganizationMembers>,
    filter: &BindingFilter,
    paging: &Paging,
) -> Result<Page<RoleBinding>> {
    let sees_all = granted.role() == Role::OrganizationOwner;
    let select = all(granted);
    let select = if sees_all { select } else { select.push("AND b.resource_type = 'organization'") };
    list(services, select, sees_invites(granted, Action::InviteOrganizationMembers), filter, paging).await
}

pub async fn list_of_project(
    services: &Services,
    granted: &Granted<may::ViewMembers>,
    filter: &BindingFilter,
    paging: &Paging,
) -> Result<Page<RoleBinding>> {
    let select = all(granted).push("AND b.resource_id =").bind(granted.of().to_string());
    list(services, select, sees_invites(granted, Action::InviteMembers), filter, paging).await
}

fn sees_invites<R: Right>(granted: &Granted<R>, action: Action) -> bool {
    verdict(action, granted.role()) == Verdict::Allow
}

/// All of the organization.
fn all<R: Right>(granted: &Granted<R>) -> Select {
    let id = granted.organization_id().to_string();
    let select = Select::new("SELECT * FROM (");
    let last = ARMS.len() - 1;
    let arms = ARMS.iter().enumerate();
    let select = arms.fold(select, |select, (at, arm)| {
        let select = select.push(arm).bind(id.clone());
        if at == last { select } else { select.push("UNION ALL") }
    });
    select.push(") b WHERE 1 = 1")
}

/// Each ends where the id of the organization belongs.
const ARMS: [&str; 7] = [
    "SELECT 'user' AS principal_type, m.user_id AS principal_id, 'organization' AS resource_type,
            m.organization_id AS resource_id,
            CASE m.role WHEN 'owner' THEN 'OrgOwner' WHEN 'manager' THEN 'OrgManager'
                WHEN 'billing' THEN 'OrgBillingAdmin' ELSE 'OrgMember' END AS role, m.created_at
     FROM organization_members m WHERE m.organization_id =",
    "SELECT 'service_account', s.id, 'organization', s.organization_id,
            CASE s.role WHEN 'owner' THEN 'OrgOwner' WHEN 'manager' THEN 'OrgManager'
                WHEN 'billing' THEN 'OrgBillingAdmin' ELSE 'OrgMember' END, s.created_at
     FROM service_accounts s WHERE s.role IS NOT NULL AND s.deleted_at IS NULL AND s.organization_id =",
    "SELECT 'invite', i.id, 'organization', i.organization_id,
            CASE i.role WHEN 'owner' THEN 'OrgOwner' WHEN 'manager' THEN 'OrgManager'
                WHEN 'billing' THEN 'OrgBillingAdmin' ELSE 'OrgMember' END, i.created_at
     FROM invites i WHERE i.project_id IS NULL AND i.accepted_at IS NULL AND i.revoked_at IS NULL
         AND i.organization_id =",
    "SELECT 'user', m.user_id, 'project', m.project_id,
            CASE m.role WHEN 'owner' THEN 'ProjectOwner' ELSE 'ProjectEditor' END, m.created_at
     FROM project_members m WHERE m.organization_id =",
    "SELECT 'service_account', m.service_account_id, 'project', m.project_id,
            CASE m.role WHEN 'owner' THEN 'ProjectOwner' ELSE 'ProjectEditor' END, m.created_at
     FROM service_account_projects m WHERE m.organization_id =",
    "SELECT 'invite', i.id, 'project', i.project_id,
            CASE i.role WHEN 'owner' THEN 'ProjectOwner' ELSE 'ProjectEditor' END, i.created_at
     FROM invites i WHERE i.project_id IS NOT NULL AND i.accepted_at IS NULL AND i.revoked_at IS NULL
         AND i.organization_id =",
    // A key has several roles.
    "SELECT 'api_key', k.id, 'project', k.project_id, r.role, k.created_at
     FROM api_keys k JOIN (SELECT 'ProjectEditor' AS role UNION ALL SELECT 'ProjectViewer'
         UNION ALL SELECT 'ControlPlaneEditor' UNION ALL SELECT 'ControlPlaneViewer'
         UNION ALL SELECT 'DataPlaneEditor' UNION ALL SELECT 'DataPlaneViewer') r
         ON k.roles LIKE '%\"' || r.role || '\"%'
     WHERE k.revoked_at IS NULL AND k.organization_id =",
];

async fn list(
    services: &Services,
    mut select: Select,
    sees_invites: bool,
    filter: &BindingFilter,
    paging: &Paging,
) -> Result<Page<RoleBinding>> {
    if !sees_invites {
        select = select.push("AND b.principal_type <> 'invite'");
    }
    select = select
        .also("AND b.principal_type =", filter.kind.map(|kind| kind.as_str()))
        .also("AND b.principal_id =", filter.principal_id.map(|id| id.to_string()))
        .also(
            "AND b.resource_type =",
            filter.in_project.map(|yes| if yes { "project" } else { "organization" }),
        )
        .also("AND b.role =", filter.role.clone());
    if let Some((kind, id, place, place_id, role)) = after::<Key>(paging)? {
        select = select
            .push("AND (b.principal_type, b.principal_id, b.resource_type, b.resource_id, b.role) > (")
            .bind(kind)
            .push(",")
            .bind(id)
            .push(",")
            .bind(place)
            .push(",")
            .bind(place_id)
            .push(",")
            .bind(role)
            .push(")");
    }
    let limit = i64::from(paging.length()) + 1;
    let order = "ORDER BY b.principal_type, b.principal_id, b.resource_type, b.resource_id, b.role LIMIT";
    let rows: Vec<Row> = select.push(order).bind(limit).fetch(services.db()).await?;
    page(rows, paging, Row::key, Row::read)
}

impl Row {
    fn key(&self) -> Key {
        let Self { principal_type, principal_id, resource_type, resource_id, role, .. } = self;
        (
            principal_type.clone(),
            principal_id.clone(),
            resource_type.clone(),
            resource_id.clone(),
            role.clone(),
        )
    }

    fn read(self) -> Result<RoleBinding> {
        let id: Uuid = parse(&self.principal_id)?;
        let Self { principal_type, resource_type, resource_id, role, created_at, .. } = self;
        let text = format!("{principal_type}.{id}.{resource_type}.{resource_id}.{role}");
        let binding = text.parse().map_err(Error::internal)?;
        Ok(RoleBinding { binding, created_at_ms: created_at })
    }
}
