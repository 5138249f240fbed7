//! What is wrong is refused at start, with what is allowed.

use crate::process::{Server, conifer, run, text};
use std::process::Output;

fn refused(args: &[&str], environment: &[(&str, &str)]) -> String {
    let data = tempfile::tempdir().expect("a directory");
    let mut command = conifer();
    let output = run(command.args(args).current_dir(data.path()).envs(environment.iter().copied()), "");
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{args:?} {environment:?}: {said}{}", text(&output.stdout));
    said
}

fn done(args: &[&str]) -> Output {
    let output = run(conifer().args(args), "");
    assert!(output.status.success(), "{args:?}: {}", text(&output.stderr));
    output
}

#[test]
fn wrong_settings_are_refused_with_what_is_allowed() {
    for (args, environment, allowed) in [
        (&["serve", "--consol-listen=127.0.0.1:0"][..], &[][..], "--console-listen"),
        (&["serve", "--console-listen=8080"], &[], "--console-listen"),
        (&["serve", "--index-ports=5180-5081"], &[], "after the last"),
        (&["serve", "--index-ports=many"], &[], "FIRST-LAST"),
        (&["serve", "--index-ports=8000-9000"], &[], "--console-listen"),
        (&["serve", "--api-listen=127.0.0.1:8080"], &[], "its own port"),
        (&["serve", "--public-url=conifer.example.com"], &[], "http(s)://host"),
        (&["serve", "--public-url=https://example.com/conifer"], &[], "path"),
        (&["serve", "--sign-up=everybody"], &[], "invited"),
        (&["serve", "--log-format=xml"], &[], "human"),
        (&["serve", "--trusted-proxy=proxy"], &[], "--trusted-proxy"),
        (&["serve", "--shutdown-grace-s=99999"], &[], "3600"),
        (&["serve", "--database-url=mysql://db/conifer"], &[], "postgres://"),
        (&["serve", "--smtp-url=mail.example.com"], &[], "smtps://"),
        (&["serve", "--mail-from=nobody"], &[], "conifer@example.com"),
        (&["serve", "--data=/dev/null/data"], &[], "--data"),
        (&["serve"], &[("CONIFER_PUBLIC_ULR", "https://example.com")], "CONIFER_PUBLIC_URL"),
        (&["serve"], &[("CONIFER_SIGN_UP", "everybody")], "open"),
        (&["serve"], &[("CONIFER_INDEX_PORTS", "1-2")], "1024"),
        (&["srve"], &[], "serve"),
        (&["bootstrap", "--email=ada@example.com"], &[], "--organization"),
    ] {
        let said = refused(args, environment);
        assert!(said.contains(allowed), "{args:?} {environment:?} should name {allowed}: {said}");
    }
}

#[test]
fn a_port_in_use_is_named() {
    let server = Server::start();
    let taken = server.console.trim_start_matches("http://");
    let said = refused(&["serve", &format!("--console-listen={taken}"), "--api-listen=127.0.0.1:0"], &[]);
    assert!(said.contains(taken) && said.contains("in use"), "{said}");
}

#[test]
fn help_is_the_reference_and_shows_no_secret() {
    let help = run(conifer().args(["serve", "--help"]).env("CONIFER_SMTP_URL", "smtp://ada:s3cret@mail"), "");
    let help = text(&help.stdout);
    assert!(!help.contains("s3cret"), "{help}");
    for flag in [
        "--data",
        "--database-url",
        "--console-listen",
        "--api-listen",
        "--index-ports",
        "--public-url",
        "--smtp-url",
        "--mail-from",
        "--sign-up",
        "--metrics-token",
        "--log-format",
        "--log-level",
        "--trusted-proxy",
        "--shutdown-grace-s",
    ] {
        let twin = format!("CONIFER_{}", flag[2..].replace('-', "_").to_uppercase());
        assert!(help.contains(flag) && help.contains(&twin), "{flag} {twin}\n{help}");
    }
}

#[test]
fn the_version_is_told() {
    let version = text(&done(&["--version"]).stdout);
    assert_eq!(version.trim(), format!("conifer {}", env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_environment_says_the_same_as_flags() {
    let mut server = Server::spawn(None, |command| {
        command.env("CONIFER_PUBLIC_URL", "http://conifer.example.com").env("CONIFER_SIGN_UP", "open")
    });
    assert!(server.line("Set up Conifer once at: ").starts_with("http://conifer.example.com/setup?token="));
    assert_eq!(server.console, "http://conifer.example.com");
}

#[test]
fn migrate_says_what_it_did() {
    let data = tempfile::tempdir().expect("a directory");
    let data = data.path().to_str().expect("text");
    let first = text(&done(&["migrate", "--data", data]).stdout);
    assert!(first.contains("accounts"), "{first}");
    let second = text(&done(&["migrate", "--data", data]).stdout);
    assert!(second.contains("up to date") && !second.contains("accounts"), "{second}");
}

#[test]
fn the_outbox_is_listed_and_shown() {
    let mut server = Server::start();
    server.set_up();
    let answer = server.browser().post("/fn/password-reset/request", &[("email", crate::process::EMAIL)]);
    assert_eq!(answer.status, 200, "{}", answer.body);
    let data = server.data().to_str().expect("text");
    let begun = std::time::Instant::now();
    let line = loop {
        let list = text(&done(&["outbox", "--data", data]).stdout);
        if let Some(line) = list.lines().find(|line| line.contains(crate::process::EMAIL)) {
            break line.to_owned();
        }
        assert!(begun.elapsed().as_secs() < 20, "{list}");
        std::thread::sleep(std::time::Duration::from_millis(50));
    };
    let id = line.split_whitespace().next().expect("an id");
    let mail = text(&done(&["outbox", "show", id, "--data", data]).stdout);
    assert!(mail.contains(&format!("{}/password-reset/", server.console)), "{mail}");
    let unknown = run(conifer().args(["outbox", "show", "nothing", "--data", data]), "");
    assert_eq!(unknown.status.code(), Some(1), "{}", text(&unknown.stderr));
}
