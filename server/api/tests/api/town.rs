//! Two projects, their indexes and keys, and an API to ask.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
    response::Response,
};
use conifer_api::{
    Api,
    hosts::{Arrival, Hosts},
};
use conifer_domain::{
    api_keys::{KeyLimits, KeyRights, KeyRole, KeyScope},
    ids::{IndexId, OrganizationId, ProjectId},
    organizations::OrganizationRole,
    service_accounts::ServiceRoles,
};
use conifer_services::{
    Clock, Db, Origin, Services, Settings, SignUp, VectorSettings, api_keys,
    imports::Sources,
    mail::MailSettings,
    organizations,
    passwords::HashCost,
    projects, service_accounts,
    sessions::{self, Current, Store},
    setup::{self, Founding},
    sign_in::Verified,
};
use secrecy::ExposeSecret;
use serde_json::Value;
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt;
use tower_sessions::Session;

const CHEAP: HashCost = HashCost { memory_kib: 8, passes: 1, lanes: 1 };
const START_MS: i64 = 1_790_000_000_000;

pub struct Town {
    pub services: Services,
    pub clock: Clock,
    /// Who owns both projects.
    pub owner: Current,
    pub organization: OrganizationId,
    pub project: ProjectId,
    pub other_project: ProjectId,
    router: Router,
    dir: TempDir,
}

/// What was answered, with its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: StatusCode,
    pub kind: String,
    pub text: String,
}

/// Where a request goes.
#[derive(Clone, Copy, Debug)]
pub enum At {
    Control,
    Index(IndexId),
}

impl Town {
    pub async fn build() -> Self {
        let dir = TempDir::new().expect("a directory");
        let url = format!("sqlite://{}/conifer.db", dir.path().display());
        Self::build_on(&url, dir).await
    }

    pub async fn build_on(url: &str, dir: TempDir) -> Self {
        let db = Db::connect(url).await.expect("a database");
        db.migrate().await.expect("a schema");
        let clock = Clock::held_at(START_MS);
        let settings = Settings {
            public_url: "https://conifer.example".into(),
            sign_up: SignUp::Invited,
            mail: MailSettings::Outbox,
            data_dir: dir.path().join("data"),
            audit_retention_days: 0,
            key_limits: KeyLimits::default(),
            pod_records: Some(1_000),
            vectors: Some(VectorSettings { ports: None }),
            imports: Sources { directory: Some(imports(dir.path())), bucket: None },
        };
        let services = Services::open_with(db, settings, clock.clone(), CHEAP).await.expect("services");
        let founded = setup::bootstrap(&services, founding()).await.expect("an owner");
        let owner = signed_in(&services, founded.verified()).await;
        let origin = origin();
        let other = projects::create(&services, &origin, &owner, founded.organization_id, "Other").await;
        let other_project = other.expect("a project");
        let api = Api { services: services.clone(), hosts: Arc::new(Hosts::default()) };
        let router = conifer_api::router(api);
        let organization = founded.organization_id;
        Self { services, clock, owner, organization, project: founded.project_id, other_project, router, dir }
    }

    /// The token of an account that owns another organization.
    pub async fn foreign_owner(&self) -> String {
        let made = organizations::create(&self.services, &origin(), &self.owner, "Another").await;
        let roles = ServiceRoles { organization: Some(OrganizationRole::Owner), projects: Vec::new() };
        let of = made.expect("an organization");
        let made =
            service_accounts::create(&self.services, &origin(), &self.owner, of, "Foreign", roles).await;
        let made = made.expect("a service account");
        let secret = made.secret.expose_secret();
        let token = service_accounts::issue(&self.services, &origin(), &made.client_id, secret).await;
        token.expect("a token").text.expose_secret().to_owned()
    }

    /// Where files to import are.
    pub fn imports(&self) -> String {
        self.dir.path().join("imports").display().to_string()
    }

    /// The secret of a new key.
    pub async fn key(
        &self,
        project: ProjectId,
        role: KeyRole,
        scope: KeyScope,
        expires_in_ms: Option<i64>,
    ) -> String {
        let rights = KeyRights {
            roles: [role].into(),
            scope,
            limits: KeyLimits::default(),
            expires_at_ms: expires_in_ms.map(|ms| self.clock.now_ms() + ms),
        };
        let name = format!("key {}", uuid::Uuid::new_v4());
        let made = api_keys::create(&self.services, &origin(), &self.owner, project, &name, rights).await;
        made.expect("a key").secret.expose_secret().to_owned()
    }

