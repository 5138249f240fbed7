//! Every call × every role × every kind of limit and end of a key.

use super::client::{ALREADY_EXISTS, NOT_FOUND, PERMISSION_DENIED, Said, UNAUTHENTICATED};
use crate::{
    matrix::{Expected, FILMS, Limits, expected, prepared},
    rows::{
        About::{Namespaces, Records},
        Row, row,
    },
    town::{At, Town},
};
use conifer_api::grpc::{METHODS, wire};
use conifer_domain::{
    api_keys::{KeyRole, KeyScope},
    ids::IndexId,
};
use prost::Message;
use std::collections::BTreeSet;

const ROWS: [Row; 12] = [
    row("gRPC", "Upsert", "upsert vectors", Records, ""),
    row("gRPC", "Delete", "delete a vector", Records, ""),
    row("gRPC", "Fetch", "fetch vectors", Records, ""),
    row("gRPC", "FetchByMetadata", "fetch vectors", Records, ""),
    row("gRPC", "List", "list vector IDs", Records, ""),
    row("gRPC", "Query", "query vectors", Records, ""),
    row("gRPC", "Update", "update a vector", Records, ""),
    row("gRPC", "DescribeIndexStats", "get index stats", Namespaces, ""),
    row("gRPC", "ListNamespaces", "get index stats", Namespaces, ""),
    row("gRPC", "DescribeNamespace", "get index stats", Records, ""),
    row("gRPC", "CreateNamespace", "create namespaces", Records, ""),
    row("gRPC", "DeleteNamespace", "delete namespaces", Records, ""),
];

fn message(method: &str) -> Vec<u8> {
    let (a, values) = (|| "a".to_owned(), vec![1.0, 0.0]);
    let namespace = || "__default__".to_owned();
    match method {
        "Upsert" => {
            let vector = wire::Vector { id: a(), values, ..Default::default() };
            wire::UpsertRequest { vectors: vec![vector], ..Default::default() }.encode_to_vec()
        }
        "Delete" => wire::DeleteRequest { ids: vec![a()], ..Default::default() }.encode_to_vec(),
        "FetchByMetadata" => {
            let yes = wire::Value { kind: Some(wire::Kind::BoolValue(true)) };
            let filter = Some(wire::Struct { fields: [("k".to_owned(), yes)].into() });
            wire::FetchByMetadataRequest { filter, ..Default::default() }.encode_to_vec()
        }
        "Fetch" => wire::FetchRequest { ids: vec![a()], ..Default::default() }.encode_to_vec(),
        "Query" => wire::QueryRequest { vector: values, top_k: 1, ..Default::default() }.encode_to_vec(),
        "Update" => wire::UpdateRequest { id: a(), values, ..Default::default() }.encode_to_vec(),
        "CreateNamespace" => {
            wire::CreateNamespaceRequest { name: "new".into(), schema: None }.encode_to_vec()
        }
        "DescribeNamespace" => wire::DescribeNamespaceRequest { namespace: namespace() }.encode_to_vec(),
        "DeleteNamespace" => wire::DeleteNamespaceRequest { namespace: namespace() }.encode_to_vec(),
        _ => Vec::new(),
    }
}

async fn call(town: &Town, method: &str, secret: &str, id: IndexId) -> Said {
    let metadata: &[_] = if secret.is_empty() { &[] } else { &[("api-key", secret)] };
    town.send_call(At::Index(id), metadata, &format!("/VectorService/{method}"), message(method)).await
}

fn outcome(said: &Said) -> Option<Expected> {
    match said.code {
        0 | ALREADY_EXISTS => Some(Expected::Done),
        PERMISSION_DENIED => Some(Expected::Refused),
        NOT_FOUND => Some(Expected::Missing),
        _ => None,
    }
}

#[test]
fn every_method_has_a_row() {
    assert_eq!(ROWS.map(|row| row.path), METHODS);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_role_within_every_limit() {
    let town = Town::build().await;
    let editor = town.editor(town.project).await;
    for role in KeyRole::ALL {
        for limits in Limits::ALL {
            let secret = town.key(town.project, role, limits.scope(), None).await;
            for row in &ROWS {
                let id = prepared(&town, &editor).await;
                let said = call(&town, row.path, &secret, id).await;
                let wanted = Some(expected(row, role, limits));
                assert_eq!(outcome(&said), wanted, "{} as {role:?} within {limits:?}: {said:?}", row.path);
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
    let id = prepared(&town, &editor).await;
    for method in METHODS {
        let mut said = BTreeSet::new();
        for secret in [&*revoked, &expired, &mistyped, "pcsk_nothing", "secret"] {
            let refused = call(&town, method, secret, id).await;
            assert_eq!(refused.code, UNAUTHENTICATED, "{method} with {secret}: {refused:?}");
            said.insert(refused.message);
        }
        assert_eq!(said.len(), 1, "all are told the same: {said:?}");
        assert_eq!(call(&town, method, "", id).await.code, UNAUTHENTICATED);
    }
}

/// By the authority that names nothing, by a foreign index, and by the port that is of no index.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_foreign_is_as_what_is_missing() {
    let town = Town::build().await;
    let editor = town.editor(town.project).await;
    let foreign = town.editor(town.other_project).await;
    let limited = town.key(town.project, KeyRole::ProjectEditor, Limits::OtherIndex.scope(), None).await;
    let id = prepared(&town, &editor).await;
    for method in METHODS {
        for secret in [&foreign, &limited] {
            let said = call(&town, method, secret, id).await;
            assert_eq!(said.code, NOT_FOUND, "{method}: {said:?}");
            assert!(!said.message.contains(FILMS), "{said:?}");
            assert_eq!(said, call(&town, method, secret, IndexId::NONE).await, "{method}");
            let path = format!("/VectorService/{method}");
            let nowhere = town.send_call(At::Control, &[("api-key", secret)], &path, message(method)).await;
            assert_eq!(said, nowhere, "{method}");
        }
    }
}
