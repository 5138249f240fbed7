//! Numbers are for this machine or for who has the token.

use crate::{headers::listening, process::Server};

const TOKEN: &str = "a-metrics-token";
const BEARER: (&str, &str) = ("authorization", "Bearer a-metrics-token");

fn status(server: &Server, headers: &[(&str, &str)]) -> u16 {
    server.browser().send("GET", "/metrics", headers, "").status
}

#[test]
fn this_machine_reads_the_numbers() {
    let mut server = Server::start();
    let token = server.set_up_token();
    let mut browser = server.browser();
    browser.get("/sign-in");
    browser.get(&format!("/setup?token={token}"));
    browser.get("/nowhere/at-all");
    browser.post("/fn/sign-in/password", &[("email", "eve@example.com"), ("password", "x")]);
    let page = browser.get("/metrics").body;
    for line in [
        "conifer_http_requests_total{method=\"GET\",route=\"/sign-in\",status=\"200\"} 1",
        "route=\"/fn/sign-in/password\",status=\"401\"} 1",
        "conifer_http_requests_total{method=\"GET\",route=\"unmatched\",status=\"404\"} 1",
        "conifer_http_request_duration_seconds_bucket",
        "conifer_uptime_seconds ",
        "conifer_build_info{version=",
        "conifer_db_connections{state=\"idle\"}",
        "conifer_db_uses_total ",
        "conifer_password_queue 0",
        "conifer_operation_duration_seconds_bucket{operation=\"measure\",outcome=\"done\",le=\"0.00005\"}",
        "conifer_operations{kind=\"write\"} 0",
        "conifer_password_hashes_total ",
    ] {
        assert!(page.contains(line), "{line}\n{page}");
    }
    assert!(!page.contains(&token) && !page.contains("at-all"), "{page}");
}

#[test]
fn behind_a_proxy_the_token_is_needed() {
    let server = Server::spawn(None, |command| {
        command.arg("--trusted-proxy=127.0.0.1").env("CONIFER_METRICS_TOKEN", TOKEN)
    });
    assert_eq!(status(&server, &[]), 404);
    assert_eq!(status(&server, &[("authorization", "Bearer another")]), 404);
    assert_eq!(status(&server, &[("authorization", "Bearer ")]), 404);
    assert_eq!(status(&server, &[BEARER]), 200);
}

#[test]
fn a_console_for_others_gives_its_numbers_for_the_token_only() {
    let mut server = Server::spawn(None, |command| {
        command.arg("--public-url=https://conifer.example").env("CONIFER_METRICS_TOKEN", TOKEN)
    });
    server.console = format!("http://{}", listening(&server));
    assert_eq!(status(&server, &[]), 404);
    assert_eq!(status(&server, &[BEARER]), 200);
}

/// A proxy on this machine that nobody told us of.
#[test]
fn forwarded_requests_are_not_local() {
    let server = Server::start();
    assert_eq!(status(&server, &[]), 200);
    assert_eq!(status(&server, &[("x-forwarded-for", "203.0.113.7")]), 404);
    assert_eq!(status(&server, &[("x-forwarded-for", "203.0.113.7"), BEARER]), 404, "no token is set");
}

#[test]
fn probes_answer_and_the_api_wants_a_key() {
    let server = Server::start();
    assert_eq!(server.browser().get("/healthz").status, 200);
    assert_eq!(server.browser().get("/readyz").status, 200);
    let mut api = crate::browser::Browser::new(&server.api);
    assert_eq!(api.get("/healthz").status, 200);
    assert_eq!(api.get("/openapi.json").status, 200);
    let answer = api.get("/indexes");
    assert_eq!((answer.status, &*answer.body), (401, "No API key: send one in the header Api-Key."));
    let unknown = api.get("/nowhere");
    let body: serde_json::Value = serde_json::from_str(&unknown.body).expect("JSON");
    assert_eq!((unknown.status, &body["error"]["code"]), (404, &"NOT_FOUND".into()));
}
