//! Pages of a development build load again after a restart; nobody else's do.

use crate::process::Server;
use std::{
    io::Write,
    time::{Duration, Instant},
};

#[test]
fn only_when_asked_for() {
    let reloading = Server::spawn(None, |command| command.env("CONIFER_DEV_RELOAD", "1"));
    let plain = Server::start();
    let has_script = |server: &Server| server.browser().get("/sign-in").body.contains("/dev/reload");
    assert!(!has_script(&plain));
    assert_eq!(has_script(&reloading), cfg!(debug_assertions));
}

#[test]
fn a_waiting_page_learns_that_the_server_stops() {
    let mut server = Server::spawn(None, |command| command.env("CONIFER_DEV_RELOAD", "1"));
    let browser = server.browser();
    let mut stream = browser.connect();
    let request =
        format!("GET /dev/reload HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", browser.authority());
    stream.write_all(request.as_bytes()).expect("sent");
    std::thread::sleep(Duration::from_millis(300));
    let begun = Instant::now();
    server.signal("-TERM");
    let answer = crate::browser::read_to_end(&mut stream);
    let expected = if cfg!(debug_assertions) { "HTTP/1.1 204 " } else { "HTTP/1.1 404 " };
    assert!(answer.starts_with(expected), "{answer}");
    server.wait();
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
}
