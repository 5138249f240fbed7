//! Files sent to be imported: who may send them, and that neither a kill nor a restart loses or doubles a row.

use crate::{
    browser::Browser,
    database, on_both_databases,
    process::{EMAIL, PASSWORD, Server, conifer},
};
use std::{
    fs::File,
    io::{BufRead, BufReader},
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

const ROWS: usize = 20_000;
const CHUNK_BYTES: usize = 1 << 20;

fn row(n: usize) -> String {
    format!("{{\"id\":\"r{n:06}\",\"values\":[{n}.5,-1.0,0.25],\"metadata\":{{\"n\":{n}}}}}\n")
}

/// An index of three dimensions: its project and itself.
fn index(browser: &mut Browser, database_url: &str) -> (String, String) {
    let project = database::text(database_url, "SELECT id FROM projects");
    let form = [("id", project.as_str()), ("name", "films"), ("dimension", "3")];
    let made = browser.post("/fn/indexes/create", &form);
    assert_eq!(made.status, 200, "{made:?}");
    (project, database::text(database_url, "SELECT id FROM indexes"))
}

fn put(browser: &mut Browser, path: &str, body: &str) -> (u16, String) {
    let headers = [("content-type", "application/octet-stream"), ("accept", "application/json")];
    let answer = browser.send("PUT", path, &headers, body);
    (answer.status, answer.body)
}

fn begin(browser: &mut Browser, index: &str, name: &str, bytes: usize) -> String {
    let form = [("id", index), ("name", name), ("bytes", &bytes.to_string())];
    let begun = browser.post("/fn/imports/upload", &form);
    assert_eq!(begun.status, 200, "{begun:?}");
    let upload: serde_json::Value = serde_json::from_str(&begun.body).expect("JSON");
    upload["id"].as_str().expect("an id").to_owned()
}

on_both_databases! {
    fn a_file_is_sent_by_whoever_may_import(database) {
        let mut server = Server::on(database);
        let mut ada = server.set_up();
        let (project, index) = index(&mut ada, &server.database_url());
        let text = row(1);
        let upload = begin(&mut ada, &index, "a.jsonl", text.len());
        let path = format!("/indexes/{index}/uploads/{upload}?offset=0");
        assert_eq!(put(&mut ada, &path, &text[..10]), (200, "10".into()));
        // Sent twice, it is told how much is there.
        assert_eq!(put(&mut ada, &path, &text[..10]), (200, "10".into()));
        let rest = format!("/indexes/{index}/uploads/{upload}?offset=10");
        assert_eq!(put(&mut ada, &format!("{rest}x"), "a").0, 400);
        assert_eq!(put(&mut ada, &rest, &"a".repeat(5 << 20)).0, 413);
        assert_eq!(put(&mut ada, &rest, &text[10..]), (200, text.len().to_string()));

        let none = format!("/indexes/{index}/uploads/{project}?offset=0");
        let nowhere = format!("/indexes/{project}/uploads/{upload}?offset=0");
        let missing = put(&mut ada, &none, "a");
        assert_eq!(missing.0, 404);
        assert_eq!(put(&mut ada, &nowhere, "a"), missing);
        assert_eq!(put(&mut server.browser(), &path, "a").0, 401);
        // Somebody with nothing in this project.
        let leave = "UPDATE organization_members SET role = 'member'";
        database::change(&server.database_url(), leave);
        database::change(&server.database_url(), "DELETE FROM project_members");
        assert_eq!(put(&mut ada, &path, "a"), missing);
        let crossed = ada.send("PUT", &path, &[("sec-fetch-site", "cross-site")], "a");
        assert_eq!(crossed.status, 403);
    }

    fn a_small_file_is_sent_by_a_form(database) {
        let mut server = Server::on(database);
        let mut ada = server.set_up();
        let (project, index) = index(&mut ada, &server.database_url());
        let form = |name: &str, text: &str| {
            format!("--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{text}\r\n--b--\r\n")
        };
        let headers = [("content-type", "multipart/form-data; boundary=b"), ("accept", "text/html")];
        let path = format!("/indexes/{index}/uploads");
        let sent = ada.send("POST", &path, &headers, &form("a.csv", "id,values\na,1 2 3\nb,1\n"));
        assert_eq!(sent.status, 303, "{sent:?}");
        let page = sent.header("location").to_owned();
        assert!(page.starts_with(&format!("/projects/{project}/indexes/{index}/imports/file?upload=")), "{page}");
        let shown = ada.get(&page);
        assert!(shown.body.contains("must have 3 numbers like its index, but has 1"), "the preview tells what is wrong");
        assert_eq!(ada.send("POST", &path, &headers, &form("a.exe", "a")).status, 422);
        assert_eq!(ada.send("POST", &path, &headers, &form("a.csv", &"a".repeat(5 << 20))).status, 413);
    }
}

/// A server on a directory that outlives it.
struct Lasting {
    child: Child,
    console: String,
}

impl Lasting {
    fn start(data: &TempDir) -> Self {
        let mut command = conifer();
        command.arg("serve").env("CONIFER_DATA", data.path());
        command.args(["--console-listen=127.0.0.1:0", "--api-listen=127.0.0.1:0"]);
        let log = File::options().create(true).append(true).open(data.path().join("log")).expect("a log");
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().expect("the binary starts");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let console = lines.find_map(|line| line.ok()?.strip_prefix("Console: ").map(str::to_owned));
        thread::spawn(move || lines.for_each(drop));
        Self { child, console: console.expect("an address") }
    }

    fn browser(&self) -> Browser {
        let mut browser = Browser::new(&self.console);
        let signed_in = browser.post("/fn/sign-in/password", &[("email", EMAIL), ("password", PASSWORD)]);
        assert_eq!(signed_in.status, 200, "{signed_in:?}");
        browser
    }

    fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
        std::mem::forget(self);
    }
}

