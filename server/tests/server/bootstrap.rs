//! Setting up without a browser.

use crate::{
    database::Database,
    on_both_databases,
    process::{EMAIL, PASSWORD, Server, conifer, run, text},
};
use std::{path::Path, process::Output, thread};

fn bootstrap(data: &Path, database: Option<&Database>, email: &str, project: &str, password: &str) -> Output {
    let mut command = conifer();
    command.args(["bootstrap", "--json", "--password-stdin", "--organization=Acme"]);
    command.arg("--email").arg(email).arg("--project").arg(project).arg("--data").arg(data);
    if let Some(database) = database {
        command.env("CONIFER_DATABASE_URL", &database.url);
    }
    run(&mut command, password)
}

fn ids(output: &Output) -> serde_json::Value {
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let ids: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    for id in ["user_id", "organization_id", "project_id"] {
        assert!(ids[id].as_str().is_some_and(|id| id.len() == 36), "{id} of {ids}");
    }
    ids
}

on_both_databases! {
    fn the_same_again_gives_the_same_ids(database) {
        let data = tempfile::tempdir().expect("a directory");
        let first = ids(&bootstrap(data.path(), database.as_ref(), EMAIL, "Search", PASSWORD));
        let second = ids(&bootstrap(data.path(), database.as_ref(), EMAIL, "Search", PASSWORD));
        assert_eq!(first, second);
        let other = bootstrap(data.path(), database.as_ref(), "eve@example.com", "Search", PASSWORD);
        assert_eq!(other.status.code(), Some(3), "{}", text(&other.stderr));
    }

    fn two_at_once_make_one(database) {
        let data = tempfile::tempdir().expect("a directory");
        let outputs = thread::scope(|scope| {
            let spawn = || scope.spawn(|| bootstrap(data.path(), database.as_ref(), EMAIL, "Search", PASSWORD));
            [spawn(), spawn(), spawn()].map(|run| run.join().expect("no panic"))
        });
        let [first, second, third] = outputs.map(|output| ids(&output));
        assert_eq!(first, second);
        assert_eq!(first, third);
    }
}

#[test]
fn an_api_key_is_printed_once() {
    let data = tempfile::tempdir().expect("a directory");
    let bootstrap = |name: &str| {
        let mut command = conifer();
        command.args(["bootstrap", "--json", "--password-stdin", "--organization=Acme", "--project=Search"]);
        command.arg("--email").arg(EMAIL).arg("--data").arg(data.path()).arg("--api-key").arg(name);
        run(&mut command, PASSWORD)
    };
    let unnamed = bootstrap(" ");
    assert_eq!(unnamed.status.code(), Some(2), "{}", text(&unnamed.stderr));
    let first = ids(&bootstrap("ci"));
    assert!(first["api_key"].as_str().is_some_and(|key| key.starts_with("pcsk_")), "{first}");
    assert_eq!(first["api_key_existed"], false);
    let second = ids(&bootstrap("ci"));
    assert_eq!((&second["api_key"], &second["api_key_existed"]), (&serde_json::Value::Null, &true.into()));
    assert_eq!(first["project_id"], second["project_id"]);
}

#[test]
fn a_service_account_is_printed_once() {
    let data = tempfile::tempdir().expect("a directory");
    let bootstrap = |name: &str| {
        let mut command = conifer();
        command.args(["bootstrap", "--json", "--password-stdin", "--organization=Acme", "--project=Search"]);
        command.arg("--email").arg(EMAIL).arg("--data").arg(data.path()).arg("--service-account").arg(name);
        run(&mut command, PASSWORD)
    };
    assert_eq!(bootstrap(" ").status.code(), Some(2));
    let first = ids(&bootstrap("ci"));
    assert!(first["client_secret"].as_str().is_some_and(|secret| secret.starts_with("cfsa_")), "{first}");
    assert_eq!(first["client_id"].as_str().map(str::len), Some(32), "{first}");
    assert_eq!(first["service_account_existed"], false);
    let second = ids(&bootstrap("ci"));
    let existed = (&second["client_secret"], &second["service_account_existed"]);
    assert_eq!(existed, (&serde_json::Value::Null, &true.into()));
}

#[test]
fn weak_passwords_and_wrong_names_are_wrong_settings() {
    let data = tempfile::tempdir().expect("a directory");
    for (email, project, password, field) in [
        (EMAIL, "Search", "short", "Password"),
        (EMAIL, "Search", "", "Password"),
        (EMAIL, " ", PASSWORD, "Project name"),
        ("ada", "Search", PASSWORD, "E-mail"),
    ] {
        let output = bootstrap(data.path(), None, email, project, password);
        assert_eq!(output.status.code(), Some(2), "{field}: {}", text(&output.stderr));
        assert!(text(&output.stderr).contains(field), "{}", text(&output.stderr));
    }
}

#[test]
fn the_password_is_the_line_without_its_end() {
    let data = tempfile::tempdir().expect("a directory");
    ids(&bootstrap(data.path(), None, EMAIL, "Search", &format!("{PASSWORD}\n")));
    let server = Server::spawn(None, |command| command.arg("--data").arg(data.path()));
    let form = [("email", EMAIL), ("password", PASSWORD)];
    let answer = server.browser().post("/fn/sign-in/password", &form);
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert!(!server.printed().iter().any(|line| line.contains("Set up")), "{:?}", server.printed());
}
