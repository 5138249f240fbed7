//! The invite behind a token.

use super::place::role;
use crate::{
    Result,
    authorize::{Author, Of, Standing, locked_standing},
    db::{Changed, Tx, parse},
    secrets,
};
use conifer_domain::{
    EmailAddress, Problem,
    ids::{InviteId, OrganizationId, ProjectId},
    invites::InvitedRole,
    permissions::{Action, Verdict, verdict},
};
use sqlx::{Any, any::AnyArguments, query::QueryAs};

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    id: String,
    organization_id: String,
    project_id: Option<String>,
    role: String,
    email: String,
    expires_at: i64,
    invited_by: Option<String>,
    invited_by_account: Option<String>,
    way: String,
    organization_name: String,
    project_name: Option<String>,
    inviter_name: String,
}

#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) id: InviteId,
    pub(super) organization_id: OrganizationId,
    pub(super) project_id: Option<ProjectId>,
    pub(super) role: InvitedRole,
    pub(super) email: EmailAddress,
    pub(super) expires_at_ms: i64,
    inviter: Author,
    /// Whether the token came by mail, and so proves the address.
    pub(super) mailed: bool,
    pub(super) organization_name: String,
    pub(super) project_name: Option<String>,
    pub(super) inviter_name: String,
}

/// One that is still to be accepted; to be read by [`Found::read`].
pub(super) fn by_token(token: &str, now_ms: i64) -> QueryAs<'static, Any, Row, AnyArguments> {
    sqlx::query_as(
        "SELECT i.id, i.organization_id, i.project_id, i.role, i.email, i.expires_at,
                i.invited_by, i.invited_by_account, l.way, o.name AS organization_name, p.name AS project_name,
                COALESCE(u.name, s.name) AS inviter_name
         FROM invite_links l
         JOIN invites i ON i.id = l.invite_id
         JOIN organizations o ON o.id = i.organization_id
         LEFT JOIN users u ON u.id = i.invited_by
         LEFT JOIN service_accounts s ON s.id = i.invited_by_account
         LEFT JOIN projects p ON p.id = i.project_id
         WHERE l.token_hash = $1 AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > $2",
    )
    .bind(secrets::hash(token))
    .bind(now_ms)
}

impl Found {
    /// `LinkDead` when there is none.
    pub(super) fn read(row: Option<Row>) -> Result<Self> {
        let row = row.ok_or(Problem::LinkDead)?;
        Ok(Self {
            id: parse(&row.id)?,
            organization_id: parse(&row.organization_id)?,
            role: role(&row.role, row.project_id.is_some())?,
            project_id: row.project_id.as_deref().map(parse).transpose()?,
            email: EmailAddress::parse(&row.email)?,
            expires_at_ms: row.expires_at,
            inviter: match (row.invited_by, row.invited_by_account) {
                (Some(id), _) => Author::Person(parse(&id)?),
                (None, id) => Author::ServiceAccount(parse(&id.unwrap_or_default())?),
            },
            mailed: row.way == "mailed",
            organization_name: row.organization_name,
            project_name: row.project_name,
            inviter_name: row.inviter_name,
        })
    }

    /// Uses it up: of those who race for it one gets it. `InviterLost` when whoever invited may not any more.
    pub(super) async fn take(&self, tx: &mut Tx, now_ms: i64) -> Result<()> {
        match self.project_id {
            Some(id) => self.check_inviter(tx, id, Action::InviteMembers).await?,
            None => self.check_inviter(tx, self.organization_id, Action::InviteOrganizationMembers).await?,
        }
        let taken = sqlx::query(
            "UPDATE invites SET accepted_at = $2
             WHERE id = $1 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $2",
        )
        .bind(self.id.to_string())
        .bind(now_ms)
        .execute(tx)
        .await?;
        if taken.changed() { Ok(()) } else { Err(Problem::LinkDead.into()) }
    }

    async fn check_inviter<O: Of>(&self, tx: &mut Tx, of: O, action: Action) -> Result<()> {
        let standing = locked_standing(tx, of, self.inviter).await?;
        match standing.map(|Standing { role, .. }| verdict(action, role)) {
            Some(Verdict::Allow) => Ok(()),
            Some(_) => Err(Problem::InviterLost.into()),
            None => Err(Problem::LinkDead.into()),
        }
    }
}
