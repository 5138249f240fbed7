//! One line a request, without secrets.

use crate::process::{PASSWORD, Server};

fn requests(server: &Server) -> Vec<serde_json::Value> {
    let lines = server.log();
    let lines = lines.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    lines.filter(|line| line["message"] == "request").collect()
}

#[test]
fn each_request_has_one_line_with_its_id() {
    let mut server = Server::start();
    let mut browser = server.set_up();
    let answer = browser.get("/account?secret=in-the-query");
    let id = answer.header("x-request-id");
    let lines: Vec<_> = requests(&server).into_iter().filter(|line| line["request_id"] == id).collect();
    let [line] = lines.as_slice() else { panic!("{lines:?}") };
    assert_eq!((line["method"].as_str(), line["route"].as_str()), (Some("GET"), Some("/account")));
    assert_eq!(line["status"], 200, "{line}");
    assert!(line["ms"].is_u64() && line["user"].as_str().is_some_and(|id| id.len() == 36), "{line}");
}

#[test]
fn neither_queries_nor_cookies_nor_passwords_are_logged() {
    let mut server = Server::with(&["--log-level=trace"]);
    let mut browser = server.set_up();
    browser.get("/password-reset/new?token=token-in-a-link");
    browser.get("/nowhere/path-of-nothing");
    browser.submit(
        "/fn/sign-in/password",
        "/sign-in?next=from-the-referer",
        &[("email", "x"), ("password", "wr0ng")],
    );
    browser.send("GET", "/account", &[("authorization", "Bearer in-a-header")], "");
    let log = server.log();
    let cookie = browser.cookie.as_deref().and_then(|cookie| cookie.split_once('=')).expect("a cookie").1;
    for secret in
        ["token-in-a-link", "path-of-nothing", "from-the-referer", "wr0ng", "in-a-header", PASSWORD, cookie]
    {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}

#[test]
fn a_stranger_chooses_no_request_id() {
    let server = Server::start();
    let answer = server.browser().send("GET", "/healthz", &[("x-request-id", "mine")], "");
    assert_ne!(answer.header("x-request-id"), "mine");
    let proxied = Server::with(&["--trusted-proxy=127.0.0.1"]);
    let answer = proxied.browser().send("GET", "/healthz", &[("x-request-id", "mine")], "");
    assert_eq!(answer.header("x-request-id"), "mine");
}
