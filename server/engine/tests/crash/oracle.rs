//! What one writer's namespace must hold.

use crate::deeds::{Deed, Version, id, namespace, record};
use conifer_engine::{Engine, IndexName, Record};
use std::{collections::BTreeMap, sync::Arc};

#[derive(Clone)]
pub struct Oracle {
    seed: u64,
    thread: usize,
    done: u64,
    records: BTreeMap<u64, Version>,
}

pub fn index() -> IndexName {
    IndexName::new("crash").expect("a name")
}

impl Oracle {
    pub fn new(seed: u64, thread: usize) -> Self {
        Self { seed, thread, done: 0, records: BTreeMap::new() }
    }

    /// How many deeds are done.
    pub fn done(&self) -> u64 {
        self.done
    }

    /// One more deed is done.
    pub fn go_on(&mut self) {
        let number = self.done;
        self.done += 1;
        match Deed::of(self.seed, self.thread, number) {
            Deed::Upsert(ids) => {
                self.records
                    .extend(ids.into_iter().map(|id| (id, Version { upserted: number, patched: None })));
            }
            Deed::Patch(id) => {
                if let Some(version) = self.records.get_mut(&id) {
                    version.patched = Some(number);
                }
            }
            Deed::Delete(ids) => self.records.retain(|id, _| !ids.contains(id)),
            Deed::DeleteOlder(before) => self.records.retain(|_, version| version.upserted >= before),
            Deed::DeleteAll | Deed::Drop => self.records.clear(),
        }
    }

    /// Compares with what is there. The deed that was in flight may be done, wholly, or not: says whether it was.
    pub fn settle(&mut self, engine: &Engine) -> bool {
        let there = self.read(engine);
        let expected = self.expected();
        if there == expected {
            return false;
        }
        let mut with_next = self.clone();
        with_next.go_on();
        if there == with_next.expected() {
            *self = with_next;
            return true;
        }
        let differs = |at: &u64| find(&there, *at) != find(&expected, *at);
        let different: Vec<u64> = (0..1000).filter(differs).collect();
        panic!(
            "thread {} after {} deeds, next {:?}: not as acknowledged are records {different:?}, first {:?}, which should be {:?}",
            self.thread,
            self.done,
            Deed::of(self.seed, self.thread, self.done),
            find(&there, different[0]),
            find(&expected, different[0]),
        );
    }

    fn expected(&self) -> Vec<Arc<Record>> {
        self.records.iter().map(|(at, version)| Arc::new(record(*at, *version))).collect()
    }

    fn read(&self, engine: &Engine) -> Vec<Arc<Record>> {
        let (index, namespace) = (engine.index(&index()).expect("it was made"), namespace(self.thread));
        let ids = index.list_ids(&namespace, "", None, 10_000).expect("it reads").items;
        let count = index.count(&namespace, None).expect("it reads");
        assert_eq!(count, ids.len() as u64, "counted and listed");
        if ids.is_empty() { Vec::new() } else { index.fetch(&namespace, &ids).expect("it reads") }
    }
}

fn find(records: &[Arc<Record>], at: u64) -> Option<&Arc<Record>> {
    records.iter().find(|record| record.id == id(at))
}
