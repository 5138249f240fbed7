//! Forms without scripts are sent back to a page of ours, whatever the request claims.

use crate::process::{EMAIL, PASSWORD, Server};

fn sent_to(server: &Server, referer: Option<&str>, password: &str) -> (u16, String) {
    let mut headers = vec![("accept", "text/html")];
    headers.extend(referer.map(|referer| ("referer", referer)));
    let body = crate::browser::encode(&[("email", EMAIL), ("password", password)]);
    let answer = server.browser().send("POST", "/fn/sign-in/password", &headers, &body);
    (answer.status, answer.header("location").to_owned())
}

#[test]
fn a_failed_form_returns_to_its_page_with_the_problem() {
    let mut server = Server::start();
    server.set_up();
    let page = format!("{}/sign-in?next=%2Faccount", server.console);
    let (status, location) = sent_to(&server, Some(&page), "wrong");
    assert_eq!(status, 302, "{location}");
    assert!(location.starts_with("/sign-in?"), "{location}");
    for part in ["next=%2Faccount", "__path=%2Ffn%2Fsign-in%2Fpassword", "__err="] {
        assert!(location.contains(part), "{part} in {location}");
    }
}

#[test]
fn a_foreign_referer_leads_home() {
    let mut server = Server::start();
    server.set_up();
    let own = server.console.trim_start_matches("http://").to_owned();
    for referer in [
        None,
        Some("https://evil.example/phish".to_owned()),
        Some(format!("https://{own}.evil.example/phish")),
        Some(format!("http://{own}@evil.example/phish")),
        Some("javascript:alert(1)".to_owned()),
        Some("//evil.example".to_owned()),
    ] {
        let (status, location) = sent_to(&server, referer.as_deref(), "wrong");
        assert_eq!(status, 302, "{referer:?}");
        assert!(
            location.starts_with("/?") && location.contains("__err=") && !location.contains("evil"),
            "{referer:?} {location}"
        );
    }
}

#[test]
fn success_goes_where_it_was_asked_for_within_this_site() {
    let mut server = Server::start();
    server.set_up();
    for (next, location) in [
        ("", "/"),
        ("/account", "/account"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
    ] {
        let form = [("email", EMAIL), ("password", PASSWORD), ("next", next)];
        let answer = server.browser().submit("/fn/sign-in/password", "/sign-in", &form);
        assert_eq!((answer.status, answer.header("location")), (302, location), "{next}");
    }
}
