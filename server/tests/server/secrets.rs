//! Secrets stay out of the process title, the log and the output.

use crate::process::{Server, conifer, run, text};
use std::fs;

const SECRET: &str = "s3cret-in-a-flag";

#[test]
fn a_secret_flag_leaves_the_process_title_and_still_counts() {
    let token = format!("--metrics-token={SECRET}");
    let server = Server::with(&[
        &token,
        "--smtp-url",
        "smtp://ada:s3cret-in-a-flag@127.0.0.1:1",
        "--trusted-proxy=127.0.0.1",
    ]);
    let title = text(&fs::read(format!("/proc/{}/cmdline", server.pid())).expect("a title"));
    assert!(title.contains("--trusted-proxy") && !title.contains(SECRET), "{title}");
    let bearer = format!("Bearer {SECRET}");
    assert_eq!(server.browser().send("GET", "/metrics", &[("authorization", &bearer)], "").status, 200);
    assert!(!server.log().contains(SECRET), "{}", server.log());
    assert!(!server.printed().concat().contains(SECRET));
}

#[test]
fn refusals_do_not_repeat_secrets() {
    for flag in ["--database-url", "--smtp-url"] {
        let output = run(conifer().args(["serve", flag, &format!("mysql://ada:{SECRET}@db")]), "");
        let said = text(&output.stderr) + &text(&output.stdout);
        assert!(!output.status.success() && said.contains(flag) && !said.contains(SECRET), "{said}");
    }
}

#[test]
fn a_database_that_cannot_be_reached_is_told_without_its_password() {
    let data = tempfile::tempdir().expect("a directory");
    let mut command = conifer();
    command.args(["migrate", "--data"]).arg(data.path());
    let output =
        run(command.env("CONIFER_DATABASE_URL", format!("postgres://ada:{SECRET}@127.0.0.1:1/x")), "");
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("database") && !said.contains(SECRET), "{said}");
}

#[test]
fn a_file_can_hold_a_secret() {
    let data = tempfile::tempdir().expect("a directory");
    let file = data.path().join("token");
    fs::write(&file, format!("{SECRET}\n")).expect("written");
    let server = Server::spawn(None, |command| {
        command.env("CONIFER_METRICS_TOKEN", format!("@{}", file.display())).arg("--trusted-proxy=127.0.0.1")
    });
    let bearer = format!("Bearer {SECRET}");
    assert_eq!(server.browser().send("GET", "/metrics", &[("authorization", &bearer)], "").status, 200);
}
