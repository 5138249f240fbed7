//! People besides the first owner, and what they are where.

use crate::{
    browser::Browser,
    house::{House, PASSWORD, origin},
    mailbox::token,
};
use conifer_domain::{
    ids::{OrganizationId, ProjectId, UserId},
    organizations::OrganizationRole,
    projects::ProjectRole,
};
use conifer_services::{organizations, projects, sessions::Current, setup::Founded, sign_up};

/// Ada's organization and project, with her in it.
pub struct Town<'h> {
    pub house: &'h House,
    pub ada: Current,
    pub organization_id: OrganizationId,
    pub project_id: ProjectId,
}

impl House {
    pub async fn town(&self) -> Town<'_> {
        let Founded { organization_id, project_id, .. } = self.found().await;
        let (_, ada) = self.ada().await;
        Town { house: self, ada, organization_id, project_id }
    }

    /// Somebody with an account, an organization and a project of their own.
    pub async fn person(&self, name: &str) -> Current {
        let email = format!("{}@example.com", name.to_lowercase());
        self.later(conifer_domain::limits::HOUR_MS);
        sign_up::request(&self.services, &origin(), &email).await.expect("asked for an account");
        let token = token(&self.mail_to(&email).await.text);
        let (organization, project) = (format!("{name} and sons"), format!("{name}'s own"));
        let made =
            sign_up::complete(&self.services, &origin(), &token, name, PASSWORD, &organization, &project)
                .await;
        made.expect("an account");
        Browser::new(self).sign_in(&email, PASSWORD).await
    }
}

impl Town<'_> {
    /// Makes somebody a member, past the services and their rules.
    pub async fn put(
        &self,
        person: &Current,
        organization: Option<OrganizationRole>,
        project: Option<ProjectRole>,
    ) {
        let id = person.account.id;
        self.house
            .run(
                "DELETE FROM organization_members WHERE organization_id = $1 AND user_id = $2",
                &[self.organization_id.to_string(), id.to_string()],
            )
            .await;
        if let Some(role) = organization {
            self.house.run(
                "INSERT INTO organization_members (organization_id, user_id, role, created_at) VALUES ($1, $2, $3, 1)",
                &[self.organization_id.to_string(), id.to_string(), role.as_str().into()],
            ).await;
        }
        if let Some(role) = project {
            self.house
                .run(
                    "INSERT INTO project_members (project_id, organization_id, user_id, role, created_at)
                 VALUES ($1, $2, $3, $4, 1)",
                    &[
                        self.project_id.to_string(),
                        self.organization_id.to_string(),
                        id.to_string(),
                        role.as_str().into(),
                    ],
                )
                .await;
        }
    }

    /// Somebody new, with these roles.
    pub async fn member(
        &self,
        name: &str,
        organization: OrganizationRole,
        project: Option<ProjectRole>,
    ) -> Current {
        let person = self.house.person(name).await;
        self.put(&person, Some(organization), project).await;
        person
    }

    pub async fn organization_role(&self, id: UserId) -> Option<String> {
        let sql = "SELECT role FROM organization_members WHERE organization_id = $1 AND user_id = $2";
        self.house.rows_of(sql, &[self.organization_id.to_string(), id.to_string()]).await.pop()
    }

    pub async fn project_role(&self, id: UserId) -> Option<String> {
        let sql = "SELECT role FROM project_members WHERE project_id = $1 AND user_id = $2";
        self.house.rows_of(sql, &[self.project_id.to_string(), id.to_string()]).await.pop()
    }

    /// The newest deeds of the log: actor and action.
    pub async fn deeds(&self) -> Vec<String> {
        self.house.rows("SELECT action FROM audit_log ORDER BY id").await
    }

    pub async fn new_project(&self, name: &str) -> ProjectId {
        let services = &self.house.services;
        projects::create(services, &origin(), &self.ada, self.organization_id, name).await.expect("a project")
    }

    pub async fn new_organization(&self, name: &str) -> OrganizationId {
        organizations::create(&self.house.services, &origin(), &self.ada, name)
            .await
            .expect("an organization")
    }
}
