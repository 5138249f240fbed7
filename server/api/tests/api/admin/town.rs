//! What the Admin API is asked about, and who asks.

use crate::town::{Answer, At, Town, origin};
use axum::http::HeaderMap;
use conifer_domain::{
    api_keys::{KeyRole, KeyScope},
    ids::ServiceAccountId,
    organizations::OrganizationRole,
    projects::ProjectRole,
    service_accounts::ServiceRoles,
};
use conifer_services::{api_keys, invites, members, service_accounts};
use secrecy::ExposeSecret;

pub struct Robot {
    pub id: ServiceAccountId,
    pub client_id: String,
    pub secret: String,
}

impl Town {
    pub async fn robot(&self, organization: Option<OrganizationRole>, project: Option<ProjectRole>) -> Robot {
        let projects = project.map(|role| (self.project, role)).into_iter().collect();
        let name = format!("robot {}", uuid::Uuid::new_v4());
        let roles = ServiceRoles { organization, projects };
        let (s, of) = (&self.services, self.organization);
        let made = service_accounts::create(s, &origin(), &self.owner, of, &name, roles).await.expect("one");
        Robot { id: made.id, client_id: made.client_id, secret: made.secret.expose_secret().to_owned() }
    }

    pub async fn token(&self, robot: &Robot) -> String {
        let issued =
            service_accounts::issue(&self.services, &origin(), &robot.client_id, &robot.secret).await;
        issued.expect("a token").text.expose_secret().to_owned()
    }

    pub async fn administer(&self, token: &str, method: &str, path: &str, body: &str) -> Answer {
        self.administer_as(token, "2026-07", method, path, body).await.0
    }

    pub async fn administer_as(
        &self,
        token: &str,
        version: &str,
        method: &str,
        path: &str,
        body: &str,
    ) -> (Answer, HeaderMap) {
        let mut request = self.request(At::Control, "", version, method, path, body);
        if !token.is_empty() {
            let value = format!("Bearer {token}").parse().expect("a header");
            request.headers_mut().insert("authorization", value);
        }
        self.send(request).await
    }
}

/// What stands for the names in braces.
pub struct Things(Vec<(&'static str, String)>);

impl Things {
    /// One of each in a town.
    pub async fn of(town: &Town) -> Self {
        let (s, o, owner) = (&town.services, &origin(), &town.owner);
        let member = OrganizationRole::Member;
        let invite = async |address: &str| {
            let made = invites::create(s, o, owner, town.organization, address, member).await;
            made.expect("invited")[0].to_string()
        };
        let gone = invite("gone@example.com").await;
        invites::revoke(s, o, owner, town.organization, gone.parse().expect("an id")).await.expect("gone");
        let into = invites::create(s, o, owner, town.project, "eve@example.com", ProjectRole::User).await;
        let account = town.robot(None, None).await;
        // The only owner of a project, so nobody deletes it.
        let owning = town.robot(Some(OrganizationRole::Manager), None).await;
        let token = town.token(&owning).await;
        let made = town.administer(&token, "POST", "/admin/projects", r#"{"name":"Owned"}"#).await;
        assert_eq!(made.status, 200, "{made:?}");
        // What holds something is not deleted by a program.
        let editor = town.editor(town.project).await;
        town.index(&editor, "films").await;
        Self(vec![
            ("{organization_id}", town.organization.to_string()),
            ("{project_id}", town.project.to_string()),
            ("{api_key_id}", key(town).await),
            ("{user_id}", owner.account.id.to_string()),
            ("{invite_id}", invite("bob@example.com").await),
            ("{gone_invite_id}", gone),
            ("{project_invite_id}", into.expect("invited")[0].to_string()),
            ("{service_account_id}", account.id.to_string()),
            ("{owning_account_id}", owning.id.to_string()),
        ])
    }

    /// What an account may have deleted or removed.
    pub async fn put_back(&mut self, town: &Town) {
        for (name, id) in &mut self.0 {
            if *name == "{api_key_id}" {
                *id = key(town).await;
            }
        }
        let (s, owner, role) = (&town.services, &town.owner, ProjectRole::Owner);
        // Who is in still is told so.
        _ = members::add(s, &origin(), owner, town.project, owner.account.id, role).await;
    }

    /// The same of nobody.
    pub fn of_nobody() -> Self {
        let names = [
            "{organization_id}",
            "{project_id}",
            "{api_key_id}",
            "{user_id}",
            "{invite_id}",
            "{gone_invite_id}",
            "{project_invite_id}",
            "{service_account_id}",
            "{owning_account_id}",
        ];
        Self(names.map(|name| (name, uuid::Uuid::new_v4().to_string())).into())
    }

    pub fn fill(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (name, id)| text.replace(name, id))
    }
}

/// The id of a new key.
async fn key(town: &Town) -> String {
    let secret = town.key(town.project, KeyRole::ProjectEditor, KeyScope::default(), None).await;
    let key = api_keys::authenticate(&town.services, &secret, &origin()).await.expect("a key");
    key.id().to_string()
}
