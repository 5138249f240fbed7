//! Ada's organization and project, and Bob, who is put in and out of them past the server and its rules.

use super::{Operation, oracle::is_of_project};
use crate::{
    browser::{Answer, Browser},
    database::Database,
    process::{EMAIL, PASSWORD, Server},
};
use conifer_domain::{organizations::OrganizationRole, projects::ProjectRole};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor, Row, any::install_default_drivers};
use std::collections::BTreeMap;
use tokio::runtime::Runtime;
use uuid::Uuid;

const CROWD: &str = include_str!("../../../services/examples/crowd/fill.sql");

/// What the words in braces stand for.
#[derive(Clone)]
pub struct Whom(BTreeMap<&'static str, String>);

impl Whom {
    /// Things of a project and its organization that are still to be made.
    fn of(organization: String, project: String) -> Self {
        let [user, invite, organization_invite, key] = [(); 4].map(|()| Uuid::now_v7().to_string());
        Self(BTreeMap::from([
            ("organization", organization),
            ("project", project),
            ("user", user),
            ("invite", invite),
            ("organization-invite", organization_invite),
            ("key", key),
            ("index", Uuid::now_v7().to_string()),
            ("backup", Uuid::now_v7().to_string()),
            ("account", Uuid::now_v7().to_string()),
            ("query", Uuid::now_v7().to_string()),
            ("import", Uuid::now_v7().to_string()),
            ("upload", Uuid::now_v7().to_string()),
            ("record", "%7B%22id%22:%22a%22,%22values%22:%5B1,2,3%5D%7D".into()),
        ]))
    }

    pub fn fill(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (word, value)| text.replace(&format!("{{{word}}}"), value))
    }

    /// Takes the ids that were asked for out of an answer.
    fn unfill(&self, text: &str) -> String {
        ["organization", "project", "index"]
            .iter()
            .fold(text.to_owned(), |text, word| text.replace(&self.0[word], word))
    }

    /// The same with something else in the place of a word.
    pub fn with(&self, word: &'static str, id: &str) -> Self {
        let mut other = self.clone();
        other.0.insert(word, id.into());
        other
    }

    /// The same with another thing of the kind that the operation is about.
    pub fn instead(&self, operation: Operation, id: &str) -> Self {
        let is_about =
            |word| operation.path.contains(word) || operation.form.unwrap_or_default().contains(word);
        match is_of_project(operation.action) {
            true if is_about("{index}") => self.with("index", id),
            true => self.with("project", id),
            false => self.with("organization", id),
        }
    }

    pub fn instead_of_place(&self, project: bool, id: &str) -> Self {
        self.with(if project { "project" } else { "organization" }, id)
    }
}

pub struct Town {
    server: Server,
    database: Runtime,
    connection: AnyConnection,
    bob_id: String,
    bob: Browser,
    pub whom: Whom,
}

impl Town {
    pub fn found(database: Option<Database>) -> Self {
        let mut server = Server::on(database);
        server.set_up();
        install_default_drivers();
        let url = server.database_url();
        let runtime = Runtime::new().expect("a runtime");
        let mut connection = runtime.block_on(AnyConnection::connect(&url)).expect("the database");
        if url.starts_with("sqlite") {
            // As patient as the server is: both write.
            let patience = connection.execute("PRAGMA busy_timeout = 60000");
            runtime.block_on(patience).expect("a setting");
        }
        let (bob_id, bob) = (Uuid::now_v7().to_string(), server.browser());
        let mut town =
            Self { server, database: runtime, connection, bob_id, bob, whom: Whom(BTreeMap::new()) };
        town.fill();
        town
    }

    fn fill(&mut self) {
        let (organization, project) =
            (self.one("SELECT id FROM organizations"), self.one("SELECT id FROM projects"));
        self.whom = Whom::of(organization, project);
        self.index();
        let (bob, whom) = (self.bob_id.clone(), self.whom.clone());
        self.person(&bob, "bob");
        self.people(&whom, "zed");
        // One that comes before Ada's in every order: what moves in it when something hidden is named, tells of it.
        for sql in [
            "INSERT INTO organizations (id, name, created_at) VALUES ('00000000-0000-7000-8000-000000000000', 'AAA', 0)",
            "INSERT INTO organization_members VALUES ('00000000-0000-7000-8000-000000000000', '{bob}', 'member', 0)",
        ] {
            self.run(&sql.replace("{bob}", &bob));
        }
        let signed_in =
            self.bob.post("/fn/sign-in/password", &[("email", "bob@example.com"), ("password", PASSWORD)]);
        assert_eq!(signed_in.status, 200, "{signed_in:?}");
    }

