//! What every answer tells the browser.

use crate::process::Server;

fn nonce(policy: &str) -> String {
    let after = policy.split_once("'nonce-").expect("a nonce").1;
    after.split_once('\'').expect("an end").0.to_owned()
}

#[test]
fn every_script_of_a_page_has_the_nonce_of_its_answer_alone() {
    let server = Server::start();
    let [first, second] = [(); 2].map(|()| server.browser().get("/sign-in"));
    let policy = first.header("content-security-policy");
    for part in [
        "default-src 'self'",
        "'strict-dynamic' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(part), "{part}: {policy}");
    }
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
    let nonces = [&first, &second].map(|answer| nonce(answer.header("content-security-policy")));
    assert_ne!(nonces[0], nonces[1]);
    for (answer, nonce) in [first, second].iter().zip(&nonces) {
        assert_eq!(answer.status, 200, "{}", answer.body);
        let scripts: Vec<_> = answer.body.split("<script").skip(1).collect();
        assert!(!scripts.is_empty(), "{}", answer.body);
        for script in scripts {
            let tag = script.split('>').next().unwrap_or_default();
            assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "<script{tag}>");
        }
        assert!(!answer.body.contains(" style="), "an inline style that the policy refuses");
    }
}

#[test]
fn every_answer_is_guarded() {
    let server = Server::start();
    let mut browser = server.browser();
    for (method, path) in [
        ("GET", "/"),
        ("GET", "/sign-in"),
        ("GET", "/nowhere"),
        ("GET", "/healthz"),
        ("GET", "/assets/0000000000000000/conifer.js"),
        ("GET", "/fn/sign-in/password"),
        ("POST", "/fn/nowhere"),
        ("POST", "/fn/sign-in/password"),
    ] {
        let answer = browser.send(method, path, &[], "");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(answer.header(name), value, "{method} {path} {name}");
        }
        assert!(!answer.header("content-security-policy").is_empty(), "{method} {path}");
        assert!(!answer.header("permissions-policy").is_empty(), "{method} {path}");
        assert_eq!(answer.header("strict-transport-security"), "", "{method} {path}: this is no TLS");
        assert_eq!(answer.header("x-request-id").len(), 36, "{method} {path}");
    }
}

#[test]
fn with_tls_in_front_cookies_are_secure_and_bound_to_the_host() {
    let mut server = Server::with(&["--public-url=https://conifer.example.com"]);
    let token = server.set_up_token();
    server.console = format!("http://{}", listening(&server));
    let answer = server.browser().post("/fn/setup/found", &crate::process::founding(&token));
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-conifer="), "{cookie} {}", answer.body);
    for part in ["; HttpOnly", "; Secure", "; SameSite=Lax", "; Path=/"] {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
    assert!(!answer.header("strict-transport-security").is_empty());
}

#[test]
fn the_cookie_of_plain_http_is_for_servers_alone() {
    let mut server = Server::start();
    let token = server.set_up_token();
    let answer = server.browser().post("/fn/setup/found", &crate::process::founding(&token));
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("conifer="), "{cookie} {}", answer.body);
    for part in ["; HttpOnly", "; SameSite=Lax", "; Path=/"] {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
}

/// Where the console really listens when its public address is another: from the log.
pub fn listening(server: &Server) -> String {
    let log = server.log();
    let line = log.lines().find(|line| line.contains("console listens")).expect("a line");
    let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
    line["address"].as_str().expect("an address").to_owned()
}

#[test]
fn a_removed_secure_cookie_is_removed_by_a_secure_cookie() {
    let mut server = Server::with(&["--public-url=https://conifer.example.com"]);
    server.console = format!("http://{}", listening(&server));
    let mut browser = server.set_up();
    let answer = browser.post("/fn/sign-in/out", &[]);
    let removal = answer.headers.get_all("set-cookie").iter().filter_map(|set| set.to_str().ok());
    let removal = removal.filter(|set| set.starts_with("__Host-conifer=;")).collect::<Vec<_>>();
    assert!(removal.iter().all(|set| set.contains("; Secure") && set.contains("; Path=/")), "{removal:?}");
    assert_eq!(removal.len(), 1, "{answer:?}");
}
