//! Random operations from a seed. Names are few, so that operations meet; numbers are small and whole, so that sums in
//! `f32` and `f64` are the same.

use crate::{
    Filter, IndexSpec, Metadata, Metric, NamespaceName, Patch, Query, Record, RecordId, SparseValues, Target,
    Value, Values,
    filter::{Order, Scalar, Test},
};

pub const DIMENSION: usize = 5;

#[derive(Clone, Debug)]
pub enum Operation {
    Upsert(NamespaceName, Vec<Record>),
    Update(NamespaceName, RecordId, Patch),
    UpdateMatching(NamespaceName, Filter, Patch),
    Delete(NamespaceName, Vec<RecordId>),
    DeleteMatching(NamespaceName, Filter),
    DeleteAll(NamespaceName),
    Create(NamespaceName),
    Drop(NamespaceName),
    Query(NamespaceName, Query),
    Fetch(NamespaceName, Vec<RecordId>),
    List {
        namespace: NamespaceName,
        prefix: String,
        filter: Option<Filter>,
        limit: usize,
    },
    Count(NamespaceName, Option<Filter>),
    Flush,
    Merge,
    /// A crash, after which the directory is opened again.
    Restart,
    /// A snapshot, of which a new index is made that takes the place of the old.
    Restore,
}

/// SplitMix64.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len() as u64) as usize]
    }

    fn list<T>(&mut self, min: u64, max: u64, mut item: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = min + self.below(max - min + 1);
        (0..count).map(|_| item(self)).collect()
    }
}

pub fn spec(number: u64) -> IndexSpec {
    let dense = |metric| IndexSpec::Dense { metric, dimension: DIMENSION };
    match number % 5 {
        0 => dense(Metric::DotProduct),
        1 => dense(Metric::Euclidean),
        2 => dense(Metric::Cosine),
        3 => IndexSpec::Sparse,
        _ => IndexSpec::Hybrid { dimension: DIMENSION },
    }
}

pub fn operation(random: &mut Random, spec: IndexSpec) -> Operation {
    let namespace = namespace(random);
    match random.below(100) {
        0..25 => {
            let mut records = random.list(1, 12, |random| record(random, spec));
            records.sort_by(|a, b| a.id.cmp(&b.id));
            records.dedup_by(|a, b| a.id == b.id);
            Operation::Upsert(namespace, records)
        }
        25..32 => Operation::Update(namespace, id(random), patch(random, spec)),
        32..34 => Operation::UpdateMatching(namespace, some_filter(random), patch(random, spec)),
        34..40 => Operation::Delete(namespace, random.list(1, 4, id)),
        40..42 => Operation::DeleteMatching(namespace, some_filter(random)),
        42 if random.once_in(3) => Operation::DeleteAll(namespace),
        43 if random.once_in(2) => Operation::Drop(namespace),
        44 => Operation::Create(namespace),
        45..70 => Operation::Query(namespace, query(random, spec)),
        70..75 => Operation::Fetch(namespace, random.list(1, 5, id)),
        75..83 => {
            let prefix = (*random.one_of(&["", "a", "k", "k1", "zz"])).to_owned();
            let filter = random.once_in(2).then(|| some_filter(random));
            Operation::List { namespace, prefix, filter, limit: 1 + random.below(7) as usize }
        }
        83..90 => Operation::Count(namespace, random.once_in(2).then(|| filter(random, 2))),
        90..95 => Operation::Flush,
        95..98 => Operation::Merge,
        98 if random.once_in(4) => Operation::Restore,
        _ => Operation::Restart,
    }
}

pub fn namespace(random: &mut Random) -> NamespaceName {
    NamespaceName::new(random.one_of::<&str>(&["", "one", "one-more"])).expect("valid")
}

fn id(random: &mut Random) -> RecordId {
    let number = random.below(30);
    let id = if number < 5 { format!("a/{number}") } else { format!("k{number}") };
    RecordId::new(&id).expect("valid")
}

fn values(random: &mut Random, min: i64) -> Values {
    let mut values = vec![0.0; DIMENSION];
    values.fill_with(|| random.below(9) as f32 - 4.0);
    values[0] = values[0].max(min as f32);
    Values::new(values).expect("finite")
}