    /// An index of Ada's with one record.
    fn index(&mut self) {
        let mut ada = self.server.browser();
        let signed_in = ada.post("/fn/sign-in/password", &[("email", EMAIL), ("password", PASSWORD)]);
        assert_eq!(signed_in.status, 200, "{signed_in:?}");
        let project = self.whom.0["project"].clone();
        let made = ada.post("/fn/indexes/create", &[("id", &project), ("name", "films"), ("dimension", "3")]);
        assert_eq!(made.status, 200, "{made:?}");
        let index = self.one("SELECT id FROM indexes");
        let record = r#"{"id": "a", "values": [1, 2, 3]}"#;
        let added = ada.post("/fn/records/add", &[("id", &index), ("records", record)]);
        assert_eq!(added.status, 200, "{added:?}");
        self.whom = self.whom.with("index", &index);
    }

    /// With Ada's password.
    fn person(&mut self, id: &str, name: &str) {
        self.run(&format!(
            "INSERT INTO users (id, name, name_key, email, email_key, email_verified_at, password_hash, theme, created_at)
             SELECT '{id}', '{name}', '{name}', '{name}@example.com', '{name}@example.com', 1, password_hash, theme, 1
             FROM users WHERE email_key = '{EMAIL}'"
        ));
    }

    /// Somebody for things to be done to, and invites.
    fn people(&mut self, whom: &Whom, name: &str) {
        self.person(&whom.0["user"], name);
        // The hash of a secret that nobody knows.
        let hash = "0".repeat(64);
        self.run(&whom.fill(&format!(
            "INSERT INTO api_keys (id, project_id, organization_id, name, name_key, prefix, secret_hash, roles, scope,
                 created_at, revision)
             VALUES ('{{key}}', '{{project}}', '{{organization}}', 'taken', 'taken', '{{key}}', '{hash}',
                 '[\"ProjectViewer\"]', '{{}}', 1, 1)",
        )));
        self.run(&whom.fill(
            "INSERT INTO service_accounts (id, organization_id, name, name_key, client_id, secret_hash, role, created_at,
                 updated_at)
             VALUES ('{account}', '{organization}', 'taken', 'taken', '{account}', '00', 'member', 1, 1)",
        ));
        for (word, of_project, role) in
            [("invite", "'{project}'", "user"), ("organization-invite", "NULL", "member")]
        {
            self.run(&whom.fill(&format!(
                "INSERT INTO invites (id, organization_id, project_id, role, email, email_key, invited_by, created_at,
                     expires_at, sent_at, resends_since)
                 SELECT '{{{word}}}', '{{organization}}', {of_project}, '{role}', 'new@example.com', 'new@example.com', id,
                     1, 9999999999999, 1, 1
                 FROM users WHERE email_key = '{EMAIL}'"
            )));
        }
    }

    fn run(&mut self, sql: &str) {
        let sql = AssertSqlSafe(sql.to_owned());
        self.database.block_on(self.connection.execute(sql)).expect("a change");
    }

    fn one(&mut self, sql: &str) -> String {
        let sql = AssertSqlSafe(sql.to_owned());
        self.database.block_on(self.connection.fetch_one(sql)).expect("a row").get(0)
    }

    /// How often the server asked the database so far.
    pub fn uses(&self) -> u64 {
        let page = self.stranger().get("/metrics").body;
        let line = page.lines().find_map(|line| line.strip_prefix("conifer_db_uses_total "));
        line.expect("a number").parse().expect("a number")
    }

    /// Fills Ada's organization with so many projects, members and invites, and ten times as many entries.
    pub fn crowd(&mut self, people: usize) {
        let founder = self.one("SELECT user_id FROM installation");
        let whom = self.whom.with("founder", &founder).with("members", &people.to_string());
        let whom = whom.with("projects", &people.to_string()).with("entries", &(10 * people).to_string());
        for sql in CROWD.split(";\n").filter(|sql| !sql.trim().is_empty()) {
            self.run(&whom.fill(sql));
        }
    }

    /// Makes Bob these, and somebody else a member for things to be done to.
    pub fn put(&mut self, organization: Option<OrganizationRole>, project: Option<ProjectRole>) {
        let (whom, bob) = (self.whom.clone(), self.bob_id.clone());
        self.files(&whom);
        self.run("UPDATE sessions SET viewing = NULL");
        self.run("UPDATE invites SET revoked_at = NULL, resends = 0, sent_at = 1");
        self.place(&whom, &bob, organization, project);
        self.place(&whom, "{user}", Some(OrganizationRole::Member), Some(ProjectRole::User));
    }

    /// An import that is over, and a file that waits; both of a server that there is not.
    fn files(&mut self, whom: &Whom) {
        for sql in [
            "INSERT INTO imports (id, index_id, node_id, uri, on_error, state, files, bytes, created_at)
             VALUES ('{import}', '{index}', 'none', 'upload:///a.csv', 'abort', 'completed', '[]', 0, 1)
             ON CONFLICT (id) DO NOTHING",
            "INSERT INTO uploads (id, index_id, node_id, name, format, bytes, created_at, touched_at)
             VALUES ('{upload}', '{index}', 'none', 'a.csv', 'csv', 1, 1, 1) ON CONFLICT (id) DO NOTHING",
        ] {
            self.run(&whom.fill(sql));
        }
    }

    fn place(
        &mut self,
        whom: &Whom,
        id: &str,
        organization: Option<OrganizationRole>,
        project: Option<ProjectRole>,
    ) {
        let mut run = |sql: String| self.run(&whom.fill(&sql));
        run(format!(
            "DELETE FROM organization_members WHERE organization_id = '{{organization}}' AND user_id = '{id}'"
        ));
        if let Some(role) = organization.map(OrganizationRole::as_str) {
            run(format!("INSERT INTO organization_members VALUES ('{{organization}}', '{id}', '{role}', 1)"));
        }
        if let Some(role) = project.map(ProjectRole::as_str) {
            run(format!(
                "INSERT INTO project_members (project_id, organization_id, user_id, role, created_at)
                 VALUES ('{{project}}', '{{organization}}', '{id}', '{role}', 1)"
            ));
        }
    }

    pub fn bob_asks(&self, operation: Operation, whom: &Whom) -> Answer {
        self.ask(&mut self.bob.clone(), operation, whom)
    }

    /// The same words for things of an organization that Bob has nothing to do with.
    pub fn of_others(&mut self) -> Whom {
        let others = Whom::of(Uuid::now_v7().to_string(), Uuid::now_v7().to_string());
        for sql in [
            "INSERT INTO organizations (id, name, created_at) VALUES ('{organization}', 'Other', 1)",
            "INSERT INTO projects (id, organization_id, name, name_key, created_at)
             VALUES ('{project}', '{organization}', 'Other', 'other', 1)",
        ] {
            self.run(&others.fill(sql));
        }
        self.people(&others, "eve");
        self.place(&others, "{user}", Some(OrganizationRole::Member), Some(ProjectRole::User));
        others
    }

    pub fn bob(&self) -> Browser {
        self.bob.clone()
    }

    pub fn stranger(&self) -> Browser {
        self.server.browser()
    }

    /// Whoever is told that the server is busy comes again, as on a machine whose disk others keep busy.
    pub fn ask(&self, browser: &mut Browser, operation: Operation, whom: &Whom) -> Answer {
        const TRIES: usize = 3;
        let path = whom.fill(operation.path);
        let mut ask = || match operation.form {
            Some(form) => browser.send("POST", &path, &[("accept", "application/json")], &whom.fill(form)),
            None => browser.send("GET", &path, &[("accept", "text/html")], ""),
        };
        let mut answer = ask();
        for _ in 1..TRIES {
            if answer.status != 503 || answer.header("retry-after").is_empty() {
                break;
            }
            answer = ask();
        }
        answer
    }

    /// An answer without what differs between any two, such as the order in which what a page loads arrived.
    pub fn told(&self, answer: &Answer, whom: &Whom) -> (u16, Vec<(String, String)>, String) {
        let id = answer.header("x-request-id");
        let policy = answer.header("content-security-policy");
        let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap_or("-");
        let plain = |text: &str| whom.unfill(&text.replace(nonce, "NONCE").replace(id, "REQUEST"));
        let headers = answer.headers.iter().filter(|(name, _)| *name != "date");
        let headers = headers.map(|(name, value)| (name.to_string(), plain(value.to_str().expect("text"))));
        let body = plain(&answer.body).replace("</script><script nonce=\"NONCE\">", "");
        let mut parts: Vec<_> = body.split_inclusive(';').collect();
        parts.sort();
        (answer.status, headers.collect(), parts.concat())
    }
}
