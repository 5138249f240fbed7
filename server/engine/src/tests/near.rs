//! Large segments are searched by their index: it finds what looking at every record finds, but for the share it may miss.

use super::{
    generate::Random,
    model::{SETTINGS, open},
};
use crate::{
    Answer, Engine, Filter, Index, IndexName, IndexSpec, Metadata, Metric, NamespaceName, Query, Record,
    RecordId, Settings, Target, Value, Values,
    filter::{Order, Test},
    vfs::{MemoryVfs, Unsynced},
};
use std::{path::Path, sync::Arc};

const ROWS: u64 = 4_000;
const DIMENSION: usize = 24;
const TOP_K: usize = 10;

/// Around one of 60 middles.
fn values(random: &mut Random) -> Values {
    let mut middle = Random(random.below(60));
    let number = |random: &mut Random| random.below(2_000) as f32 / 1_000.0 - 1.0;
    let values: Vec<f32> = (0..DIMENSION).map(|_| 2.0 * number(&mut middle) + 0.5 * number(random)).collect();
    Values::new(values).expect("finite")
}

fn filled(engine: &Engine, metric: Metric) -> Arc<Index> {
    let index = written(engine, metric);
    index.flush().expect("flushed");
    index
}

pub fn written(engine: &Engine, metric: Metric) -> Arc<Index> {
    let name = IndexName::new("i").expect("valid");
    let index =
        engine.create_index(&name, IndexSpec::Dense { dimension: DIMENSION, metric }).expect("created");
    let mut random = Random(1);
    let records: Vec<Record> =
        (0..ROWS).map(|number| Record { values: Some(values(&mut random)), ..record(number, "") }).collect();
    for batch in records.chunks(1_000) {
        index.upsert(&namespace(), batch.to_vec()).expect("written");
    }
    index
}

/// One of a series.
pub fn record(number: u64, series: &str) -> Record {
    Record {
        id: RecordId::new(&format!("{series}{number}")).expect("valid"),
        values: Some(values(&mut Random(number + 1))),
        sparse: None,
        metadata: Metadata::new([("n".to_owned(), Value::Number((number % 100) as f64))]).expect("small"),
    }
}

pub fn namespace() -> NamespaceName {
    NamespaceName::new("").expect("valid")
}

pub fn query(random: &mut Random, percent: Option<u32>) -> Query {
    let below =
        |percent| Filter::Field { name: "n".to_owned(), test: Test::Number(Order::Less, f64::from(percent)) };
    Query {
        target: Target::Vector { values: Some(values(random)), sparse: None },
        top_k: TOP_K,
        filter: percent.map(below),
        exact: false,
        include_values: true,
        include_metadata: false,
    }
}

/// The share of the true matches that is found. Scores and order are those of an exact search.
pub fn recall(index: &Index, percent: Option<u32>) -> f64 {
    let (mut random, mut hits, queries) = (Random(2), 0, 30);
    for _ in 0..queries {
        let asked = query(&mut random, percent);
        let Answer { matches: found, explanation } = index.query(&namespace(), &asked).expect("answered");
        let exactly = index.query(&namespace(), &Query { exact: true, ..asked }).expect("answered");
        let truth = exactly.matches;
        assert!(exactly.explanation.exact && exactly.explanation.cells == 0);
        assert_eq!(explanation.exact, percent == Some(5), "few are looked at one by one");
        assert_eq!(found.len(), TOP_K);
        assert!(found.is_sorted_by(|a, b| index.spec().metric().compare(a.score, b.score).is_le()));
        for found in &found {
            let same = truth.iter().find(|truth| truth.id == found.id);
            hits += usize::from(same.is_some_and(|truth| truth == found));
        }
    }
    hits as f64 / (queries * TOP_K) as f64
}

#[test]
fn recall_holds_for_each_metric_with_filters_and_deletes() {
    for metric in [Metric::Cosine, Metric::DotProduct, Metric::Euclidean] {
        let engine = open(&MemoryVfs::default()).expect("opened");
        let index = filled(&engine, metric);
        for percent in [None, Some(5), Some(30), Some(80)] {
            let recall = recall(&index, percent);
            println!("{metric:?}, {percent:?} %: {recall}");
            assert!(recall >= 0.97, "{metric:?}, {percent:?} %: {recall}");
        }
        let first = index.query(&namespace(), &query(&mut Random(2), None)).expect("answered").matches;
        let ids: Vec<RecordId> = first.iter().map(|found| found.id.clone()).collect();
        index.delete(&namespace(), ids.clone()).expect("deleted");
        let then = index.query(&namespace(), &query(&mut Random(2), None)).expect("answered").matches;
        assert!(
            then.len() == TOP_K && then.iter().all(|found| !ids.contains(&found.id)),
            "never what is deleted"
        );
        assert!(recall(&index, None) >= 0.97);
    }
}

#[test]
fn what_is_opened_again_or_merged_finds_the_same() {
    let vfs = MemoryVfs::default();
    let name = IndexName::new("i").expect("valid");
    drop(filled(&open(&vfs).expect("opened"), Metric::Cosine));
    let vfs = vfs.after_crash(Unsynced::Dropped);
    let engine = open(&vfs).expect("opened again");
    let index = engine.index(&name).expect("there");
    assert!(recall(&index, None) >= 0.97);
    let below = Test::Number(Order::Less, 60.0);
    let filter = Filter::Field { name: "n".to_owned(), test: below };
    index.delete_matching(&namespace(), filter).expect("deleted");
    index.merge().expect("more than half is deleted");
    assert_eq!(index.count(&namespace(), None).expect("counted"), ROWS * 40 / 100);
    assert!(recall(&index, None) >= 0.97);
    index.verify().expect("intact");
}

