//! Every operation × every role × every kind of limit and end of a key, held against what was written by hand.

use crate::{
    oracle::{Verdict, verdict},
    rows::{About, ROWS, Row},
    town::{Answer, At, Town},
};
use conifer_api::openapi;
use conifer_domain::{
    api_keys::{KeyRole, KeyScope},
    ids::IndexId,
};
use std::collections::BTreeSet;

pub const FILMS: &str = "films";
/// Of nothing.
const ID: &str = "0193b2f0-7d3c-7a51-9f0e-3f1d2c4b5a69";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limits {
    None,
    ThisIndex,
    OtherIndex,
    OtherNamespace,
}

impl Limits {
    pub const ALL: [Self; 4] = [Self::None, Self::ThisIndex, Self::OtherIndex, Self::OtherNamespace];

    pub fn scope(self) -> KeyScope {
        match self {
            Self::None => KeyScope::default(),
            Self::ThisIndex => KeyScope::parse(FILMS, "").expect("a scope"),
            Self::OtherIndex => KeyScope::parse("else", "").expect("a scope"),
            Self::OtherNamespace => KeyScope::parse("", "else").expect("a scope"),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    Done,
    Refused,
    Missing,
}

pub fn expected(row: &Row, role: KeyRole, limits: Limits) -> Expected {
    use Expected::{Done, Missing, Refused};
    let is_elsewhere = limits == Limits::OtherIndex;
    let writes = matches!(row.action, "create indexes" | "configure indexes" | "delete indexes")
        || matches!(row.action, "create backups" | "delete backups");
    let is_barred = limits == Limits::OtherNamespace && writes;
    match (row.about, verdict(row.action, role)) {
        (_, _) if is_elsewhere && row.about.is_of_an_index() => Missing,
        (_, Verdict::Deny) => Refused,
        _ if is_barred => Refused,
        // Of an index that is yet to be made.
        (About::Project, _) if row.action == "create indexes" && limits != Limits::None => Refused,
        (About::Records | About::Whole | About::MissingOfWhole, _) if limits == Limits::OtherNamespace => {
            Refused
        }
        (About::Missing | About::MissingOfWhole, _) => Missing,
        _ => Done,
    }
}

fn outcome(answer: &Answer) -> Option<Expected> {
    match answer.status.as_u16() {
        // What was made for another key already is there.
        200..=299 | 409 => Some(Expected::Done),
        403 => Some(Expected::Refused),
        404 => Some(Expected::Missing),
        _ => None,
    }
}

/// The same request of another index.
async fn call(town: &Town, row: &Row, secret: &str, index: &str, id: IndexId) -> Answer {
    let path = row.path.replace("{index_name}", index).replace("{namespace}", "__default__");
    let path = ["{backup_id}", "{job_id}", "{schedule_id}", "{id}"]
        .iter()
        .fold(path, |path, part| path.replace(part, ID));
    let path = path.replace("{collection_name}", "nothing");
    let (path, body) = match row.method {
        "GET" if !row.body.is_empty() => (format!("{path}?{}", row.body), String::new()),
        _ => (path, row.body.replace("{index_name}", index).replace("{imports}", &town.imports())),
    };
    let at = match row.about {
        About::Project | About::Index | About::Missing => At::Control,
        _ => At::Index(id),
    };
    town.ask(at, secret, row.method, &path, &body).await
}

/// What each row expects to be there.
pub async fn prepared(town: &Town, editor: &str) -> IndexId {
    let id = town.index(editor, FILMS).await;
    let body = r#"{"vectors":[{"id":"a","values":[1,0]}]}"#;
    let upserted = town.ask(At::Index(id), editor, "POST", "/vectors/upsert", body).await;
    assert_eq!(upserted.status, 200, "{upserted:?}");
    id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_role_within_every_limit() {
    let town = Town::build().await;
    let editor = town.editor(town.project).await;
    for role in KeyRole::ALL {
        for limits in Limits::ALL {
            let secret = town.key(town.project, role, limits.scope(), None).await;
            for row in ROWS {
                let id = prepared(&town, &editor).await;
                let answer = call(&town, row, &secret, FILMS, id).await;
                let (method, path) = (row.method, row.path);
                let wanted = Some(expected(row, role, limits));
                assert_eq!(
                    outcome(&answer),
                    wanted,
                    "{method} {path} as {role:?} within {limits:?}: {answer:?}"
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_that_do_not_count() {
    let town = Town::build().await;
    let editor = town.editor(town.project).await;
    let key = async |ms| town.key(town.project, KeyRole::ProjectEditor, KeyScope::default(), ms).await;
    let (revoked, expired) = (key(None).await, key(Some(1_000)).await);
    town.revoke(&revoked).await;
    town.clock.advance(1_001);
    let mistyped = format!("{}x", &editor[..editor.len() - 1]);
    for row in ROWS {
        let id = prepared(&town, &editor).await;
        let mut texts = BTreeSet::new();
        for secret in [&*revoked, &expired, &mistyped, "pcsk_nothing", "secret"] {
            let answer = call(&town, row, secret, FILMS, id).await;
            assert_eq!(answer.status, 401, "{} {} with {secret}: {answer:?}", row.method, row.path);
            assert!(answer.kind.starts_with("text/plain"), "{answer:?}");
            texts.insert(answer.text);
        }
        assert_eq!(texts.len(), 1, "all are told the same: {texts:?}");
        let nothing = call(&town, row, "", FILMS, id).await;
        assert_eq!((nothing.status.as_u16(), &nothing.kind[..10]), (401, "text/plain"), "{nothing:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_foreign_is_as_what_is_missing() {
    let town = Town::build().await;
    let editor = town.editor(town.project).await;
    let foreign = town.editor(town.other_project).await;
    let limited = town.key(town.project, KeyRole::ProjectEditor, Limits::OtherIndex.scope(), None).await;
    for row in ROWS {
        let id = prepared(&town, &editor).await;
        for secret in [&foreign, &limited] {
            let answer = call(&town, row, secret, FILMS, id).await;
            let missing = call(&town, row, secret, "filmz", IndexId::NONE).await;
            let missing = Answer { text: missing.text.replace("filmz", FILMS), ..missing };
            if row.about.is_of_an_index() {
                assert_eq!(answer.status, 404, "{} {}: {answer:?}", row.method, row.path);
                assert_eq!(answer, missing, "{} {}", row.method, row.path);
            }
            assert!(row.about != About::Project || !answer.text.contains(FILMS), "{answer:?}");
        }
    }
}

/// An operation without a row would go untried.
#[test]
fn every_operation_has_a_row() {
    let document = openapi::document();
    let paths = document["paths"].as_object().expect("paths").iter();
    // Those of service accounts have rows of their own.
    let of_keys = |path: &str| !path.starts_with("/admin/") && path != "/oauth/token";
    let served: BTreeSet<_> = paths
        .filter(|(path, _)| of_keys(path))
        .flat_map(|(path, operations)| {
            let methods = operations.as_object().expect("operations").keys();
            methods.map(move |method| (method.to_uppercase(), path.clone()))
        })
        .collect();
    let rows: BTreeSet<_> = ROWS.iter().map(|row| (row.method.to_owned(), row.path.to_owned())).collect();
    assert_eq!(served, rows);
    assert_eq!(rows.len(), ROWS.len(), "each has one row");
}
