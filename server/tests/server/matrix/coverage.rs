//! Nothing that can be asked is missing from the matrix.

use super::rows::{FUNCTIONS, GETS, OWN, PLAIN, PRIVATE_PAGES, PUBLIC, PUBLIC_PAGES};
use crate::process::Server;
use std::{collections::BTreeSet, fs, path::Path};

/// What the server says it serves, when it starts.
fn served(server: &Server, what: &str) -> BTreeSet<String> {
    let log = server.log();
    let mut lines = log.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let line = lines.find(|line| line["message"] == what).unwrap_or_else(|| panic!("no {what} in {log}"));
    line["paths"].as_str().expect("paths").split(' ').map(String::from).collect()
}

fn set<'a>(paths: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    paths.into_iter().map(String::from).collect()
}

/// A route's pattern as the matrix writes it.
fn as_asked(route: &str) -> String {
    route.replace("_id}", "}")
}

/// The routes beside pages and functions: each stands in the source as itself.
fn plain_routes() -> BTreeSet<String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/console");
    let mut found = BTreeSet::new();
    for file in fs::read_dir(source).expect("the console") {
        let text = fs::read_to_string(file.expect("a file").path()).expect("its text");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let routes = code.split(".route(").skip(1);
        let routes = routes.filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next());
        found.extend(routes.map(as_asked));
    }
    found
}

#[test]
fn every_function_page_and_route_has_a_row_or_needs_none() {
    let server = Server::with(&["--log-level=debug"]);
    // Whoever answers has said all of it.
    assert_eq!(server.browser().get("/healthz").status, 200);
    let functions = FUNCTIONS.iter().map(|(path, ..)| *path).chain(OWN.iter().map(|(path, _)| *path));
    assert_eq!(served(&server, "server functions"), set(functions.chain(PUBLIC.iter().copied())));

    let plain: BTreeSet<_> = plain_routes();
    let gets = set(GETS.iter().map(|(path, _)| *path));
    let pages: BTreeSet<_> = served(&server, "pages").iter().map(|page| as_asked(page)).collect();
    let own = set(PRIVATE_PAGES.iter().chain(PUBLIC_PAGES).copied());
    let known: BTreeSet<_> = gets.union(&own).cloned().collect();
    assert_eq!(pages, known.difference(&plain).cloned().collect());
    assert_eq!(
        plain,
        set(PLAIN.iter().copied()).union(&gets.difference(&pages).cloned().collect()).cloned().collect()
    );
}

#[test]
fn a_function_is_of_one_kind() {
    let kinds = [
        set(FUNCTIONS.iter().map(|(path, ..)| *path)),
        set(OWN.iter().map(|(path, _)| *path)),
        set(PUBLIC.iter().copied()),
    ];
    let all: BTreeSet<_> = kinds.iter().flatten().collect();
    assert_eq!(all.len(), kinds.iter().map(BTreeSet::len).sum::<usize>());
}
