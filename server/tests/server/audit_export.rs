//! The audit log as a file: whole, or seen not to be.

use crate::{browser::Browser, database, on_both_databases, process::Server};
use std::io::{Read, Write};

/// More than the buffers between server and client can hold.
const ENTRIES: usize = 40_000;

fn fill(server: &Server) {
    let sql = format!(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ENTRIES})
         INSERT INTO audit_log (id, at, actor, action, room, organization_id, details)
         SELECT 'filler-' || n.i, n.i, 'nobody', 'session.ended', 'session', o.id, '{{\"x\": \"{}\"}}'
         FROM n, organizations o",
        "x".repeat(400)
    );
    database::change(&server.database_url(), &sql);
}

fn path(server: &Server) -> String {
    let id = database::text(&server.database_url(), "SELECT id FROM organizations");
    format!("/organizations/{id}/audit/export")
}

/// Reads the beginning, lets something happen, and reads the rest.
fn read_while(browser: &Browser, path: &str, happens: impl FnOnce()) -> String {
    let cookie = browser.cookie.as_deref().expect("signed in");
    let mut stream = browser.connect();
    let authority = browser.authority();
    let request =
        format!("GET {path} HTTP/1.1\r\nhost: {authority}\r\ncookie: {cookie}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = vec![0; 64 * 1024];
    stream.read_exact(&mut answer).expect("a beginning");
    happens();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

/// Only the whole of a body in chunks ends with an empty one.
fn is_whole(answer: &str) -> bool {
    answer.ends_with("\r\n0\r\n\r\n")
}

on_both_databases! {
    fn an_export_is_a_file_of_all_that_is_looked_for(database) {
        let mut server = Server::on(database);
        let mut browser = server.set_up();
        let answer = browser.get(&format!("{}?what=installation", path(&server)));
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), "application/jsonl");
        assert_eq!(answer.header("cache-control"), "private, no-store");
        assert!(answer.header("content-disposition").starts_with("attachment; filename=\"conifer-audit-2"));
        let lines: Vec<serde_json::Value> =
            answer.body.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!(lines.len(), 1, "{}", answer.body);
        assert_eq!(lines[0]["action"], "installation.founded");

        for nonsense in ["until=yesterday", "what=a%00b", "what=everything"] {
            let answer = browser.get(&format!("{}?{nonsense}", path(&server)));
            assert_eq!(answer.status, 422, "{answer:?}");
        }
    }

    fn only_a_reader_of_this_site_makes_an_export(database) {
        let mut server = Server::on(database);
        let mut browser = server.set_up();
        let path = path(&server);
        assert_eq!(browser.send("HEAD", &path, &[], "").status, 405);
        assert_eq!(browser.send("GET", &path, &[("sec-fetch-site", "cross-site")], "").status, 403);
        let noted = "SELECT CAST(COUNT(*) AS TEXT) FROM audit_log WHERE action = 'audit.exported'";
        assert_eq!(database::text(&server.database_url(), noted), "0");
        assert_eq!(browser.send("GET", &path, &[("sec-fetch-site", "same-origin")], "").status, 200);
        assert_eq!(database::text(&server.database_url(), noted), "1");
    }

    fn an_export_that_broke_off_is_never_taken_for_the_whole(database) {
        let mut server = Server::on(database);
        let browser = server.set_up();
        fill(&server);
        let path = path(&server);
        let whole = read_while(&browser, &path, || ());
        assert!(whole.starts_with("HTTP/1.1 200") && is_whole(&whole), "{}", &whole[..400]);
        assert_eq!(whole.matches("filler-").count(), ENTRIES);

        let demote = "UPDATE organization_members SET role = 'member'";
        let part = read_while(&browser, &path, || database::change(&server.database_url(), demote));
        assert!(part.starts_with("HTTP/1.1 200") && !is_whole(&part), "the right was lost on the way");
        assert!(part.matches("filler-").count() < ENTRIES);
    }
}
