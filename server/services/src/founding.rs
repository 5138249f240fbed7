//! A new account with its first organization and project, as set-up, sign-up and the command line make it.

use crate::{
    Result, Services,
    db::{Tx, new_id},
    passwords,
    setup::{Founded, Founding},
};
use conifer_domain::{
    EmailAddress, Field, Name, organizations::OrganizationRole, projects::ProjectRole, theme::Theme,
};

pub(crate) struct NewAccount {
    pub(crate) ids: Founded,
    name: Name,
    email: EmailAddress,
    password_hash: String,
    organization_name: Name,
    project_name: Name,
}

impl NewAccount {
    /// Checks every input, then hashes the password.
    pub(crate) async fn check(services: &Services, founding: &Founding) -> Result<Self> {
        let name = Name::parse(&founding.name, Field::Name)?;
        let email = EmailAddress::parse(&founding.email)?;
        let organization_name = Name::parse(&founding.organization_name, Field::OrganizationName)?;
        let project_name = Name::parse(&founding.project_name, Field::ProjectName)?;
        let hints = [name.as_str(), email.as_str(), organization_name.as_str(), project_name.as_str()];
        passwords::check(services, &founding.password, &hints, Field::Password).await?;
        let password_hash = services.hasher().hash(&founding.password).await?;
        let ids = Founded { user_id: new_id(), organization_id: new_id(), project_id: new_id() };
        Ok(Self { ids, name, email, password_hash, organization_name, project_name })
    }

    /// Inserts it all; the person owns both. `verified_at_ms` is when a link mailed to the address was opened.
    pub(crate) async fn insert(&self, tx: &mut Tx, now_ms: i64, verified_at_ms: Option<i64>) -> Result<()> {
        self.insert_user(tx, now_ms, verified_at_ms).await?;
        self.insert_organization(tx, now_ms).await?;
        self.insert_project(tx, now_ms).await
    }

    async fn insert_user(&self, tx: &mut Tx, now_ms: i64, verified_at_ms: Option<i64>) -> Result<()> {
        sqlx::query(
            "INSERT INTO users (id, name, email, email_key, email_verified_at, password_hash, theme, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(self.ids.user_id.to_string())
        .bind(self.name.as_str())
        .bind(self.email.as_str())
        .bind(self.email.key())
        .bind(verified_at_ms)
        .bind(&self.password_hash)
        .bind(Theme::default().as_str())
        .bind(now_ms)
        .execute(tx)
        .await?;
        Ok(())
    }

    async fn insert_organization(&self, tx: &mut Tx, now_ms: i64) -> Result<()> {
        sqlx::query("INSERT INTO organizations (id, name, created_at) VALUES ($1, $2, $3)")
            .bind(self.ids.organization_id.to_string())
            .bind(self.organization_name.as_str())
            .bind(now_ms)
            .execute(&mut *tx)
            .await?;
        sqlx::query(
            "INSERT INTO organization_members (organization_id, user_id, role, created_at)
             VALUES ($1, $2, $3, $4)",
        )
        .bind(self.ids.organization_id.to_string())
        .bind(self.ids.user_id.to_string())
        .bind(OrganizationRole::Owner.as_str())
        .bind(now_ms)
        .execute(tx)
        .await?;
        Ok(())
    }

    async fn insert_project(&self, tx: &mut Tx, now_ms: i64) -> Result<()> {
        sqlx::query(
            "INSERT INTO projects (id, organization_id, name, name_key, created_at)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(self.ids.project_id.to_string())
        .bind(self.ids.organization_id.to_string())
        .bind(self.project_name.as_str())
        .bind(self.project_name.key())
        .bind(now_ms)
        .execute(&mut *tx)
        .await?;
        sqlx::query(
            "INSERT INTO project_members (project_id, user_id, role, created_at) VALUES ($1, $2, $3, $4)",
        )
        .bind(self.ids.project_id.to_string())
        .bind(self.ids.user_id.to_string())
        .bind(ProjectRole::Owner.as_str())
        .bind(now_ms)
        .execute(tx)
        .await?;
        Ok(())
    }
}
