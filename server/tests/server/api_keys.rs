//! Keys at the API: who has one gets in, until its owner ends it.

use crate::{
    browser::Browser,
    database::{self, Database},
    on_both_databases,
    process::Server,
};
use std::{
    io::Write,
    time::{Duration, Instant},
};

/// A server with its owner, and a key of its project.
struct House {
    server: Server,
    owner: Browser,
    project: String,
    id: String,
    secret: String,
}

impl House {
    fn on(database: Option<Database>) -> Self {
        let mut server = Server::on(database);
        let mut owner = server.set_up();
        let project = database::text(&server.database_url(), "SELECT project_id FROM installation");
        let form =
            [("project_id", &*project), ("name", "Search"), ("rights[roles][ControlPlaneViewer]", "true")];
        let answer = owner.post("/fn/api-keys/create", &form);
        assert_eq!(answer.status, 200, "{answer:?}");
        let told: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
        let text = |name: &str| told[name].as_str().expect("text").to_owned();
        let (id, secret) = (text("id"), text("secret"));
        Self { server, owner, project, id, secret }
    }

    fn delete(&mut self) {
        let form = [("project_id", &*self.project), ("key_id", &*self.id), ("confirm", "Search")];
        let answer = self.owner.post("/fn/api-keys/delete", &form);
        assert_eq!(answer.status, 200, "{answer:?}");
    }
}

/// What a program is told that lists the indexes.
fn ask(api: &str, secret: &str) -> u16 {
    Browser::new(api).send("GET", "/indexes", &[("api-key", secret)], "").status
}

on_both_databases! {
    fn a_deleted_key_is_refused_by_the_next_request(database) {
        let mut house = House::on(database);
        let api = house.server.api.clone();
        assert_eq!(ask(&api, &house.secret), 200);
        assert_eq!(ask(&api, &format!("{}x", house.secret)), 401);
        house.delete();
        assert_eq!(ask(&api, &house.secret), 401);
        assert!(house.server.log().contains("revoked"), "{}", house.server.log());
        assert!(!house.server.log().contains(&house.secret));
    }
}

#[test]
fn what_keys_ask_is_in_the_numbers_of_their_project() {
    let mut house = House::on(None);
    let series = |name: &str, count| {
        format!("conifer_project_{name}_total{{project=\"{}\"}} {count}\n", house.project)
    };
    let lines = [("requests", 3), ("errors", 1), ("read_units", 0), ("write_units", 0)]
        .map(|(name, count)| series(name, count));
    let api = Browser::new(&house.server.api);
    assert_eq!([ask(&house.server.api, &house.secret), ask(&house.server.api, &house.secret)], [200, 200]);
    let missing = api.clone().send("GET", "/indexes/nothing", &[("api-key", &house.secret)], "");
    assert_eq!(missing.status, 404);
    // Whoever looks at usage sees all of it, so it is written down first.
    let place = format!("/projects/{}", house.project);
    let seen = house.owner.post("/fn/usage/look", &[("place", &place), ("days", "1")]);
    assert_eq!(seen.status, 200, "{seen:?}");
    let page = house.server.browser().get("/metrics").body;
    for line in lines {
        assert!(page.contains(&line), "{line}\n{page}");
    }
}

#[test]
fn bytes_are_charged_as_they_come_and_not_as_they_are_announced() {
    let mut house = House::on(None);
    let rights = [("rights[roles][ProjectEditor]", "true"), ("rights[bytes]", "1000")];
    let form = [("project_id", &*house.project), ("key_id", &*house.id)];
    let answer = house.owner.post("/fn/api-keys/set-rights", &[&form[..], &rights[..]].concat());
    assert_eq!(answer.status, 200, "{answer:?}");
    let api = Browser::new(&house.server.api);
    let key = &house.secret;
    // Much is announced and little comes: the key pays for what came.
    let head = format!("POST /indexes HTTP/1.1\r\nhost: x\r\nconnection: close\r\napi-key: {key}\r\n");
    drop(api.connect().write_all(format!("{head}content-length: 999999999999\r\n\r\n{{").as_bytes()));
    assert_eq!(ask(&house.server.api, key), 200);
    // Nothing is announced and much comes.
    let much = " ".repeat(30_000);
    let chunked = format!("{head}transfer-encoding: chunked\r\n\r\n7530\r\n{much}\r\n0\r\n\r\n");
    assert!(api.raw(chunked.as_bytes()).starts_with("HTTP/1.1 400"));
    let refused = Browser::new(&house.server.api).send("GET", "/indexes", &[("api-key", key)], "");
    assert_eq!(refused.status, 429);
    let wait: u64 = refused.header("retry-after").parse().expect("seconds");
    assert!((25..=30).contains(&wait), "{wait}");
}

#[test]
fn a_second_server_on_the_same_database_refuses_it_within_a_second() {
    let Some(database) = Database::postgres() else { return };
    let url = database.url.clone();
    let mut house = House::on(Some(database));
    let second = Server::spawn(None, |command| command.env("CONIFER_DATABASE_URL", &url));
    let secret = house.secret.clone();
    assert_eq!(ask(&second.api, &secret), 200, "{}", second.log());
    house.delete();
    let deleted = Instant::now();
    assert_eq!(ask(&house.server.api, &secret), 401);
    while ask(&second.api, &secret) != 401 {
        assert!(deleted.elapsed() < Duration::from_secs(1), "it still gets in");
    }
}

#[test]
fn a_key_of_the_command_line_gets_in_while_the_server_runs() {
    let mut house = House::on(None);
    let data = house.server.data().to_owned();
    let mut command = crate::process::conifer();
    command.args(["bootstrap", "--json", "--password-stdin", "--organization=Acme", "--project=Search"]);
    command.arg("--email").arg(crate::process::EMAIL).arg("--api-key=ci").arg("--data").arg(data);
    let output = crate::process::run(&mut command, crate::process::PASSWORD);
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let secret = told["api_key"].as_str().expect("a secret").to_owned();
    let made = Instant::now();
    while ask(&house.server.api, &secret) != 200 {
        assert!(made.elapsed() < Duration::from_secs(1), "{}", house.server.log());
    }
    house.delete();
    assert_eq!(ask(&house.server.api, &secret), 200, "another key is not concerned");
}
