//! What calls do, and what they answer.

use super::client::{INVALID_ARGUMENT, UNIMPLEMENTED};
use crate::town::{At, Town};
use conifer_api::grpc::wire::{self, Kind, Struct, Value};
use conifer_domain::ids::IndexId;

fn number(name: &str, number: f64) -> Option<Struct> {
    let value = Value { kind: Some(Kind::NumberValue(number)) };
    Some(Struct { fields: [(name.to_owned(), value)].into() })
}

fn vector(id: &str, values: [f32; 2], k: f64) -> wire::Vector {
    wire::Vector { id: id.into(), values: values.into(), metadata: number("k", k), sparse_values: None }
}

async fn filled() -> (Town, String, IndexId) {
    let town = Town::build().await;
    let secret = town.editor(town.project).await;
    let id = town.index(&secret, "films").await;
    let vectors =
        vec![vector("a", [1.0, 0.0], 1.0), vector("b", [0.0, 1.0], 2.0), vector("c", [0.6, 0.8], 2.0)];
    let upsert = wire::UpsertRequest { vectors, ..Default::default() };
    let said = town.call(At::Index(id), &secret, "Upsert", &upsert).await;
    assert_eq!(said.read::<wire::UpsertResponse>().upserted_count, 3);
    assert_eq!(said.header("x-pinecone-request-lsn"), "1");
    (town, secret, id)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_written_is_found() {
    let (town, secret, id) = filled().await;
    let at = At::Index(id);
    let query = wire::QueryRequest {
        vector: vec![1.0, 0.1],
        top_k: 2,
        filter: number("k", 2.0),
        include_values: true,
        include_metadata: true,
        ..Default::default()
    };
    let said = town.call(at, &secret, "Query", &query).await;
    assert_eq!(said.header("x-pinecone-max-indexed-lsn"), "1");
    let found = said.read::<wire::QueryResponse>();
    assert_eq!(found.matches.iter().map(|found| &*found.id).collect::<Vec<_>>(), ["c", "b"]);
    assert_eq!((&found.matches[0].values, &found.matches[0].metadata), (&vec![0.6, 0.8], &number("k", 2.0)));
    assert_eq!(found.usage.and_then(|usage| usage.read_units), Some(1));

    let fetch = wire::FetchRequest { ids: vec!["a".into(), "z".into()], ..Default::default() };
    let fetched = town.call(at, &secret, "Fetch", &fetch).await.read::<wire::FetchResponse>();
    assert_eq!(fetched.vectors.into_values().collect::<Vec<_>>(), [vector("a", [1.0, 0.0], 1.0)]);

    let by = wire::FetchByMetadataRequest { filter: number("k", 2.0), limit: Some(1), ..Default::default() };
    let page = town.call(at, &secret, "FetchByMetadata", &by).await.read::<wire::FetchByMetadataResponse>();
    assert!(page.vectors.contains_key("b") && page.vectors.len() == 1, "{page:?}");
    let next = wire::FetchByMetadataRequest { pagination_token: page.pagination.map(|page| page.next), ..by };
    let page = town.call(at, &secret, "FetchByMetadata", &next).await.read::<wire::FetchByMetadataResponse>();
    assert!(page.vectors.contains_key("c") && page.pagination.is_none(), "{page:?}");

    let list = wire::ListRequest { limit: Some(2), ..Default::default() };
    let listed = town.call(at, &secret, "List", &list).await.read::<wire::ListResponse>();
    assert_eq!(listed.vectors.iter().map(|item| &*item.id).collect::<Vec<_>>(), ["a", "b"]);
    assert!(listed.pagination.is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn records_are_changed_and_deleted() {
    let (town, secret, id) = filled().await;
    let at = At::Index(id);
    let update = |filter, dry_run| wire::UpdateRequest {
        set_metadata: number("seen", 1.0),
        filter,
        dry_run,
        ..Default::default()
    };
    let matched = async |request| {
        town.call(at, &secret, "Update", &request).await.read::<wire::UpdateResponse>().matched_records
    };
    assert_eq!(matched(update(number("k", 2.0), Some(true))).await, Some(2));
    assert_eq!(matched(update(number("k", 2.0), None)).await, Some(2));
    assert_eq!(matched(update(number("seen", 1.0), Some(true))).await, Some(2));
    assert_eq!(matched(wire::UpdateRequest { id: "z".into(), ..update(None, None) }).await, None);

    let delete = wire::DeleteRequest { filter: number("seen", 1.0), ..Default::default() };
    town.call(at, &secret, "Delete", &delete).await.read::<wire::DeleteResponse>();
    let stats = wire::DescribeIndexStatsRequest::default();
    let stats = town.call(at, &secret, "DescribeIndexStats", &stats).await;
    let stats = stats.read::<wire::DescribeIndexStatsResponse>();
    assert_eq!((stats.total_vector_count, stats.dimension, stats.metric()), (1, Some(2), "cosine"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn namespaces_are_made_and_deleted() {
    let (town, secret, id) = filled().await;
    let at = At::Index(id);
    let create = wire::CreateNamespaceRequest { name: "new".into(), schema: None };
    let made = town.call(at, &secret, "CreateNamespace", &create).await.read::<wire::NamespaceDescription>();
    assert_eq!((&*made.name, made.record_count), ("new", 0));
    let list = wire::ListNamespacesRequest::default();
    let listed = town.call(at, &secret, "ListNamespaces", &list).await.read::<wire::ListNamespacesResponse>();
    let names: Vec<_> = listed.namespaces.iter().map(|found| (&*found.name, found.record_count)).collect();
    assert_eq!(names, [("__default__", 3), ("new", 0)]);
    let delete = wire::DeleteNamespaceRequest { namespace: "new".into() };
    town.call(at, &secret, "DeleteNamespace", &delete).await.read::<wire::DeleteResponse>();
    let gone = wire::DescribeNamespaceRequest { namespace: "new".into() };
    assert_eq!(town.call(at, &secret, "DescribeNamespace", &gone).await.code, super::client::NOT_FOUND);
}

/// What REST refuses is refused in the same words.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refusals_are_those_of_rest() {
    let (town, secret, id) = filled().await;
    let at = At::Index(id);
    let query = |values: Vec<f32>, top_k| wire::QueryRequest { vector: values, top_k, ..Default::default() };
    for (request, body) in [
        (query(vec![1.0], 1), r#"{"topK":1,"vector":[1]}"#),
        (query(vec![1.0, 0.0], 0), r#"{"topK":0,"vector":[1,0]}"#),
        (query(Vec::new(), 1), r#"{"topK":1}"#),
        (
            wire::QueryRequest { id: "a".into(), ..query(vec![1.0, 0.0], 1) },
            r#"{"topK":1,"id":"a","vector":[1,0]}"#,
        ),
    ] {
        let rest = town.ask(at, &secret, "POST", "/query", body).await;
        let said = town.call(at, &secret, "Query", &request).await;
        assert_eq!((rest.status.as_u16(), said.code), (400, INVALID_ARGUMENT), "{body}: {said:?}");
        let message = percent_decoded(&said.message);
        assert_eq!(rest.json()["message"].as_str(), Some(&*message), "{body}");
    }
    let old = wire::QueryRequest { queries: vec![wire::QueryVector::default()], ..query(Vec::new(), 1) };
    assert!(town.call(at, &secret, "Query", &old).await.message.contains("queries"));
}

/// Frames that hold no message: what is announced is not there, its mark is unknown, or it is compressed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn frames_are_refused_as_the_clients_mistake() {
    let (town, secret, id) = filled().await;
    let (at, key, path) = (At::Index(id), ("api-key", &*secret), "/VectorService/Query");
    for frame in [&[0, 0, 0, 0, 9, 1][..], &[7, 0, 0, 0, 0], &[1, 0, 0, 0, 0]] {
        let said = town.send_frame(at, &[key], path, frame.to_vec()).await;
        assert_eq!(said.code, INVALID_ARGUMENT, "{frame:?}: {said:?}");
    }
    let compressed = [key, ("grpc-encoding", "gzip")];
    let said = town.send_frame(at, &compressed, path, vec![1, 0, 0, 0, 0]).await;
    assert_eq!(said.code, UNIMPLEMENTED, "{said:?}");
    assert!(percent_decoded(&said.message).contains("gzip"), "{said:?}");
}

fn percent_decoded(text: &str) -> String {
    let text = text.replace('+', "%2B");
    let form = format!("x={}", text.replace('&', "%26"));
    url::form_urlencoded::parse(form.as_bytes()).next().expect("a value").1.into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_call_is_refused() {
    let (town, secret, id) = filled().await;
    let at = At::Index(id);
    let (key, path) = (("api-key", &*secret), "/VectorService/Query");
    assert_eq!(town.send_call(at, &[key], "/VectorService/Guess", Vec::new()).await.code, UNIMPLEMENTED);
    assert_eq!(town.send_call(at, &[key], "/other.Service/Query", Vec::new()).await.code, UNIMPLEMENTED);
    let version = [key, ("x-pinecone-api-version", "1999-01")];
    assert_eq!(town.send_call(at, &version, path, Vec::new()).await.code, INVALID_ARGUMENT);
    let large = town.send_call(at, &[key], path, vec![0; 3 << 20]).await;
    assert_eq!(large.code, INVALID_ARGUMENT, "{large:?}");
    assert!(large.message.contains("2097152"), "{large:?}");
    // A tag of no kind; a string that goes on after the end; text that is no UTF-8.
    for message in [vec![0xff; 9], vec![0x0a, 0x7f], vec![0x0a, 0x01, 0xff]] {
        let said = town.send_call(at, &[key], path, message.clone()).await;
        assert_eq!(said.code, INVALID_ARGUMENT, "{message:?}: {said:?}");
        assert!(percent_decoded(&said.message).starts_with("the message: "), "{said:?}");
    }
}