impl Drop for Lasting {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn found(data: &TempDir) {
    let mut command = conifer();
    command.args(["bootstrap", "--json", "--password-stdin", "--organization=Acme", "--project=Search"]);
    command.arg("--email").arg(EMAIL).arg("--data").arg(data.path());
    let output = crate::process::run(&mut command, PASSWORD);
    assert!(output.status.success(), "{}", crate::process::text(&output.stderr));
}

/// How many records it has written, and whether it is over.
fn progress(browser: &mut Browser, index: &str, import: &str) -> (u64, bool) {
    let answer = browser.post("/fn/imports/get", &[("id", index), ("import_id", import)]);
    let import: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    (import["records"].as_u64().expect("a number"), import["state"] == "completed")
}

fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(begun.elapsed() < Duration::from_secs(120), "{what}");
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn an_import_survives_kills_and_its_export_is_what_was_sent() {
    let data = tempfile::tempdir().expect("a directory");
    found(&data);
    let mut server = Lasting::start(&data);
    let mut ada = server.browser();
    let url = format!("sqlite://{}", data.path().join("conifer.db").display());
    let (project, index) = index(&mut ada, &url);
    let text: String = (0..ROWS).map(row).collect();
    let upload = begin(&mut ada, &index, "rows.jsonl", text.len());
    // Killed between two chunks, sending goes on.
    let mut sent = 0;
    while sent < text.len() {
        if sent == CHUNK_BYTES {
            server.kill();
            server = Lasting::start(&data);
            ada = server.browser();
        }
        let path = format!("/indexes/{index}/uploads/{upload}?offset={sent}");
        let (status, received) = put(&mut ada, &path, &text[sent..text.len().min(sent + CHUNK_BYTES)]);
        assert_eq!(status, 200, "{received}");
        sent = received.parse().expect("a number");
    }
    let form = [("id", index.as_str()), ("upload_id", &upload), ("namespace", "")];
    assert_eq!(ada.post("/fn/imports/start", &form).status, 200);
    let import = database::text(&url, "SELECT id FROM imports");
    // Killed while it is read, three times.
    for share in 1..=3 {
        let wanted = (ROWS * share / 5) as u64;
        until("it goes on", || (progress(&mut ada, &index, &import).0 >= wanted).then_some(()));
        server.kill();
        server = Lasting::start(&data);
        ada = server.browser();
    }
    until("it ends", || progress(&mut ada, &index, &import).1.then_some(()));
    assert_eq!(progress(&mut ada, &index, &import).0, ROWS as u64);
    let export = ada.get(&format!("/projects/{project}/indexes/{index}/records/export"));
    assert_eq!(export.header("content-disposition"), "attachment; filename=\"films-default.jsonl\"");
    let same = export.body.lines().zip(text.lines()).position(|(found, wanted)| !equal(found, wanted));
    assert_eq!((export.body.lines().count(), same), (ROWS, None));
}

fn equal(found: &str, wanted: &str) -> bool {
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
    let (found, wanted) = (json(found), json(wanted));
    found["id"] == wanted["id"]
        && found["values"] == wanted["values"]
        && found["metadata"]["n"].as_f64() == wanted["metadata"]["n"].as_f64()
}
