//! Records: written, found, changed and deleted by whoever may, and refused with the limit that was broken.

use crate::{
    house::{House, on_both, origin},
    indexes::new,
    people::Town,
};
use conifer_domain::{
    Problem,
    ids::IndexId,
    indexes::{Metric, NewIndex, Vectors},
    namespaces::Namespace,
    permissions::Permission,
};
use conifer_services::{
    Error, Result,
    authorize::{Granted, Right, authorize},
    engine::{
        Metadata, NamespaceName, Patch, Query, Record, RecordId, SparseValues, Target, Value, Values, filter,
    },
    namespaces, records,
};
use serde_json::json;

pub fn id(text: &str) -> RecordId {
    RecordId::new(text).expect("an id")
}

pub fn record(name: &str, values: [f32; 2]) -> Record {
    let metadata = Metadata::new([("name".to_owned(), Value::Text(name.to_owned()))]).expect("metadata");
    Record {
        id: id(name),
        values: Some(Values::new(values.to_vec()).expect("values")),
        sparse: None,
        metadata,
    }
}

pub fn default() -> NamespaceName {
    namespaces::parse("__default__").expect("a name")
}

pub fn like(values: [f32; 2], top_k: usize) -> Query {
    Query {
        target: Target::Vector { values: Some(Values::new(values.to_vec()).expect("values")), sparse: None },
        top_k,
        filter: None,
        exact: false,
        include_values: true,
        include_metadata: true,
    }
}

impl Town<'_> {
    pub async fn granted<P: Right + Permission<Of = IndexId>>(&self, id: IndexId) -> Granted<P> {
        authorize(&self.house.services, &origin(), &self.ada, id).await.expect("a right")
    }

    pub async fn upsert(
        &self,
        index: IndexId,
        namespace: NamespaceName,
        records: Vec<Record>,
    ) -> Result<u64> {
        let granted = self.granted(index).await;
        records::upsert(&self.house.services, &granted, namespace, records)
            .await
            .map(|written| written.records)
    }

    async fn ids(&self, index: IndexId, namespace: NamespaceName) -> Vec<String> {
        let granted = self.granted(index).await;
        let list =
            records::list_ids(&self.house.services, &granted, namespace, String::new(), None, 100).await;
        list.expect("a page").value.items.iter().map(ToString::to_string).collect()
    }
}

fn refused<T: std::fmt::Debug>(outcome: Result<T>) -> String {
    let error = outcome.expect_err("a refusal");
    assert!(matches!(error, Error::Invalid(_)), "{error:?}");
    assert_eq!(error.problem(), Problem::BadRequest);
    error.to_string()
}

