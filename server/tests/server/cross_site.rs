//! Other sites cannot make a signed-in browser change anything.

use crate::process::{EMAIL, PASSWORD, Server};

fn sign_in_from(server: &Server, headers: &[(&str, &str)]) -> u16 {
    let body = crate::browser::encode(&[("email", EMAIL), ("password", PASSWORD)]);
    server.browser().send("POST", "/fn/sign-in/password", headers, &body).status
}

#[test]
fn requests_made_by_other_sites_are_refused() {
    let mut server = Server::start();
    server.set_up();
    let own = server.console.clone();
    for headers in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "cross-site"), ("accept", "text/html")],
    ] {
        assert_eq!(sign_in_from(&server, headers), 403, "{headers:?}");
    }
    for headers in [&[][..], &[("sec-fetch-site", "same-origin")], &[("origin", own.as_str())]] {
        assert_eq!(sign_in_from(&server, headers), 200, "{headers:?}");
    }
}

/// A page of another site can send this without asking first.
#[test]
fn json_disguised_as_text_is_refused() {
    let mut server = Server::start();
    let mut browser = server.set_up();
    let headers = [("content-type", "text/plain"), ("origin", "https://evil.example")];
    let answer = browser.send("POST", "/fn/sign-in/out", &headers, "{\"a\":\"b\"}");
    assert_eq!((answer.status, answer.problem().as_str()), (403, "forbidden"));
    assert_eq!(browser.post("/fn/sessions/list", &[]).status, 200, "still signed in");
}

#[test]
fn functions_answer_to_post_alone() {
    let mut server = Server::start();
    let mut browser = server.set_up();
    for method in ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"] {
        let answer = browser.send(method, "/fn/sign-in/out", &[], "");
        assert_eq!((answer.status, answer.header("allow")), (405, "POST"), "{method}");
    }
    assert_eq!(browser.post("/fn/sessions/list", &[]).status, 200, "still signed in");
    assert_eq!(browser.send("GET", "/fn/nowhere", &[], "").status, 404);
}

/// A foreign page whose name points here would read what this machine alone may read.
#[test]
fn foreign_names_are_not_served() {
    let server = Server::start();
    let mut browser = server.browser();
    let port = server.console.rsplit_once(':').expect("a port").1.to_owned();
    for (host, status) in [
        ("evil.example".to_owned(), 421),
        (format!("evil.example:{port}"), 421),
        (format!("localhost:{port}"), 200),
        (format!("127.0.0.1:{port}"), 200),
    ] {
        let answer = browser
            .raw(format!("GET /metrics HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").as_bytes());
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{host}: {answer}");
    }
    assert_eq!(browser.get("/sign-in").status, 200);
}
