//! A database that goes away is told as such, and nothing of its words reaches anybody.

use crate::{database::Database, process::Server};

#[test]
fn without_its_database_the_server_says_so_and_no_more() {
    let Some(database) = Database::postgres() else { return };
    let url = database.url.clone();
    let mut server = Server::on(Some(database));
    let mut browser = server.set_up();
    assert_eq!(browser.get("/readyz").status, 200);
    server.lose_database();
    assert_eq!(browser.get("/readyz").status, 503);
    let name = url.rsplit_once('/').expect("a name").1.to_owned();
    for (accept, kind) in [("text/html", "text/html"), ("application/json", "application/json")] {
        for (method, path) in [("GET", "/account"), ("POST", "/fn/sessions/list")] {
            let answer = browser.send(method, path, &[("accept", accept)], "");
            assert!(answer.status >= 500, "{method} {path} {answer:?}");
            assert!(answer.header("content-type").starts_with(kind), "{method} {path} {answer:?}");
            let body = answer.body.to_lowercase();
            for word in ["sql", "postgres", "pool", "select", &name] {
                assert!(!body.contains(word), "{method} {path} says {word}: {body}");
            }
        }
    }
    assert_eq!(browser.get("/healthz").status, 200, "the process is alive");
}
