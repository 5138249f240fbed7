//! What permissions are about: an organization or a project, and what somebody is to it.

use crate::{
    Result,
    db::{Db, Tx, parse},
};
use conifer_domain::{
    ids::{OrganizationId, ProjectId, UserId},
    permissions::{Permission, Role},
};
use sqlx::{Any, any::AnyArguments, query::QueryAs};

/// A permission about something the services know: all of them are.
pub trait Right: Permission<Of: Of> {}

impl<P: Permission<Of: Of>> Right for P {}

/// What somebody is to a thing that exists.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    pub(super) organization_id: OrganizationId,
    pub(crate) role: Role,
}

/// Something a permission can be about: how to find what user `$2` is to it, and how to lock it.
pub trait Of: Copy + ToString + Send + Sync + 'static {
    const STANDING: &'static str;
    const LOCK: &'static str;

    fn project(self) -> Option<ProjectId>;
}

impl Of for OrganizationId {
    const STANDING: &'static str =
        "SELECT o.id AS organization_id, m.role AS organization_role, NULL AS project_role
         FROM organizations o
         LEFT JOIN organization_members m ON m.organization_id = o.id AND m.user_id = $2
         WHERE o.id = $1";
    const LOCK: &'static str = "UPDATE organizations SET revision = revision + 1 WHERE id = $1";

    fn project(self) -> Option<ProjectId> {
        None
    }
}

impl Of for ProjectId {
    const STANDING: &'static str =
        "SELECT p.organization_id, om.role AS organization_role, pm.role AS project_role
         FROM projects p
         LEFT JOIN organization_members om ON om.organization_id = p.organization_id AND om.user_id = $2
         LEFT JOIN project_members pm ON pm.project_id = p.id AND pm.user_id = $2
         WHERE p.id = $1";
    const LOCK: &'static str = "UPDATE organizations SET revision = revision + 1
         WHERE id = (SELECT organization_id FROM projects WHERE id = $1)";

    fn project(self) -> Option<ProjectId> {
        Some(self)
    }
}

type RowQuery = QueryAs<'static, Any, Row, AnyArguments>;

/// One query, whether the thing exists or not.
fn query<O: Of>(of: O, user: UserId) -> RowQuery {
    sqlx::query_as(O::STANDING).bind(of.to_string()).bind(user.to_string())
}

/// None when there is no such thing.
pub(super) async fn standing<O: Of>(db: &Db, of: O, user: UserId) -> Result<Option<Standing>> {
    query(of, user).fetch_optional(db.pool()).await?.map(Row::read).transpose()
}

/// The same, true until the transaction ends: it locks the organization first.
pub(crate) async fn locked_standing<O: Of>(tx: &mut Tx, of: O, user: UserId) -> Result<Option<Standing>> {
    sqlx::query(O::LOCK).bind(of.to_string()).execute(&mut *tx).await?;
    query(of, user).fetch_optional(tx).await?.map(Row::read).transpose()
}

#[derive(sqlx::FromRow)]
struct Row {
    organization_id: String,
    organization_role: Option<String>,
    project_role: Option<String>,
}

impl Row {
    fn read(self) -> Result<Standing> {
        let organization_role = self.organization_role.as_deref().map(parse).transpose()?;
        let project_role = self.project_role.as_deref().map(parse).transpose()?;
        let role = Role::in_project(organization_role, project_role);
        Ok(Standing { organization_id: parse(&self.organization_id)?, role })
    }
}
