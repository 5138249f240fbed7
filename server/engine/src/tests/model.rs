//! The engine does what the model does, through flushes, merges, crashes and restored snapshots.

use super::{
    generate::{Operation, Random, operation, spec},
    oracle::Oracle,
};
use crate::{
    Engine, Error, IndexName, IndexSpec, NamespaceCount, Result, Settings, SnapshotName, Target,
    vfs::{MemoryVfs, Unsynced},
};
use std::{path::Path, sync::Arc};

pub struct Run {
    pub vfs: MemoryVfs,
    engine: Option<Engine>,
    pub index: IndexName,
    pub spec: IndexSpec,
    pub oracle: Oracle,
    pub random: Random,
    restores: u32,
}

/// Small segments are merged with small ones.
pub const SETTINGS: Settings =
    Settings { flush_bytes: 1 << 20, merge_bytes: 1 << 30, near_rows: 8, recall: 0.99, background: false };

pub fn open(vfs: &MemoryVfs) -> Result<Engine> {
    Engine::open_on(Arc::new(vfs.clone()), Path::new("/"), SETTINGS)
}

fn index_name(text: &str) -> IndexName {
    IndexName::new(text).expect("valid")
}

impl Run {
    pub fn new(seed: u64) -> Self {
        let vfs = MemoryVfs::default();
        let engine = open(&vfs).expect("opened");
        let (index, spec) = (index_name("index"), spec(seed));
        engine.create_index(&index, spec).expect("created");
        let (oracle, random) = (Oracle::default(), Random(seed));
        Self { vfs, engine: Some(engine), index, spec, oracle, random, restores: 0 }
    }

    pub fn step(&mut self) -> Operation {
        let operation = operation(&mut self.random, self.spec);
        self.apply(&operation);
        operation
    }

    pub fn apply(&mut self, operation: &Operation) {
        let engine = self.engine.as_ref().expect("open");
        let index = engine.index(&self.index).expect("there");
        let metric = self.spec.metric();
        match operation {
            Operation::Query(namespace, query) => match index.query(namespace, query) {
                Ok(found) => {
                    self.oracle.check_query(metric, namespace, query, &found.matches);
                    let several = vec![query.clone(); 5];
                    for again in index.query_all(namespace, &several).expect("answered") {
                        assert_eq!(again.matches, found.matches, "together as alone");
                    }
                }
                Err(Error::NotFound { .. }) => {
                    let Target::Id(id) = &query.target else { panic!("only an id can be missing") };
                    assert_eq!(self.oracle.get(namespace, id), None);
                }
                Err(error) => panic!("{error}"),
            },
            Operation::Fetch(namespace, ids) => {
                let found = index.fetch(namespace, ids).expect("fetched");
                let expected: Vec<_> = ids.iter().filter_map(|id| self.oracle.get(namespace, id)).collect();
                assert_eq!(found.iter().map(|record| &**record).collect::<Vec<_>>(), expected);
            }
            Operation::Count(namespace, filter) => {
                let found = index.count(namespace, filter.as_ref()).expect("counted");
                assert_eq!(found, self.oracle.records(namespace, filter.as_ref()).count() as u64);
            }
            Operation::List { .. } => self.check_list(operation),
            Operation::Flush => index.flush().expect("flushed"),
            Operation::Merge => index.merge().expect("merged"),
            Operation::Restart => {
                self.engine = None;
                let unsynced = [Unsynced::Dropped, Unsynced::Kept, Unsynced::Torn(self.random.next())];
                self.vfs = self.vfs.after_crash(unsynced[self.random.below(3) as usize]);
                self.engine = Some(open(&self.vfs).expect("opened again"));
                self.check();
            }
            Operation::Restore => self.restore(),
            write => {
                let expected = self.oracle.write(write).map_err(|error| error.to_string());
                let written = perform(engine, &self.index, write).map_err(|error| error.to_string());
                assert_eq!(written, expected);
            }
        }
    }