fn sparse(random: &mut Random) -> SparseValues {
    let mut places = random.list(1, 4, |random| random.below(8) as u32);
    places.sort_unstable();
    places.dedup();
    let values: Vec<f32> = places.iter().map(|_| random.below(7) as f32 - 3.0).collect();
    SparseValues::new(&places, &values).expect("valid")
}

pub fn record(random: &mut Random, spec: IndexSpec) -> Record {
    let has_sparse = match spec {
        IndexSpec::Dense { .. } => false,
        IndexSpec::Sparse => true,
        IndexSpec::Hybrid { .. } => !random.once_in(3),
    };
    Record {
        id: id(random),
        values: (spec.dimension() > 0).then(|| values(random, 1)),
        sparse: has_sparse.then(|| sparse(random)),
        metadata: metadata(random),
    }
}

fn patch(random: &mut Random, spec: IndexSpec) -> Patch {
    let new = record(random, spec);
    let values = new.values.filter(|_| random.once_in(3));
    let sparse = new.sparse.filter(|_| random.once_in(3));
    let needs_metadata = values.is_none() && sparse.is_none();
    let mut metadata = new.metadata;
    if needs_metadata && metadata.is_empty() {
        metadata = Metadata::new([("a".to_owned(), Value::Number(1.0))]).expect("small");
    }
    Patch { values, sparse, metadata }
}

fn metadata(random: &mut Random) -> Metadata {
    Metadata::new(random.list(0, 3, |random| (field(random), value(random)))).expect("small")
}

fn field(random: &mut Random) -> String {
    (*random.one_of(&["a", "b", "c"])).to_owned()
}

fn text(random: &mut Random) -> String {
    (*random.one_of(&["x", "y", "z", ""])).to_owned()
}

fn value(random: &mut Random) -> Value {
    match random.below(4) {
        0 => Value::Text(text(random)),
        1 => Value::Number(random.below(5) as f64 / 2.0),
        2 => Value::Boolean(random.once_in(2)),
        _ => Value::Texts(random.list(0, 3, text)),
    }
}

fn scalar(random: &mut Random) -> Scalar {
    match random.below(3) {
        0 => Scalar::Text(text(random)),
        1 => Scalar::Number(random.below(5) as f64 / 2.0),
        _ => Scalar::Boolean(random.once_in(2)),
    }
}

/// A filter with a condition.
fn some_filter(random: &mut Random) -> Filter {
    let order = *random.one_of(&[Order::Greater, Order::GreaterOrEqual, Order::Less, Order::LessOrEqual]);
    let test = match random.below(7) {
        0 | 1 => Test::Equal(scalar(random)),
        2 => Test::NotEqual(scalar(random)),
        3 => Test::In(random.list(0, 3, scalar)),
        4 => Test::NotIn(random.list(0, 3, scalar)),
        5 => Test::Number(order, random.below(5) as f64 / 2.0),
        _ => Test::Exists(random.once_in(2)),
    };
    Filter::Field { name: field(random), test }
}

fn filter(random: &mut Random, depth: u32) -> Filter {
    match random.below(4) {
        0 if depth > 0 => Filter::All(random.list(0, 3, |random| filter(random, depth - 1))),
        1 if depth > 0 => Filter::Any(random.list(1, 3, |random| filter(random, depth - 1))),
        _ => some_filter(random),
    }
}

fn query(random: &mut Random, spec: IndexSpec) -> Query {
    let target = match (random.below(4), spec) {
        (0, _) => Target::Id(id(random)),
        (_, IndexSpec::Sparse) => Target::Vector { values: None, sparse: Some(sparse(random)) },
        (1, IndexSpec::Hybrid { .. }) => Target::Vector { values: None, sparse: Some(sparse(random)) },
        (2, IndexSpec::Hybrid { .. }) => {
            Target::Vector { values: Some(values(random, -4)), sparse: Some(sparse(random)) }
        }
        _ => Target::Vector { values: Some(values(random, -4)), sparse: None },
    };
    Query {
        target,
        top_k: 1 + random.below(12) as usize,
        filter: random.once_in(2).then(|| filter(random, 2)),
        exact: true,
        include_values: random.once_in(2),
        include_metadata: random.once_in(2),
    }
}
