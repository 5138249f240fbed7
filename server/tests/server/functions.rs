//! Server functions answer nonsense with a problem: never 500, never a word of what happened inside.

use crate::{
    browser::{Answer, Browser},
    process::Server,
};
use std::collections::BTreeSet;

/// The functions as the server itself lists them when it starts.
fn paths(server: &Server) -> BTreeSet<String> {
    let log = server.log();
    let line = log.lines().find(|line| line.contains("server functions")).expect("a line in the log");
    let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
    let paths = line["paths"].as_str().expect("paths");
    paths.split(' ').map(String::from).collect()
}

fn garbage() -> Vec<(&'static str, Vec<u8>)> {
    let form = "application/x-www-form-urlencoded";
    vec![
        (form, b"".to_vec()),
        (form, b"%".to_vec()),
        (form, b"=&=&=".to_vec()),
        (form, b"\xff\xfe\x00".to_vec()),
        (form, b"token=%00&email=%00&password=%00&name=%00&id=%00&code=%00&theme=%00".to_vec()),
        (form, b"id=1&id=2&id=3&token=a&token=b".to_vec()),
        (form, b"id[]=1&id[0][a]=2&theme[x]=dark".to_vec()),
        (form, b"id='%20OR%201=1--&email='%20OR%201=1--&token=';DROP TABLE users;--&code=1".to_vec()),
        (form, vec![b'a'; 60 * 1024]),
        ("application/json", b"{\"email\":1}".to_vec()),
        ("text/plain", b"[]".to_vec()),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n".to_vec()),
    ]
}

fn raw(browser: &Browser, path: &str, kind: &str, accept: &str, body: &[u8]) -> (u16, String) {
    let cookie = browser.cookie.as_deref().unwrap_or("conifer=nonsense");
    let mut request = format!(
        "POST {path} HTTP/1.1\r\nhost: {}\r\ncontent-type: {kind}\r\naccept: {accept}\r\ncookie: {cookie}\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n",
        browser.authority(),
        body.len()
    )
    .into_bytes();
    request.extend_from_slice(body);
    let answer = browser.raw(&request);
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    (status, answer)
}

fn assert_discreet(answer: &str, what: &str) {
    // Random text may spell anything.
    let random = ["content-security-policy", "x-request-id", "set-cookie"];
    let fixed = answer.lines().filter(|line| !random.iter().any(|name| line.starts_with(name)));
    let lower = fixed.collect::<Vec<_>>().join("\n").to_lowercase();
    for word in [
        "sqlx",
        "sqlite",
        "postgres",
        "select ",
        "insert ",
        "panicked",
        "src/",
        ".rs:",
        "backtrace",
        "serde",
        "missing field",
    ] {
        assert!(!lower.contains(word), "{what} says {word:?}: {answer}");
    }
}

#[test]
fn garbage_never_makes_a_failure() {
    let mut server = Server::with(&["--sign-up=open", "--log-level=debug"]);
    let signed_in = server.set_up();
    let strangers = server.browser();
    let paths = paths(&server);
    assert!(paths.len() > 20, "{paths:?}");
    // Last, because garbage is enough for it: it takes no arguments.
    let (out, others): (Vec<_>, Vec<_>) = paths.iter().partition(|path| path.contains("/out"));
    for path in others.into_iter().chain(out) {
        for (kind, body) in garbage() {
            for browser in [&signed_in, &strangers] {
                let (status, answer) = raw(browser, path, kind, "application/json", &body);
                assert!(status < 500, "{path} {kind}: {answer}");
                assert_discreet(&answer, path);
            }
        }
    }
}

#[test]
fn arguments_that_cannot_be_read_are_a_bad_request() {
    let server = Server::start();
    let mut browser = server.browser();
    for (path, body) in [
        ("/fn/sign-in/password", ""),
        ("/fn/sign-in/password", "email=ada"),
        ("/fn/sign-in/password", "%"),
        ("/fn/theme/set", "theme=pink"),
        ("/fn/setup/found", "token=x"),
    ] {
        let answer = browser.send("POST", path, &[("accept", "application/json")], body);
        assert_eq!(
            (answer.status, answer.problem().as_str()),
            (400, "bad-request"),
            "{path} {body}: {answer:?}"
        );
    }
}

#[test]
fn a_failing_function_answers_its_own_status() {
    let mut server = Server::start();
    let mut browser = server.browser();
    let sign_in = |browser: &mut Browser, password| -> Answer {
        browser.post("/fn/sign-in/password", &[("email", "eve@example.com"), ("password", password)])
    };
    let is = |answer: &Answer| (answer.status, answer.problem());
    assert_eq!(is(&browser.post("/fn/nowhere", &[])), (404, "not-found".into()));
    assert_eq!(is(&browser.post("/fn/sessions/list", &[])), (401, "signed-out".into()));
    assert_eq!(
        is(&browser.post("/fn/setup/found", &crate::process::founding("x"))),
        (410, "link-dead".into())
    );
    assert_eq!(
        is(&browser.post("/fn/sign-up/request", &[("email", "eve@example.com")])),
        (403, "sign-up-closed".into())
    );
    server.set_up();
    assert_eq!(is(&sign_in(&mut browser, "wrong")), (401, "sign-in-failed".into()));
    let slowed = (0..30).map(|_| sign_in(&mut browser, "wrong")).find(|answer| answer.status == 429);
    let slowed = slowed.expect("tries are slowed down");
    assert!(slowed.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 0), "{slowed:?}");
}
