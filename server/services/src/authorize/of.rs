//! What permissions are about: an organization, a project or an index, and what somebody is to it.

use super::Author;
use crate::{
    Result, Services,
    api_keys::KeyAccess,
    db::{Db, Tx, parse},
};
use conifer_domain::{
    ids::{IndexId, OrganizationId, ProjectId},
    permissions::{Action, Permission, Role},
};
use sqlx::{Any, any::AnyArguments, query::QueryAs};

/// A permission about something the services know: all of them are.
pub trait Right: Permission<Of: Of> {}

impl<P: Permission<Of: Of>> Right for P {}

/// What somebody is to a thing that exists.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    pub(super) organization_id: OrganizationId,
    pub(super) project_id: Option<ProjectId>,
    pub(crate) role: Role,
    /// Whether a key's limits forbid what its role allows.
    pub(super) is_barred: bool,
}

impl Standing {
    pub(crate) fn organization_id(&self) -> OrganizationId {
        self.organization_id
    }

    pub(crate) fn project_id(&self) -> Option<ProjectId> {
        self.project_id
    }

    /// What a key is to something within its project.
    pub(crate) fn of_key(key: &KeyAccess, action: Action) -> Self {
        Self {
            organization_id: key.organization_id(),
            project_id: key.project_id().ok(),
            role: key.role_for(action),
            is_barred: key.rights().scope.bars(action),
        }
    }
}

/// Something a permission can be about: how to find where it is and what person or service account `$2` is to it, and how to lock it.
pub trait Of: Copy + ToString + Send + Sync + 'static {
    /// Selects `organization_id`, `project_id`, `index_name`, `organization_role` and `project_role`.
    const STANDING: &'static str;
    const LOCK: &'static str;

    /// Whether it is in a key's project, and none of the indexes that the key does not see. Every call of a program
    /// asks this, so it takes no SQL.
    fn is_within(self, services: &Services, key: &KeyAccess) -> impl Future<Output = Result<bool>> + Send;
}

impl Of for OrganizationId {
    const STANDING: &'static str = "SELECT o.id AS organization_id, NULL AS project_id, NULL AS index_name,
             COALESCE(m.role, (SELECT s.role FROM service_accounts s
                 WHERE s.id = $2 AND s.organization_id = o.id AND s.disabled_at IS NULL)) AS organization_role,
             NULL AS project_role
         FROM organizations o
         LEFT JOIN organization_members m ON m.organization_id = o.id AND m.user_id = $2
         WHERE o.id = $1";
    const LOCK: &'static str = "UPDATE organizations SET revision = revision + 1 WHERE id = $1";

    async fn is_within(self, _: &Services, key: &KeyAccess) -> Result<bool> {
        Ok(self == key.organization_id())
    }
}

impl Of for ProjectId {
    const STANDING: &'static str = "SELECT p.organization_id, p.id AS project_id, NULL AS index_name,
             COALESCE(om.role, (SELECT s.role FROM service_accounts s
                 WHERE s.id = $2 AND s.organization_id = p.organization_id AND s.disabled_at IS NULL))
                 AS organization_role,
             COALESCE(pm.role, (SELECT sp.role FROM service_account_projects sp
                 JOIN service_accounts s ON s.id = sp.service_account_id
                 WHERE sp.service_account_id = $2 AND sp.project_id = p.id AND s.disabled_at IS NULL))
                 AS project_role
         FROM projects p
         LEFT JOIN organization_members om ON om.organization_id = p.organization_id AND om.user_id = $2
         LEFT JOIN project_members pm ON pm.project_id = p.id AND pm.user_id = $2
         WHERE p.id = $1";
    const LOCK: &'static str = "UPDATE organizations SET revision = revision + 1
         WHERE id = (SELECT organization_id FROM projects WHERE id = $1)";

    async fn is_within(self, _: &Services, key: &KeyAccess) -> Result<bool> {
        Ok(key.project_id().is_ok_and(|id| id == self))
    }
}