on_both! {
    async fn what_is_written_is_found(house: &House) {
        let town = house.town().await;
        let (services, index) = (&house.services, town.index("notes").await);
        let written = town.upsert(index, default(), vec![record("a", [1.0, 0.0]), record("b", [0.0, 1.0])]).await;
        assert_eq!(written.expect("written"), 2);
        let found = records::query(services, &town.granted(index).await, default(), like([1.0, 0.1], 1)).await.expect("matches");
        assert_eq!((found.value.matches.len(), found.value.matches[0].id.as_str(), found.last_write), (1, "a", 1));
        assert_eq!(found.value.matches[0].metadata, Some(record("a", [1.0, 0.0]).metadata));
        let fetched = records::fetch(services, &town.granted(index).await, default(), vec![id("b"), id("none")]).await.expect("records");
        assert_eq!(fetched.value.iter().map(|record| record.id.as_str()).collect::<Vec<_>>(), ["b"]);
        let patch = Patch { metadata: Metadata::new([("year".to_owned(), Value::Number(1843.0))]).expect("metadata"), ..Patch::default() };
        records::update(services, &town.granted(index).await, default(), id("b"), patch.clone()).await.expect("changed");
        let missing = records::update(services, &town.granted(index).await, default(), id("none"), patch.clone()).await;
        assert!(matches!(&missing, Err(Error::Missing { name, .. }) if name == "none"), "{missing:?}");
        let year = || filter::parse(&json!({"year": {"$gt": 1800}})).expect("a filter");
        let page = records::fetch_by_metadata(services, &town.granted(index).await, default(), year(), None, 10).await.expect("a page");
        assert_eq!(page.value.items.iter().map(|record| record.id.as_str()).collect::<Vec<_>>(), ["b"]);
        let dry = records::update_by_filter(services, &town.granted(index).await, default(), year(), patch.clone(), true).await.expect("a count");
        assert_eq!((dry.matched, dry.written), (1, None));
        let wet = records::update_by_filter(services, &town.granted(index).await, default(), year(), patch, false).await.expect("changed");
        assert!(wet.matched == 1 && wet.written.is_some());
        let gone = records::delete_by_filter(services, &town.granted(index).await, default(), year()).await.expect("gone");
        assert_eq!((gone.records, town.ids(index, default()).await), (1, vec!["a".to_owned()]));
        records::delete(services, &town.granted(index).await, default(), vec![id("a"), id("none")]).await.expect("gone");
        assert_eq!(town.ids(index, default()).await, Vec::<String>::new());
    }

    async fn namespaces_are_kept_apart(house: &House) {
        let town = house.town().await;
        let (services, index) = (&house.services, town.index("notes").await);
        let other = namespaces::parse("other").expect("a name");
        town.upsert(index, default(), vec![record("a", [1.0, 0.0])]).await.expect("written");
        town.upsert(index, other.clone(), vec![record("b", [1.0, 0.0]), record("c", [0.0, 1.0])]).await.expect("written");
        assert_eq!(town.ids(index, namespaces::parse("").expect("a name")).await, ["a"]);
        let stats = records::stats(services, &town.granted(index).await, None).await.expect("stats").value;
        let row = |name: &str, records| Namespace { name: name.into(), records };
        assert_eq!((stats.namespaces, stats.records), (vec![row("", 1), row("other", 2)], 3));
        let of_b = filter::parse(&json!({"name": "b"})).expect("a filter");
        let stats = records::stats(services, &town.granted(index).await, Some(of_b)).await.expect("stats").value;
        assert_eq!((stats.namespaces, stats.records), (vec![row("", 0), row("other", 1)], 1));
        let empty = namespaces::parse("empty").expect("a name");
        namespaces::create(services, &town.granted(index).await, empty.clone()).await.expect("made");
        let again = namespaces::create(services, &town.granted(index).await, empty.clone()).await;
        assert!(matches!(again, Err(Error::Exists { .. })), "{again:?}");
        refused(namespaces::create(services, &town.granted(index).await, default()).await);
        let page = namespaces::list(services, &town.granted(index).await, String::new(), None, 2).await.expect("a page");
        assert_eq!((page.items, page.next.as_ref()), (vec![row("", 1), row("empty", 0)], Some(&empty)));
        let page = namespaces::list(services, &town.granted(index).await, "o".into(), page.next, 2).await.expect("a page");
        assert_eq!((page.items, page.next), (vec![row("other", 2)], None));
        let described = namespaces::describe(services, &town.granted(index).await, other.clone()).await.expect("a namespace");
        assert_eq!(described, row("other", 2));
        namespaces::delete(services, &town.granted(index).await, other.clone()).await.expect("gone");
        for outcome in [
            namespaces::describe(services, &town.granted(index).await, other.clone()).await.map(drop),
            namespaces::delete(services, &town.granted(index).await, other).await.map(drop),
            namespaces::describe(services, &town.granted(index).await, namespaces::parse("emp").expect("a name")).await.map(drop),
        ] {
            assert!(matches!(outcome, Err(Error::Missing { .. })), "{outcome:?}");
        }
        records::delete_all(services, &town.granted(index).await, default()).await.expect("gone");
        assert_eq!(town.ids(index, default()).await, Vec::<String>::new());
    }

    async fn the_limit_that_was_broken_is_named(house: &House) {
        let town = house.town().await;
        let (services, index) = (&house.services, town.index("notes").await);
        let many = (0..1_001).map(|n| record(&n.to_string(), [1.0, 0.0])).collect();
        assert_eq!(refused(town.upsert(index, default(), many).await), "records: must be 1 to 1000 records, but is 1001");
        let mut long = record("a", [1.0, 0.0]);
        long.values = Some(Values::new(vec![1.0; 3]).expect("values"));
        assert_eq!(
            refused(town.upsert(index, default(), vec![record("b", [1.0, 0.0]), long]).await),
            "records[1].values: must have 2 numbers like its index, but has 3"
        );
        assert_eq!(town.ids(index, default()).await, Vec::<String>::new(), "nothing is half done");
        let query = async |top_k| records::query(services, &town.granted(index).await, default(), like([1.0, 0.0], top_k)).await;
        assert_eq!(refused(query(0).await), "top_k: must be 1 to 10000 matches, but is 0");
        assert_eq!(refused(query(10_001).await), "top_k: must be 1 to 10000 matches, but is 10001");
        let ids = vec![id("a"); 1_001];
        let fetched = records::fetch(services, &town.granted(index).await, default(), ids.clone()).await;
        assert_eq!(refused(fetched), "ids: must be 1 to 1000 ids, but is 1001");
        let deleted = records::delete(services, &town.granted(index).await, default(), ids).await;
        assert_eq!(refused(deleted), "ids: must be 1 to 1000 ids, but is 1001");
        let all = || filter::parse(&json!({})).expect("a filter");
        let deleted = records::delete_by_filter(services, &town.granted(index).await, default(), all()).await;
        assert_eq!(refused(deleted), "filter: is required: at least one condition");
        let patch = Patch { values: Some(Values::new(vec![1.0; 3]).expect("values")), ..Patch::default() };
        let some = || filter::parse(&json!({"a": 1})).expect("a filter");
        for (filter, patch) in [(all(), Patch::default()), (all(), patch.clone()), (some(), patch)] {
            let proof = town.granted(index).await;
            let dry = records::update_by_filter(services, &proof, default(), filter.clone(), patch.clone(), true).await;
            let wet = records::update_by_filter(services, &proof, default(), filter, patch, false).await;
            assert_eq!(refused(dry), refused(wet), "a dry run refuses the same");
        }
        assert!(namespaces::parse(&"n".repeat(513)).is_err() && namespaces::parse("a\0").is_err());
    }

    async fn an_answer_is_not_larger_than_a_client_takes(house: &House) {
        let town = house.town().await;
        let vectors = Vectors::Dense { dimension: 20_000, metric: Metric::Cosine };
        let index = town.create(NewIndex { vectors, ..new("wide") }).await.expect("an index").id;
        let wide = |name: usize| Record {
            values: Some(Values::new(vec![1.0; 20_000]).expect("values")),
            ..record(&name.to_string(), [0.0, 0.0])
        };
        town.upsert(index, default(), (0..60).map(wide).collect()).await.expect("written");
        let query = async |top_k, include_values| {
            let target = Target::Id(id("0"));
            let query = Query { target, include_values, ..like([0.0, 0.0], top_k) };
            records::query(&house.services, &town.granted(index).await, default(), query).await
        };
        query(50, true).await.expect("4 MB");
        query(60, false).await.expect("ids alone are small");
        assert!(refused(query(60, true).await).contains("0 to 4194304 bytes of matches with what is included, but is 48"));
    }

    async fn dense_values_of_the_dot_product_go_with_sparse_ones(house: &House) {
        let town = house.town().await;
        let sparse = SparseValues::new(&[7], &[2.0]).expect("sparse values");
        let hybrid = Record { sparse: Some(sparse.clone()), ..record("a", [1.0, 0.0]) };
        let dotproduct = Vectors::Dense { dimension: 2, metric: Metric::Dotproduct };
        let index = town.create(NewIndex { vectors: dotproduct, ..new("hybrid") }).await.expect("an index").id;
        town.upsert(index, default(), vec![hybrid.clone()]).await.expect("written");
        let index = town.create(NewIndex { vectors: Vectors::Sparse, ..new("sparse") }).await.expect("an index").id;
        assert!(refused(town.upsert(index, default(), vec![hybrid.clone()]).await).contains("values: must be left out"));
        town.upsert(index, default(), vec![Record { values: None, ..hybrid.clone() }]).await.expect("written");
        let index = town.index("cosine").await;
        assert!(refused(town.upsert(index, default(), vec![hybrid]).await).contains("sparse_values: must be left out"));
    }

    async fn what_was_acknowledged_is_there_after_a_restart(house: &House) {
        let town = house.town().await;
        let index = town.index("notes").await;
        town.upsert(index, default(), vec![record("a", [1.0, 0.0])]).await.expect("written");
        house.services.close_vectors();
        let closed = town.upsert(index, default(), vec![record("b", [1.0, 0.0])]).await;
        assert_eq!(closed.expect_err("closed").problem(), Problem::Unavailable);
        let again = house.again(crate::house::CHEAP, |settings| settings.vectors = crate::house::vectors()).await;
        let granted = authorize(&again, &origin(), &town.ada, index).await.expect("a right");
        let fetched = records::fetch(&again, &granted, default(), vec![id("a")]).await.expect("records");
        assert_eq!(*fetched.value[0], record("a", [1.0, 0.0]));
        again.close_vectors();
    }
}
