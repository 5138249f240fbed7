//! What is counted is what was asked: a load by both protocols, counted beside.

use crate::{
    postgres::{self, Lent},
    town::{At, Town, origin},
};
use conifer_api::grpc::wire;
use conifer_domain::{
    ids::{ApiKeyId, IndexId},
    usage::{Figures, Usage, UsageQuery},
};
use conifer_services::{api_keys, authorize::authorize, usage};
use prost::Message;
use std::collections::BTreeMap;
use tempfile::TempDir;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn usage_equals_an_independent_count_on_sqlite() {
    compare(&Town::build().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn usage_equals_an_independent_count_on_postgres() {
    let Some(lent) = Lent::new().await else {
        return postgres::skip();
    };
    let town = Town::build_on(&lent.url, TempDir::new().expect("a directory")).await;
    compare(&town).await;
    town.services.db().close().await;
    drop(town);
    lent.give_back().await;
}

/// What one key asked of one index, or of none.
type Counted = BTreeMap<(Option<String>, String), Figures>;

struct Load<'t> {
    town: &'t Town,
    counted: Counted,
}

impl Load<'_> {
    fn count(&mut self, index: Option<IndexId>, key: &str, figures: Figures) {
        let own = self.counted.entry((index.map(|id| id.to_string()), key.to_owned())).or_default();
        *own += Figures { requests: 1, ..figures };
    }

    /// A request with what it must cost when it is done.
    async fn rest(
        &mut self,
        at: At,
        key: &(String, String),
        (method, path): (&str, &str),
        body: &str,
        cost: Figures,
    ) {
        let answer = self.town.ask(at, &key.0, method, path, body).await;
        let bytes = body.len() as u64;
        let figures = match answer.status.is_success() {
            true => Figures { bytes, ..cost },
            false => Figures { bytes, errors: 1, ..Figures::default() },
        };
        self.count(index_of(at), &key.1, figures);
    }

    async fn grpc(
        &mut self,
        at: At,
        key: &(String, String),
        method: &str,
        message: &impl Message,
        cost: Figures,
    ) {
        let said = self.town.call(at, &key.0, method, message).await;
        let bytes = 5 + message.encoded_len() as u64;
        let figures = match said.code {
            0 => Figures { bytes, ..cost },
            _ => Figures { bytes, errors: 1, ..Figures::default() },
        };
        self.count(index_of(at), &key.1, figures);
    }
}

fn index_of(at: At) -> Option<IndexId> {
    match at {
        At::Control => None,
        At::Index(id) => Some(id),
    }
}

fn read(units: u64) -> Figures {
    Figures { read_units: units, ..Figures::default() }
}

fn write(units: u64, records: u64) -> Figures {
    Figures { write_units: units, records, ..Figures::default() }
}

async fn key(town: &Town) -> (String, String) {
    let secret = town.editor(town.project).await;
    let key = api_keys::authenticate(&town.services, &secret, &origin()).await.expect("a key");
    (secret, key.id().to_string())
}

fn vectors(count: usize) -> String {
    let one = |n: usize| format!(r#"{{"id":"r{n}","values":[1,{}]}}"#, n + 1);
    format!(r#"{{"vectors":[{}]}}"#, (0..count).map(one).collect::<Vec<_>>().join(","))
}

async fn compare(town: &Town) {
    let (one, other) = (key(town).await, key(town).await);
    let mut load = Load { town, counted: Counted::new() };
    let create = |name: &str| {
        format!(r#"{{"name":"{name}","dimension":2,"spec":{{"serverless":{{"cloud":"aws","region":"x"}}}}}}"#)
    };
    for name in ["films", "films", "books"] {
        load.rest(At::Control, &one, ("POST", "/indexes"), &create(name), Figures::default()).await;
    }
    let index =
        |name: &str| At::Index(town.services.directory().by_name(town.project, name).expect("an index").id);
    for (name, rounds) in [("films", 7), ("books", 3)] {
        let at = index(name);
        for _ in 0..rounds {
            load.rest(at, &one, ("POST", "/vectors/upsert"), &vectors(3), write(5, 3)).await;
            load.rest(at, &one, ("POST", "/query"), r#"{"topK":2,"vector":[1,0]}"#, read(1)).await;
            load.rest(at, &other, ("POST", "/query"), r#"{"topK":0,"vector":[1,0]}"#, read(1)).await;
            load.rest(at, &other, ("GET", "/vectors/fetch?ids=r0&ids=r1"), "", read(1)).await;
            let query = wire::QueryRequest { vector: vec![1.0, 0.5], top_k: 2, ..Default::default() };
            load.grpc(at, &one, "Query", &query, read(1)).await;
            load.grpc(at, &other, "Query", &wire::QueryRequest::default(), read(1)).await;
            let vectors = vec![wire::Vector { id: "g".into(), values: vec![0.5, 1.0], ..Default::default() }];
            load.grpc(
                at,
                &other,
                "Upsert",
                &wire::UpsertRequest { vectors, ..Default::default() },
                write(5, 1),
            )
            .await;
        }
        load.rest(
            at,
            &one,
            ("POST", "/vectors/upsert"),
            &vectors(800),
            write(vectors(800).len().div_ceil(1024) as u64, 800),
        )
        .await;
        load.rest(at, &one, ("POST", "/vectors/delete"), r#"{"ids":["r700"]}"#, write(5, 0)).await;
    }
    let ids: String = (0..21).map(|n| format!("ids=r{n}&")).collect();
    load.rest(index("films"), &one, ("GET", &format!("/vectors/fetch?{ids}")), "", read(3)).await;
    check(town, load.counted).await;
}

async fn check(town: &Town, counted: Counted) {
    let by_index = |usage: &Usage| {
        usage.indexes.iter().map(|share| (share.id.clone(), share.figures)).collect::<BTreeMap<_, _>>()
    };
    let of = async |query| {
        let granted = authorize(&town.services, &origin(), &town.owner, town.project).await.expect("a right");
        usage::of_project(&town.services, &granted, query).await.expect("usage")
    };
    let all = of(UsageQuery::default()).await;
    let mut total = Figures::default();
    let mut indexes: BTreeMap<String, Figures> = BTreeMap::new();
    for ((index, key), figures) in &counted {
        total += *figures;
        *indexes.entry(index.clone().unwrap_or_default()).or_default() += *figures;
        let index_id = index.as_ref().map(|id| id.parse().expect("an id"));
        let key_id: ApiKeyId = key.parse().expect("an id");
        if index_id.is_some() {
            let one = of(UsageQuery { days: 1, index_id, key_id: Some(key_id) }).await;
            assert_eq!(one.total, *figures, "{index:?} {key}");
            assert!(one.latency.is_some_and(|latency| latency.p50_us <= latency.p99_us));
        }
    }
    assert_eq!((all.total, by_index(&all)), (total, indexes));
    assert_eq!(all.moments.iter().map(|moment| moment.figures.requests).sum::<u64>(), total.requests);
    assert_eq!(of(UsageQuery { days: 30, ..UsageQuery::default() }).await.total, total, "by the day");
    let granted = authorize(&town.services, &origin(), &town.owner, town.project).await.expect("a right");
    let mut export = usage::export_project(&town.services, &granted, UsageQuery::default()).await;
    let mut rows = Vec::new();
    while let Some(some) = export.next().await {
        rows.extend(some.expect("rows"));
    }
    assert_eq!(rows.len(), counted.len());
    assert_eq!(rows.iter().map(|row| row.figures.bytes).sum::<u64>(), total.bytes);
}