    /// With all that a key can have.
    pub async fn editor(&self, project: ProjectId) -> String {
        self.key(project, KeyRole::ProjectEditor, KeyScope::default(), None).await
    }

    pub async fn revoke(&self, secret: &str) {
        let prefix = secret.split('_').nth(1).expect("a prefix").to_owned();
        let (services, origin) = (&self.services, origin());
        let key = api_keys::authenticate(services, secret, &origin).await.expect("a key");
        let kept = api_keys::get(services, &self.granted().await, key.id()).await.expect("a key");
        assert!(kept.prefix.contains(&prefix));
        let gone = api_keys::delete(services, &origin, &self.owner, self.project, key.id(), &kept.name).await;
        gone.expect("a key less");
    }

    async fn granted(
        &self,
    ) -> conifer_services::authorize::Granted<conifer_domain::permissions::may::ViewApiKeys> {
        conifer_services::authorize::authorize(&self.services, &origin(), &self.owner, self.project)
            .await
            .expect("a right")
    }

    /// Makes an index of two dimensions where there is none of that name.
    pub async fn index(&self, secret: &str, name: &str) -> IndexId {
        let body = format!(
            r#"{{"name":"{name}","dimension":2,"spec":{{"serverless":{{"cloud":"aws","region":"x"}}}}}}"#
        );
        let made = self.ask(At::Control, secret, "POST", "/indexes", &body).await;
        assert!(matches!(made.status.as_u16(), 201 | 409), "{made:?}");
        let key = api_keys::authenticate(&self.services, secret, &origin()).await.expect("a key");
        self.services.directory().by_name(key.project_id().expect("a project"), name).expect("an index").id
    }

    pub async fn answer(&self, request: Request<Body>) -> Response {
        let Ok(response) = self.router.clone().oneshot(request).await;
        response
    }

    pub async fn ask(&self, at: At, secret: &str, method: &str, path: &str, body: &str) -> Answer {
        self.ask_as(at, secret, "2026-07", method, path, body).await.0
    }

    pub async fn ask_as(
        &self,
        at: At,
        secret: &str,
        version: &str,
        method: &str,
        path: &str,
        body: &str,
    ) -> (Answer, HeaderMap) {
        self.send(self.request(at, secret, version, method, path, body)).await
    }

    pub fn request(
        &self,
        at: At,
        secret: &str,
        version: &str,
        method: &str,
        path: &str,
        body: &str,
    ) -> Request<Body> {
        let arrival = Arrival {
            index: match at {
                At::Control => None,
                At::Index(id) => Some(id),
            },
            ..Arrival::default()
        };
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "localhost:5080")
            .header("x-pinecone-api-version", version)
            .extension(arrival)
            .extension(origin());
        let request = if secret.is_empty() { request } else { request.header("api-key", secret) };
        request.body(Body::from(body.to_owned())).expect("a request")
    }

    pub async fn send(&self, request: Request<Body>) -> (Answer, HeaderMap) {
        let response = self.answer(request).await;
        let (head, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a body");
        let kind = head.headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let text = String::from_utf8(bytes.to_vec()).expect("text");
        (Answer { status: head.status, kind: kind.to_owned(), text }, head.headers)
    }
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }
}

pub fn origin() -> Origin {
    Origin {
        address: "192.0.2.1".parse().expect("an address"),
        user_agent: "test".into(),
        request_id: "request-1".into(),
    }
}

fn founding() -> Founding {
    Founding {
        name: "Ada".into(),
        email: "ada@example.com".into(),
        password: "plum ladder sings twice".into(),
        organization_name: "Analytical Engines".into(),
        project_name: "First notes".into(),
    }
}

async fn signed_in(services: &Services, verified: Verified) -> Current {
    let store = Arc::new(Store::new(services));
    let session = Session::new(None, Arc::clone(&store), None);
    sessions::begin(services, &session, &origin(), verified).await.expect("a session");
    let again = Session::new(session.id(), store, None);
    sessions::current(services, &again).await.expect("an answer").expect("somebody")
}

/// A directory with a file to import; nobody reads what is in it.
fn imports(home: &std::path::Path) -> std::path::PathBuf {
    let directory = home.join("imports");
    std::fs::create_dir(&directory).expect("a directory");
    std::fs::write(directory.join("a.parquet"), "PAR1").expect("a file");
    directory
}
