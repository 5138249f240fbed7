//! What a writer does: the n-th deed of a thread follows from the seed, so that nobody has to write it down.

use crate::{DIMENSION, random::Random};
use conifer_engine::{
    Engine, Error, Filter, Metadata, NamespaceName, Patch, Record, RecordId, Thing, Value, Values, filter,
};

const IDS: u64 = 300;

#[derive(Clone, Debug)]
pub enum Deed {
    Upsert(Vec<u64>),
    Patch(u64),
    Delete(Vec<u64>),
    /// All records that were upserted before this deed.
    DeleteOlder(u64),
    DeleteAll,
    Drop,
}

/// What a record is: by which deed it was upserted and patched last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    pub upserted: u64,
    pub patched: Option<u64>,
}

impl Deed {
    pub fn of(seed: u64, thread: usize, number: u64) -> Self {
        let mut random = Random::of(&[seed, thread as u64, number]);
        match random.below(100) {
            0 => Self::Drop,
            1 => Self::DeleteAll,
            2..5 => Self::DeleteOlder(number.saturating_sub(random.below(60))),
            5..20 => Self::Delete(some_ids(&mut random, 10)),
            20..35 => Self::Patch(random.below(IDS)),
            _ => Self::Upsert(some_ids(&mut random, 20)),
        }
    }

    pub fn run(&self, engine: &Engine, thread: usize, number: u64) -> Result<(), Error> {
        let index = engine.index(&crate::oracle::index())?;
        let namespace = namespace(thread);
        let done = match self {
            Self::Upsert(ids) => {
                let version = Version { upserted: number, patched: None };
                index.upsert(&namespace, ids.iter().map(|id| record(*id, version)).collect())
            }
            Self::Patch(at) => {
                let metadata = Metadata::new([("patched".to_owned(), number_value(number))]).expect("small");
                index.update(&namespace, &id(*at), Patch { metadata, ..Patch::default() })
            }
            Self::Delete(ids) => index.delete(&namespace, ids.iter().map(|at| id(*at)).collect()),
            Self::DeleteOlder(before) => index.delete_matching(&namespace, older(*before)),
            Self::DeleteAll => index.delete_all(&namespace),
            Self::Drop => index.drop_namespace(&namespace),
        };
        match done {
            // There was nothing to change: then nothing changes.
            Err(Error::NotFound { what: Thing::Record | Thing::Namespace, .. }) => Ok(()),
            done => done.map(drop),
        }
    }
}

fn some_ids(random: &mut Random, most: u64) -> Vec<u64> {
    let count = 1 + random.below(most);
    let mut ids: Vec<u64> = (0..count).map(|_| random.below(IDS)).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn older(than: u64) -> Filter {
    filter::parse(&serde_json::json!({ "upserted": { "$lt": than } })).expect("a filter")
}

fn number_value(number: u64) -> Value {
    Value::Number(number as f64)
}

pub fn namespace(thread: usize) -> NamespaceName {
    NamespaceName::new(&format!("thread-{thread}")).expect("a name")
}

pub fn id(at: u64) -> RecordId {
    RecordId::new(&format!("record-{at:03}")).expect("an id")
}

/// The record that a version of an id is, to the last bit.
pub fn record(at: u64, version: Version) -> Record {
    let mut random = Random::of(&[at, version.upserted]);
    let values: Vec<f32> = (0..DIMENSION).map(|_| random.below(1 << 20) as f32 / 1024.0).collect();
    let fields = [("upserted", Some(version.upserted)), ("patched", version.patched)];
    let fields =
        fields.into_iter().filter_map(|(name, number)| Some((name.to_owned(), number_value(number?))));
    Record {
        id: id(at),
        values: Some(Values::new(values).expect("finite")),
        sparse: None,
        metadata: Metadata::new(fields).expect("small"),
    }
}