#[test]
fn numbers_beyond_the_index_are_searched_one_by_one() {
    let settings = Settings { near_rows: 10, ..SETTINGS };
    let engine = Engine::open_on(Arc::new(MemoryVfs::default()), Path::new("/"), settings).expect("opened");
    let spec = IndexSpec::Dense { dimension: 1, metric: Metric::Cosine };
    let index = engine.create_index(&IndexName::new("i").expect("valid"), spec).expect("created");
    let record = |number: u32| Record {
        id: RecordId::new(&format!("{number}")).expect("valid"),
        values: Some(Values::new([1e30 * (1.0 + number as f32)]).expect("finite")),
        sparse: None,
        metadata: Metadata::default(),
    };
    for from in [0, 1_000] {
        index.upsert(&namespace(), (from..from + 1_000).map(record).collect()).expect("written");
    }
    index.flush().expect("flushed");
    let values = Some(Values::new([1e30]).expect("finite"));
    let asked = Query { target: Target::Vector { values, sparse: None }, ..query(&mut Random(1), None) };
    let Answer { matches: found, explanation } = index.query(&namespace(), &asked).expect("answered");
    assert!(explanation.exact && found.iter().all(|found| found.score == 1.0));
}

#[test]
fn what_is_in_memory_is_found_by_blocks_too() {
    for metric in [Metric::Cosine, Metric::DotProduct, Metric::Euclidean] {
        let settings = Settings { flush_bytes: 1 << 30, ..SETTINGS };
        let engine =
            Engine::open_on(Arc::new(MemoryVfs::default()), Path::new("/"), settings).expect("opened");
        let index = written(&engine, metric);
        assert_eq!(index.stats().expect("there").segments, 0);
        assert!(recall(&index, None) >= 0.97);
        let asked = query(&mut Random(2), None);
        let first = index.query(&namespace(), &asked).expect("answered");
        assert!(first.explanation.scored < ROWS as usize / 2, "{:?}", first.explanation);
        // Some are deleted, some replaced by others far away: neither is found where it was.
        let ids: Vec<RecordId> = first.matches.iter().map(|found| found.id.clone()).collect();
        index.delete(&namespace(), ids[..5].to_vec()).expect("deleted");
        let elsewhere = |id: &RecordId| Record {
            id: id.clone(),
            values: Some(Values::new([-9.0; DIMENSION]).expect("finite")),
            sparse: None,
            metadata: Metadata::default(),
        };
        index.upsert(&namespace(), ids[5..].iter().map(elsewhere).collect()).expect("written");
        let then = index.query(&namespace(), &asked).expect("answered").matches;
        assert!(then.len() == TOP_K && then.iter().all(|found| !ids.contains(&found.id)), "{metric:?}");
        assert!(recall(&index, None) >= 0.97);
    }
}

/// Of what is likely to be elsewhere, a block in memory still gives all it has.
#[test]
fn the_few_in_memory_are_found_beside_many_in_segments() {
    let engine = open(&MemoryVfs::default()).expect("opened");
    let spec = IndexSpec::Dense { dimension: DIMENSION, metric: Metric::Cosine };
    let index = engine.create_index(&IndexName::new("i").expect("valid"), spec).expect("created");
    let mut random = Random(3);
    let anywhere = |random: &mut Random| {
        let numbers: Vec<f32> = (0..DIMENSION).map(|_| random.below(2_000) as f32 / 1_000.0 - 1.0).collect();
        Values::new(numbers).expect("finite")
    };
    let mut record = |name: &str, number: u64| Record {
        id: RecordId::new(&format!("{name}{number}")).expect("valid"),
        values: Some(anywhere(&mut random)),
        sparse: None,
        metadata: Metadata::default(),
    };
    let flushed: Vec<Record> = (0..12_000).map(|number| record("segment", number)).collect();
    let recent: Vec<Record> = (0..1_024).map(|number| record("memory", number)).collect();
    for batch in flushed.chunks(1_000) {
        index.upsert(&namespace(), batch.to_vec()).expect("written");
    }
    index.flush().expect("flushed");
    for batch in recent.chunks(512) {
        index.upsert(&namespace(), batch.to_vec()).expect("written");
    }

    let in_memory = |answer: Answer| {
        let ids = answer.matches.into_iter().map(|found| found.id.to_string());
        ids.filter(|id| id.starts_with("memory")).collect::<Vec<_>>()
    };
    let (mut there, mut found) = (0, 0);
    for seed in 0..60 {
        let values = Some(anywhere(&mut Random(100 + seed)));
        let asked = Query { target: Target::Vector { values, sparse: None }, ..query(&mut Random(1), None) };
        let exactly = Query { exact: true, ..asked.clone() };
        let truth = in_memory(index.query(&namespace(), &exactly).expect("answered"));
        let ids = in_memory(index.query(&namespace(), &asked).expect("answered"));
        there += truth.len();
        found += truth.iter().filter(|id| ids.contains(id)).count();
    }
    assert!(there > 20, "{there} of the nearest are in memory");
    assert!(found * 100 >= there * 97, "{found} of {there}");
}
