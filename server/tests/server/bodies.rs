//! Bodies have a limit, whatever length they announce.

use crate::{browser::read_to_end, process::Server};
use std::io::Write;

const TOO_LONG: usize = 64 * 1024 + 1;

#[test]
fn an_announced_body_that_is_too_long_is_refused() {
    let server = Server::start();
    let body = "a".repeat(TOO_LONG);
    let answer = server.browser().send("POST", "/fn/sign-in/password", &[("accept", "*/*")], &body);
    assert_eq!((answer.status, answer.problem().as_str()), (413, "too-large"), "{answer:?}");
    assert_eq!(answer.header("content-type"), "application/json");
}

#[test]
fn a_streamed_body_that_grows_too_long_is_refused() {
    let server = Server::start();
    let mut stream = server.browser().connect();
    let head = format!(
        "POST /fn/sign-in/password HTTP/1.1\r\nhost: {}\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n",
        server.browser().authority()
    );
    stream.write_all(head.as_bytes()).expect("sent");
    let chunk = format!("{:x}\r\n{}\r\n", 8192, "a".repeat(8192));
    for _ in 0..=TOO_LONG / 8192 {
        stream.write_all(chunk.as_bytes()).expect("heard out");
    }
    let answer = read_to_end(&mut stream);
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(answer.contains("too-large"), "{answer}");
}

#[test]
fn a_person_gets_a_page_that_names_the_limit() {
    let server = Server::start();
    let headers = [("accept", "text/html")];
    let answer = server.browser().send("POST", "/fn/sign-in/password", &headers, &"a".repeat(TOO_LONG));
    assert_eq!(answer.status, 413);
    assert!(answer.header("content-type").starts_with("text/html"), "{answer:?}");
    assert!(answer.body.contains("64 KiB"), "{}", answer.body);
}

/// As clients do that look for an answer only once they have sent all.
#[test]
fn whoever_is_refused_at_once_may_finish_and_then_reads_why() {
    const BYTES: usize = 12 << 20;
    let server = Server::start();
    let browser = server.browser();
    for path in ["/fn/sign-in/password", "/indexes/none/uploads/none?offset=0", "/nothing"] {
        let mut stream = browser.connect();
        let head = format!(
            "PUT {path} HTTP/1.1\r\nhost: {}\r\ncontent-length: {BYTES}\r\nconnection: close\r\n\r\n",
            browser.authority()
        );
        stream.write_all(head.as_bytes()).expect("the head is taken");
        for _ in 0..BYTES / 65_536 {
            stream.write_all(&[b'a'; 65_536]).expect("the body is taken");
        }
        let answer = read_to_end(&mut stream);
        assert!(answer.starts_with("HTTP/1.1 4"), "{path}: {answer:.300}");
    }
}