    fn restore(&mut self) {
        let engine = self.engine.as_ref().expect("open");
        self.restores += 1;
        let (snapshot, new) =
            (SnapshotName::new("snap").expect("valid"), index_name(&format!("i{}", self.restores)));
        engine.snapshot(&self.index, &snapshot).expect("snapped");
        assert_eq!(engine.snapshots().expect("listed"), std::slice::from_ref(&snapshot));
        engine.drop_index(&self.index).expect("dropped");
        engine.restore(&snapshot, &new).expect("restored");
        engine.drop_snapshot(&snapshot).expect("dropped");
        self.index = new;
        self.check();
    }

    fn check_list(&self, operation: &Operation) {
        let Operation::List { namespace, prefix, filter, limit } = operation else { return };
        let index = self.engine.as_ref().expect("open").index(&self.index).expect("there");
        let records = self.oracle.records(namespace, filter.as_ref());
        let mut found = Vec::new();
        let mut after = None;
        loop {
            let (ids, next) = match filter {
                None => index
                    .list_ids(namespace, prefix, after.as_ref(), *limit)
                    .map(|page| (page.items, page.next)),
                Some(filter) => index
                    .fetch_matching(namespace, filter, after.as_ref(), *limit)
                    .map(|page| (page.items.iter().map(|record| record.id.clone()).collect(), page.next)),
            }
            .expect("listed");
            assert!(ids.len() == *limit || next.is_none(), "only the last page is short");
            found.extend(ids);
            after = next;
            if after.is_none() {
                break;
            }
        }
        let wanted = |id: &str| filter.is_some() || id.starts_with(prefix);
        let expected: Vec<_> =
            records.map(|record| record.id.clone()).filter(|id| wanted(id.as_str())).collect();
        assert_eq!(found, expected);
    }

    /// Everything is there, and nothing else.
    pub fn check(&self) {
        assert_eq!(read_all(self.engine.as_ref().expect("open"), &self.index), self.oracle);
    }
}

pub fn perform(engine: &Engine, index: &IndexName, operation: &Operation) -> Result<u64> {
    let index = engine.index(index)?;
    let written = match operation.clone() {
        Operation::Upsert(namespace, records) => index.upsert(&namespace, records),
        Operation::Update(namespace, id, patch) => index.update(&namespace, &id, patch),
        Operation::UpdateMatching(namespace, filter, patch) => {
            index.update_matching(&namespace, filter, patch)
        }
        Operation::Delete(namespace, ids) => index.delete(&namespace, ids),
        Operation::DeleteMatching(namespace, filter) => index.delete_matching(&namespace, filter),
        Operation::DeleteAll(namespace) => index.delete_all(&namespace),
        Operation::Create(namespace) => index.create_namespace(&namespace),
        Operation::Drop(namespace) => index.drop_namespace(&namespace),
        other => panic!("{other:?} writes nothing"),
    };
    written.map(|written| written.records)
}

/// All that an index holds, as a model.
pub fn read_all(engine: &Engine, index: &IndexName) -> Oracle {
    let index = engine.index(index).expect("there");
    let mut oracle = Oracle::default();
    for NamespaceCount { name, records } in index.namespaces("", None, 100).expect("listed").items {
        let ids = index.list_ids(&name, "", None, 1_000).expect("listed").items;
        assert_eq!(ids.len() as u64, records);
        let found = if ids.is_empty() { Vec::new() } else { index.fetch(&name, &ids).expect("fetched") };
        assert_eq!(found.len(), ids.len());
        let found = found.iter().map(|record| (record.id.clone(), crate::Record::clone(record)));
        oracle.namespaces.insert(name, found.collect());
    }
    oracle
}

/// `CONIFER_ENGINE_SEED` replays one run; `CONIFER_ENGINE_STEPS` says how long each is.
fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

fn run(seeds: std::ops::Range<u64>) {
    let steps = setting("CONIFER_ENGINE_STEPS").unwrap_or(2_500);
    for seed in seeds.filter(|seed| setting("CONIFER_ENGINE_SEED").is_none_or(|wanted| wanted == *seed)) {
        let mut run = Run::new(seed);
        let mut last = Vec::new();
        for step in 0..steps {
            // Shown only when the run panics.
            println!("seed {seed}, step {step}");
            last.push(run.step());
        }
        run.check();
    }
}

#[test]
fn dot_product_euclidean_cosine_sparse_and_hybrid_indexes_agree_with_the_model() {
    run(0..20);
}

#[test]
fn more_of_them_agree_too() {
    run(20..40);
}