impl Of for IndexId {
    const STANDING: &'static str = "SELECT p.organization_id, p.id AS project_id, i.name AS index_name,
             COALESCE(om.role, (SELECT s.role FROM service_accounts s
                 WHERE s.id = $2 AND s.organization_id = p.organization_id AND s.disabled_at IS NULL))
                 AS organization_role,
             COALESCE(pm.role, (SELECT sp.role FROM service_account_projects sp
                 JOIN service_accounts s ON s.id = sp.service_account_id
                 WHERE sp.service_account_id = $2 AND sp.project_id = p.id AND s.disabled_at IS NULL))
                 AS project_role
         FROM indexes i JOIN projects p ON p.id = i.project_id
         LEFT JOIN organization_members om ON om.organization_id = p.organization_id AND om.user_id = $2
         LEFT JOIN project_members pm ON pm.project_id = p.id AND pm.user_id = $2
         WHERE i.id = $1";
    const LOCK: &'static str = "UPDATE organizations SET revision = revision + 1 WHERE id =
         (SELECT p.organization_id FROM indexes i JOIN projects p ON p.id = i.project_id WHERE i.id = $1)";

    async fn is_within(self, services: &Services, key: &KeyAccess) -> Result<bool> {
        let Some(entry) = services.directory().get(self) else { return Ok(false) };
        let is_of_project = key.project_id().is_ok_and(|id| id == entry.project_id);
        Ok(is_of_project && key.rights().scope.has_index(&entry.name))
    }
}

type RowQuery = QueryAs<'static, Any, Place, AnyArguments>;

/// One query, whether the thing exists or not.
fn query<O: Of>(of: O, author: Option<Author>) -> RowQuery {
    let author = author.map_or_else(String::new, |author| author.to_string());
    sqlx::query_as(O::STANDING).bind(of.to_string()).bind(author)
}

/// None when there is no such thing.
pub(crate) async fn standing_of<O: Of>(db: &Db, of: O, author: Author) -> Result<Option<Standing>> {
    query(of, Some(author)).fetch_optional(db.pool()).await?.map(Place::standing).transpose()
}

/// The same, true until the transaction ends: it locks the organization first.
pub(crate) async fn locked_standing<O: Of>(tx: &mut Tx, of: O, author: Author) -> Result<Option<Standing>> {
    lock(tx, of).await?;
    query(of, Some(author)).fetch_optional(tx).await?.map(Place::standing).transpose()
}

/// Where it is, whoever asks.
pub(super) async fn locked_place<O: Of>(tx: &mut Tx, of: O) -> Result<Option<Place>> {
    lock(tx, of).await?;
    Ok(query(of, None).fetch_optional(tx).await?)
}

async fn lock<O: Of>(tx: &mut Tx, of: O) -> Result<()> {
    sqlx::query(O::LOCK).bind(of.to_string()).execute(tx).await?;
    Ok(())
}

/// Where a thing is, and what somebody is there.
#[derive(sqlx::FromRow)]
pub(super) struct Place {
    organization_id: String,
    project_id: Option<String>,
    index_name: Option<String>,
    organization_role: Option<String>,
    project_role: Option<String>,
}

impl Place {
    fn standing(self) -> Result<Standing> {
        let organization_role = self.organization_role.as_deref().map(parse).transpose()?;
        let project_role = self.project_role.as_deref().map(parse).transpose()?;
        Ok(Standing {
            organization_id: parse(&self.organization_id)?,
            project_id: self.project_id.as_deref().map(parse).transpose()?,
            role: Role::in_project(organization_role, project_role),
            is_barred: false,
        })
    }

    /// As [`Of::is_within`], for what the database says.
    pub(super) fn is_within(&self, key: &KeyAccess) -> bool {
        let (own, own_organization) = (key.project_id(), key.organization_id().to_string());
        let is_in_project = match &self.project_id {
            Some(id) => own.is_ok_and(|own| own.to_string() == *id),
            None => self.organization_id == own_organization,
        };
        is_in_project && self.index_name.as_ref().is_none_or(|name| key.rights().scope.has_index(name))
    }
}
