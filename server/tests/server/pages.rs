//! Pages as somebody without scripts gets them.

use crate::process::Server;

#[test]
fn private_pages_send_strangers_to_sign_in_and_back() {
    let server = Server::start();
    let mut browser = server.browser();
    for (path, location) in [
        ("/", "/sign-in"),
        ("/account", "/sign-in?next=%2Faccount"),
        ("/account/sessions?a=b&c=d", "/sign-in?next=%2Faccount%2Fsessions%3Fa%3Db%26c%3Dd"),
    ] {
        let answer = browser.get(path);
        assert_eq!((answer.status, answer.header("location")), (303, location), "{path}");
    }
}

#[test]
fn a_page_that_does_not_exist_says_so() {
    let mut server = Server::start();
    let mut owner = server.set_up();
    for browser in [&mut owner, &mut server.browser()] {
        for path in ["/nowhere", "/account/nowhere", "/assets", "/%00", "/..%2f..%2fetc%2fpasswd"] {
            let answer = browser.send("GET", path, &[("accept", "text/html")], "");
            assert_eq!(answer.status, 404, "{path}");
            assert!(answer.header("content-type").starts_with("text/html"), "{path} {answer:?}");
            assert!(answer.body.to_lowercase().contains("not found"), "{path} {}", answer.body);
        }
    }
}

#[test]
fn head_is_get_without_the_body() {
    let server = Server::start();
    for (path, status) in [("/sign-in", 200), ("/nowhere", 404), ("/", 303), ("/healthz", 200)] {
        let answer = server.browser().send("HEAD", path, &[], "");
        assert_eq!((answer.status, answer.body.as_str()), (status, ""), "{path}");
    }
}

#[test]
fn pages_answer_to_get_alone() {
    let server = Server::start();
    for method in ["POST", "PUT", "DELETE"] {
        assert_eq!(server.browser().send(method, "/sign-in", &[], "").status, 405, "{method}");
    }
}
