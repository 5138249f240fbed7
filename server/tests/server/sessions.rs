//! Sessions over HTTP: what ended stays ended.

use crate::{
    browser::{Browser, read_to_end},
    on_both_databases,
    process::{EMAIL, PASSWORD, Server},
};
use std::{io::Write, net::TcpStream, thread, time::Duration};

/// Sends the head of a request that changes its session, and holds back the body.
fn begin_two_factor(browser: &Browser) -> TcpStream {
    let head = format!(
        "POST /fn/two-factor/start HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\naccept: application/json\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: 1\r\nconnection: close\r\n\r\n",
        browser.authority(),
        browser.cookie.as_deref().expect("signed in")
    );
    let mut stream = browser.connect();
    stream.write_all(head.as_bytes()).expect("sent");
    stream
}

/// The server has read the session when it begins to wait for the body.
fn until_the_session_was_read() {
    thread::sleep(Duration::from_millis(500));
}

fn finish(mut stream: TcpStream) -> String {
    stream.write_all(b"&").expect("sent");
    read_to_end(&mut stream)
}

fn is_signed_in(browser: &Browser) -> bool {
    match browser.clone().post("/fn/sessions/list", &[]).status {
        200 => true,
        401 => false,
        status => panic!("{status}"),
    }
}

on_both_databases! {
    fn a_request_in_flight_at_sign_out_cannot_revive_the_session(database) {
        let mut server = Server::on(database);
        let browser = server.set_up();
        let unhurt = finish(begin_two_factor(&browser));
        assert!(unhurt.starts_with("HTTP/1.1 200 ") && unhurt.contains("otpauth"), "{unhurt}");

        let in_flight = begin_two_factor(&browser);
        until_the_session_was_read();
        assert_eq!(browser.clone().post("/fn/sign-in/out", &[]).status, 200);
        let answer = finish(in_flight);
        assert!(!is_signed_in(&browser), "revived: {answer}");
        if let Some(set) = answer.lines().find(|line| line.to_lowercase().starts_with("set-cookie: conifer=")) {
            let cookie = set["set-cookie: ".len()..].split(';').next().unwrap_or_default().to_owned();
            let mut revived = browser.clone();
            revived.cookie = Some(cookie);
            assert!(!is_signed_in(&revived), "revived under another id: {answer}");
        }
    }

    fn a_session_ended_from_elsewhere_is_out_at_its_next_request(database) {
        let mut server = Server::on(database);
        let first = server.set_up();
        let mut second = server.browser();
        second.post("/fn/sign-in/password", &[("email", EMAIL), ("password", PASSWORD)]);
        assert!(is_signed_in(&first) && is_signed_in(&second));
        assert_eq!(second.post("/fn/sessions/end-others", &[]).status, 200);
        assert!(!is_signed_in(&first) && is_signed_in(&second));
        let page = first.clone().get("/account");
        assert_eq!((page.status, page.header("location")), (303, "/sign-in?next=%2Faccount"));
    }

    fn signing_in_gives_a_new_cookie_and_the_old_one_dies(database) {
        let mut server = Server::on(database);
        let mut browser = server.set_up();
        let before = browser.clone();
        browser.post("/fn/sign-in/password", &[("email", EMAIL), ("password", PASSWORD)]);
        assert_ne!(before.cookie, browser.cookie);
        assert!(is_signed_in(&browser));
        assert!(!is_signed_in(&before));
    }
}

#[test]
fn a_made_up_cookie_signs_nobody_in() {
    let mut server = Server::start();
    server.set_up();
    for cookie in
        ["conifer=AAAAAAAAAAAAAAAAAAAAAA", "conifer=", "conifer=%00", "conifer=\u{e4}", "conifer=a=b;;;"]
    {
        let mut browser = server.browser();
        browser.cookie = Some(cookie.into());
        assert_eq!(browser.post("/fn/sessions/list", &[]).status, 401, "{cookie}");
    }
}
