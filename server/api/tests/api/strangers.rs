//! A key for one index meets no other: not by port, host or path, and not by name.

use crate::town::{At, Town, origin};
use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode},
};
use conifer_api::{
    Api,
    hosts::{Arrival, Hosts},
};
use conifer_domain::{
    api_keys::{KeyRole, KeyScope},
    hosts::{IndexHosts, label},
};
use std::sync::Arc;
use tower::ServiceExt;

const QUERY: &str = r#"{"topK":1,"vector":[1,0]}"#;

async fn query(town: &Town, hosts: IndexHosts, secret: &str, host: &str, path: &str) -> (StatusCode, String) {
    let hosts = Hosts { indexes: hosts, public: None };
    let router = conifer_api::router(Api { services: town.services.clone(), hosts: Arc::new(hosts) });
    let request = Request::post(path)
        .header("host", host)
        .header("api-key", secret)
        .extension(Arrival::default())
        .extension(origin());
    let request = request.body(Body::from(QUERY)).expect("a request");
    let Ok(response) = router.oneshot(request).await;
    let (head, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.expect("a body");
    (head.status, String::from_utf8(bytes.to_vec()).expect("text"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_for_one_index_meets_no_other_by_any_way() {
    let town = Town::build().await;
    let editor = town.editor(town.project).await;
    let (mine, other) = (town.index(&editor, "mine").await, town.index(&editor, "other").await);
    let scope = KeyScope::parse("mine", "").expect("a scope");
    let key = town.key(town.project, KeyRole::ProjectEditor, scope, None).await;
    let by_path = async |name: &str| {
        let path = format!("/svc/{}/query", label(name, town.project));
        query(&town, IndexHosts::default(), &key, "localhost:5080", &path).await
    };
    let by_host = async |name: &str| {
        let host = format!("{}.svc.example.com", label(name, town.project));
        query(&town, IndexHosts::Domain("example.com".into()), &key, &host, "/query").await
    };
    let by_port = async |id| town.ask(At::Index(id), &key, "POST", "/query", QUERY).await;
    assert_eq!(by_path("mine").await.0, 200);
    assert_eq!(by_host("mine").await.0, 200);
    assert_eq!(by_port(mine).await.status, 200);
    let missing = by_path("missing").await;
    assert_eq!(missing.0, 404);
    assert_eq!(by_path("other").await, missing);
    assert_eq!(by_host("other").await, missing);
    assert_eq!(by_port(other).await.text, missing.1);

    let list = town.ask(At::Control, &key, "GET", "/indexes", "").await;
    assert!(list.text.contains("mine") && !list.text.contains("other"), "{list:?}");
    let backup = town.ask(At::Control, &editor, "POST", "/indexes/other/backups", "{}").await;
    assert_eq!(backup.status, 201, "{backup:?}");
    let id = backup.json()["backup_id"].as_str().expect("an id").to_owned();
    for (method, path, body) in [
        ("GET", "/indexes/other".to_owned(), ""),
        ("DELETE", "/indexes/other".to_owned(), ""),
        ("POST", "/indexes/other/backups".to_owned(), "{}"),
        ("GET", format!("/backups/{id}"), ""),
        ("DELETE", format!("/backups/{id}"), ""),
        ("POST", format!("/backups/{id}/create-index"), r#"{"name":"mine-too"}"#),
        ("POST", "/collections".to_owned(), r#"{"name":"kept","source":"other"}"#),
    ] {
        let answer = town.ask(At::Control, &key, method, &path, body).await;
        assert_eq!(answer.status, 404, "{method} {path}: {answer:?}");
    }
    let capacity = r#"{"read_capacity":{"mode":"Dedicated","dedicated":{"manual":{"replicas":3}}}}"#;
    let hidden = town.ask(At::Control, &key, "PATCH", "/indexes/other", capacity).await;
    let missing = town.ask(At::Control, &key, "PATCH", "/indexes/othez", capacity).await;
    assert_eq!((hidden.status.as_u16(), hidden.text), (404, missing.text.replace("othez", "other")));
    let backups = town.ask(At::Control, &key, "GET", "/backups", "").await;
    assert_eq!(backups.json()["data"], serde_json::json!([]), "{backups:?}");
    assert!(town.services.directory().get(other).is_some());
}
