//! Stopping finishes what is in flight.

use crate::{
    browser::read_to_end,
    process::{EMAIL, PASSWORD, Server},
};
use std::{
    io::Write,
    net::TcpStream,
    os::unix::process::ExitStatusExt,
    thread,
    time::{Duration, Instant},
};

/// Sends the head of a sign-in and holds back its body.
fn slow_sign_in(server: &Server, body: &str) -> TcpStream {
    let browser = server.browser();
    let mut stream = browser.connect();
    let head = format!(
        "POST /fn/sign-in/password HTTP/1.1\r\nhost: {}\r\naccept: application/json\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
        browser.authority(),
        body.len()
    );
    stream.write_all(head.as_bytes()).expect("sent");
    thread::sleep(Duration::from_millis(300));
    stream
}

#[test]
fn a_slow_request_is_finished_before_the_end() {
    let mut server = Server::start();
    server.set_up();
    let body = crate::browser::encode(&[("email", EMAIL), ("password", PASSWORD)]);
    let mut stream = slow_sign_in(&server, &body);
    server.signal("-TERM");
    thread::sleep(Duration::from_millis(300));
    assert!(TcpStream::connect(server.browser().authority()).is_err(), "nothing new is taken");
    stream.write_all(body.as_bytes()).expect("sent");
    let answer = read_to_end(&mut stream);
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    let status = server.wait();
    assert_eq!(status.code(), Some(0), "{status:?} {}", server.log());
    assert!(server.log().contains("stopped"), "{}", server.log());
}

#[test]
fn what_outlasts_the_grace_period_is_cut_off() {
    let mut server = Server::spawn(None, |command| command.arg("--shutdown-grace-s=1"));
    let _held = slow_sign_in(&server, "x");
    let begun = Instant::now();
    server.signal("-INT");
    assert_eq!(server.wait().code(), Some(0), "{}", server.log());
    assert!((1..15).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
}

/// Browsers open spare connections and keep them.
#[test]
fn a_silent_connection_does_not_delay_the_end() {
    let mut server = Server::start();
    let _silent = server.browser().connect();
    let mut kept = server.browser().connect();
    let request = format!("GET /healthz HTTP/1.1\r\nhost: {}\r\n\r\n", server.browser().authority());
    kept.write_all(request.as_bytes()).expect("sent");
    thread::sleep(Duration::from_millis(300));
    let begun = Instant::now();
    server.signal("-TERM");
    assert_eq!(server.wait().code(), Some(0), "{}", server.log());
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

/// Clients of gRPC that wait for nothing hear of the end only when they next look.
#[test]
fn a_client_that_answers_no_farewell_does_not_delay_the_end() {
    let mut server = Server::start();
    let mut idle = server.browser().connect();
    let (preface, settings) = (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [0, 0, 0, 4, 0, 0, 0, 0, 0]);
    idle.write_all(&[preface.as_slice(), settings.as_slice()].concat()).expect("sent");
    thread::sleep(Duration::from_millis(300));
    let begun = Instant::now();
    server.signal("-TERM");
    assert_eq!(server.wait().code(), Some(0), "{}", server.log());
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[test]
fn a_second_signal_ends_at_once() {
    let mut server = Server::start();
    let _held = slow_sign_in(&server, "x");
    let begun = Instant::now();
    server.signal("-INT");
    thread::sleep(Duration::from_millis(300));
    server.signal("-INT");
    let status = server.wait();
    assert_eq!(status.code(), Some(130), "{:?}", status.signal());
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
}

/// A load balancer on an open connection learns that it must look elsewhere.
#[test]
fn a_stopping_server_is_not_ready() {
    let mut server = Server::start();
    let _held = slow_sign_in(&server, "x");
    let browser = server.browser();
    let mut probe = browser.connect();
    let head = format!("GET /readyz HTTP/1.1\r\nhost: {}\r\n", browser.authority());
    // Half a request keeps the connection open until the other half comes.
    probe.write_all(head.as_bytes()).expect("sent");
    thread::sleep(Duration::from_millis(300));
    server.signal("-TERM");
    thread::sleep(Duration::from_millis(300));
    probe.write_all(b"\r\n").expect("sent");
    let answer = read_to_end(&mut probe);
    assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
    server.signal("-TERM");
    server.wait();
}
