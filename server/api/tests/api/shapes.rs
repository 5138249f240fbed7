//! Answers in the shape of the version that was asked for.

use crate::town::{At, Town};
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_index_is_described_in_the_words_of_each_version() {
    let town = Town::build().await;
    let key = town.editor(town.project).await;
    town.index(&key, "films").await;
    let described =
        async |version| town.ask_as(At::Control, &key, version, "GET", "/indexes/films", "").await.0.json();
    let host = described("2025-01").await["host"].clone();
    assert_eq!(
        described("2025-01").await,
        json!({
            "name": "films", "host": host, "deletion_protection": "disabled",
            "status": { "ready": true, "state": "Ready" },
            "dimension": 2, "metric": "cosine", "vector_type": "dense",
            "spec": { "serverless": { "cloud": "aws", "region": "x" } }
        })
    );
    assert_eq!(described("2025-01").await, described("2025-04").await);
    let capacity = json!({ "mode": "OnDemand", "status": { "state": "Ready" } });
    assert_eq!(described("2025-10").await["spec"]["serverless"]["read_capacity"], capacity);
    assert_eq!(described("2026-04").await, described("2025-10").await);
    assert_eq!(
        described("2026-07").await,
        json!({
            "name": "films", "host": host, "deletion_protection": "disabled",
            "status": { "ready": true, "state": "Ready" },
            "deployment": { "deployment_type": "managed", "cloud": "aws", "region": "x" },
            "read_capacity": capacity,
            "schema": { "fields": {
                "_values": { "type": "dense_vector", "dimension": 2, "metric": "cosine" },
                "_sparse_values": { "type": "sparse_vector" }
            } }
        })
    );
    for (method, path) in [("GET", "/collections"), ("DELETE", "/indexes/films"), ("POST", "/indexes")] {
        let (refused, _) = town.ask_as(At::Control, &key, "2024-07", method, path, "{}").await;
        assert_eq!(refused.status, 400, "{method} {path}: {refused:?}");
    }
    let (refused, _) = town.ask_as(At::Control, &key, "2024-07", "GET", "/indexes", "").await;
    assert_eq!(
        (refused.status.as_u16(), &refused.json()["error"]["code"]),
        (400, &"INVALID_ARGUMENT".into())
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn errors_have_the_body_of_their_area() {
    let town = Town::build().await;
    let key = town.editor(town.project).await;
    let films = At::Index(town.index(&key, "films").await);
    let control = town.ask(At::Control, &key, "GET", "/indexes/none", "").await.json();
    assert_eq!((&control["status"], &control["error"]["code"]), (&404.into(), &"NOT_FOUND".into()));
    let wide = r#"{"vectors":[{"id":"a","values":[1,0]},{"id":"b","values":[1,0,0]}]}"#;
    let data = town.ask(films, &key, "POST", "/vectors/upsert", wide).await;
    let message = "vectors[1].values: must have 2 numbers like its index, but has 3";
    assert_eq!(data.json(), json!({ "code": 3, "message": message, "details": [] }));
    let large = format!(r#"{{"namespace":"{}"}}"#, "x".repeat(2 << 20));
    let large = town.ask(films, &key, "POST", "/query", &large).await;
    assert_eq!((large.status.as_u16(), &large.json()["code"]), (413, &11.into()), "{}", large.text);
    // What is announced need not come.
    let mut request = town.request(films, &key, "2026-07", "POST", "/query", "{}");
    request.headers_mut().insert("content-length", "1000000000000000".parse().expect("a header"));
    assert_eq!(town.send(request).await.0.status, 413);
    let documents = town.ask(films, &key, "POST", "/namespaces/n/documents/search", "{}").await;
    assert_eq!((documents.status.as_u16(), &documents.json()["status"]), (501, &501.into()));
    let aliases = town.ask(films, &key, "GET", "/namespace-aliases", "").await;
    assert_eq!((aliases.status.as_u16(), &aliases.json()["code"]), (501, &12.into()));
    let method = town.ask(films, &key, "DELETE", "/query", "").await;
    assert_eq!((method.status.as_u16(), &method.json()["code"]), (405, &12.into()));
    let nowhere = town.ask(films, &key, "GET", "/indexes", "").await;
    assert_eq!((nowhere.status.as_u16(), &nowhere.json()["code"]), (404, &5.into()));
    for path in ["/embed", "/models", "/indexes/create-for-model", "/assistant/assistants"] {
        let answer = town.ask(At::Control, &key, "POST", path, "{}").await;
        assert_eq!((answer.status.as_u16(), &answer.json()["error"]["code"]), (501, &"UNIMPLEMENTED".into()));
    }
    // There are none, which is no secret: a client that empties a project asks.
    let none = town.ask(At::Control, &key, "GET", "/assistant/assistants", "").await;
    assert_eq!((none.status.as_u16(), none.json()), (200, json!({ "assistants": [] })));
    assert_eq!(town.ask(At::Control, "", "GET", "/assistant/assistants", "").await.status, 401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_written_is_read_back() {
    let town = Town::build().await;
    let key = town.editor(town.project).await;
    let films = At::Index(town.index(&key, "films").await);
    let body = r#"{"vectors":[{"id":"a","values":[1,0.5],"metadata":{"y":1999,"t":["x"]}},{"id":"b","values":[0,1]}],"namespace":"n"}"#;
    let (upserted, headers) = town.ask_as(films, &key, "2025-10", "POST", "/vectors/upsert", body).await;
    assert_eq!(upserted.json(), json!({ "upsertedCount": 2 }));
    assert!(headers.contains_key("x-pinecone-request-lsn"));
    let query = r#"{"topK":1,"vector":[1,0.5],"includeValues":true,"includeMetadata":true,"namespace":"n"}"#;
    let (found, headers) = town.ask_as(films, &key, "2025-10", "POST", "/query", query).await;
    let record =
        json!({ "id": "a", "score": 1.0, "values": [1.0, 0.5], "metadata": { "y": 1999, "t": ["x"] } });
    assert_eq!(found.json(), json!({ "matches": [record], "namespace": "n", "usage": { "readUnits": 1 } }));
    assert!(headers.contains_key("x-pinecone-max-indexed-lsn"));
    let list = town.ask(films, &key, "GET", "/vectors/list?namespace=n&limit=1", "").await.json();
    let next = list["pagination"]["next"].as_str().expect("a token");
    assert_eq!(list["vectors"], json!([{ "id": "a" }]));
    let path = format!("/vectors/list?namespace=n&limit=1&paginationToken={next}");
    let list = town.ask(films, &key, "GET", &path, "").await.json();
    assert_eq!((&list["vectors"], list.get("pagination")), (&json!([{ "id": "b" }]), None));
    let many: Vec<_> = (0..900)
        .map(|n| format!(r#"{{"id":"{n}","values":[{n},1],"metadata":{{"t":"{}"}}}}"#, "x".repeat(500)))
        .collect();
    let many = format!(r#"{{"vectors":[{}],"namespace":"many"}}"#, many.join(","));
    assert_eq!(
        town.ask(films, &key, "POST", "/vectors/upsert", &many).await.json(),
        json!({ "upsertedCount": 900 })
    );
    let all =
        r#"{"topK":1000,"vector":[1,0],"includeValues":true,"includeMetadata":true,"namespace":"many"}"#;
    let all = town.ask(films, &key, "POST", "/query", all).await.json();
    assert_eq!(all["matches"].as_array().map(Vec::len), Some(900), "large bodies are read and written apart");
    let none = town.ask(films, &key, "POST", "/query", r#"{"topK":1,"id":"none","namespace":"n"}"#).await;
    assert_eq!((none.status.as_u16(), &none.json()["matches"]), (200, &json!([])));
    let none = town.ask(films, &key, "POST", "/vectors/update", r#"{"id":"none","values":[1,1]}"#).await;
    assert_eq!((none.status.as_u16(), none.json()), (200, json!({})));
    let described = town.ask(films, &key, "GET", "/namespaces/n", "").await.json();
    assert_eq!(described, json!({ "name": "n", "record_count": "2" }));
    let missing = town.ask(films, &key, "GET", "/namespaces/none", "").await;
    assert_eq!((missing.status.as_u16(), &missing.json()["code"]), (404, &5.into()));
}
