//! The bundle is cached for ever under its hash. A small one is put where a development build reads.

use crate::process::Server;

fn page_base(server: &Server) -> Option<String> {
    let page = server.browser().get("/sign-in").body;
    let (_, after) = page.split_once("href=\"/assets/")?;
    Some(format!("/assets/{}", after.split('/').next()?))
}

#[test]
fn another_bundles_files_are_not_found() {
    let server = Server::start();
    for path in [
        "/assets/0000000000000000/conifer.js",
        "/assets/0000000000000000/../../manifest.json",
        "/assets/..%2f..%2fCargo.toml",
        "/manifest.json",
    ] {
        let answer = server.browser().get(path);
        assert_eq!((answer.status, answer.header("cache-control")), (404, "no-store"), "{path}");
    }
}

/// Says nothing where the front end was not built.
#[test]
fn the_bundle_is_immutable_and_compressed() {
    let server = Server::start();
    let Some(base) = page_base(&server) else { return };
    let mut browser = server.browser();
    for (file, kind) in [
        ("conifer.js", "text/javascript; charset=utf-8"),
        ("conifer.wasm", "application/wasm"),
        ("conifer.css", "text/css; charset=utf-8"),
        ("common.parcel", "application/octet-stream"),
    ] {
        let path = format!("{base}/{file}");
        let answer = browser.send("HEAD", &path, &[("accept-encoding", "identity")], "");
        assert_eq!((answer.status, answer.header("content-type")), (200, kind), "{file}");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable", "{file}");
        let tag = answer.header("etag").to_owned();
        let again =
            browser.send("HEAD", &path, &[("if-none-match", &tag), ("accept-encoding", "identity")], "");
        assert_eq!(again.status, 304, "{file} {tag}");
        let compressed = browser.send("HEAD", &path, &[("accept-encoding", "gzip, br")], "");
        assert_eq!(compressed.header("content-type"), kind, "{file}");
        if compressed.header("content-encoding") == "br" {
            assert_eq!(compressed.header("vary"), "accept-encoding", "{file}");
            assert_ne!(compressed.header("etag"), tag, "{file}");
        }
        assert_eq!(browser.get(&format!("{path}.br")).status, 404, "{file}");
    }
}

#[test]
fn public_files_are_cached_for_a_while() {
    let server = Server::start();
    if page_base(&server).is_none() {
        return;
    }
    let answer = server.browser().get("/favicon.svg");
    assert_eq!((answer.status, answer.header("content-type")), (200, "image/svg+xml"));
    assert_eq!(answer.header("cache-control"), "public, max-age=3600");
}
