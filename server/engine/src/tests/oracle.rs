//! The model: maps, and search by the definition in `f64`.

use crate::{
    Error, Filter, Match, Metric, NamespaceName, Query, Record, RecordId, Result, SparseValues, Target,
    Thing, tests::generate::Operation,
};
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Oracle {
    pub namespaces: BTreeMap<NamespaceName, BTreeMap<RecordId, Record>>,
}

impl Oracle {
    /// What a write does, and the number of records it reports.
    pub fn write(&mut self, operation: &Operation) -> Result<u64> {
        let missing = |what, name: &dyn ToString| Err(Error::NotFound { what, name: name.to_string() });
        Ok(match operation {
            Operation::Upsert(namespace, records) => {
                let space = self.namespaces.entry(namespace.clone()).or_default();
                space.extend(records.iter().map(|record| (record.id.clone(), record.clone())));
                records.len() as u64
            }
            Operation::Update(namespace, id, patch) => {
                let record = self.namespaces.get_mut(namespace).and_then(|space| space.get_mut(id));
                let Some(record) = record else { return missing(Thing::Record, id) };
                *record = patch.apply(record)?;
                1
            }
            Operation::UpdateMatching(namespace, filter, patch) => {
                let space = self.namespaces.get_mut(namespace).into_iter().flatten();
                let mut count = 0;
                for (_, record) in space.filter(|(_, record)| filter.matches(&record.metadata)) {
                    *record = patch.apply(record)?;
                    count += 1;
                }
                count
            }
            Operation::Delete(namespace, ids) => {
                let space = self.namespaces.get_mut(namespace);
                space.map_or(0, |space| ids.iter().filter_map(|id| space.remove(id)).count() as u64)
            }
            Operation::DeleteMatching(namespace, filter) => {
                self.retain(namespace, |r| !filter.matches(&r.metadata))
            }
            Operation::DeleteAll(namespace) => self.retain(namespace, |_| false),
            Operation::Create(namespace) if self.namespaces.contains_key(namespace) => {
                return Err(Error::AlreadyExists { what: Thing::Namespace, name: namespace.to_string() });
            }
            Operation::Create(namespace) => {
                self.namespaces.insert(namespace.clone(), BTreeMap::new());
                0
            }
            Operation::Drop(namespace) => match self.namespaces.remove(namespace) {
                Some(space) => space.len() as u64,
                None => return missing(Thing::Namespace, namespace),
            },
            _ => 0,
        })
    }

    fn retain(&mut self, namespace: &NamespaceName, keep: impl Fn(&Record) -> bool) -> u64 {
        let Some(space) = self.namespaces.get_mut(namespace) else { return 0 };
        let before = space.len();
        space.retain(|_, record| keep(record));
        (before - space.len()) as u64
    }

    pub fn records<'a>(
        &'a self,
        namespace: &NamespaceName,
        filter: Option<&'a Filter>,
    ) -> impl Iterator<Item = &'a Record> {
        let records = self.namespaces.get(namespace).into_iter().flat_map(|space| space.values());
        records.filter(move |record| filter.is_none_or(|filter| filter.matches(&record.metadata)))
    }

    pub fn get(&self, namespace: &NamespaceName, id: &RecordId) -> Option<&Record> {
        self.namespaces.get(namespace)?.get(id)
    }

    /// All matches with their scores, the best first.
    fn matches<'a>(
        &'a self,
        metric: Metric,
        namespace: &NamespaceName,
        query: &'a Query,
    ) -> Option<Vec<(f64, &'a Record)>> {
        let (values, sparse) = match &query.target {
            Target::Vector { values, sparse } => (values.clone(), sparse.clone()),
            Target::Id(id) => {
                let record = self.get(namespace, id)?;
                (record.values.clone(), record.sparse.clone())
            }
        };
        let score = |record: &Record| {
            let dense = values.as_deref().map(|a| dense(metric, a, record.values.as_deref().unwrap_or(&[])));
            let shared = sparse.as_ref().zip(record.sparse.as_ref()).and_then(|(a, b)| shared(a, b));
            if dense.is_none() { shared } else { Some(dense.unwrap_or(0.0) + shared.unwrap_or(0.0)) }
        };
        let records = self.records(namespace, query.filter.as_ref());
        let mut all: Vec<_> = records.filter_map(|record| Some((score(record)?, record))).collect();
        all.sort_by(|a, b| {
            let order = if metric == Metric::Euclidean { a.0.total_cmp(&b.0) } else { b.0.total_cmp(&a.0) };
            order.then(a.1.id.cmp(&b.1.id))
        });
        Some(all)
    }

    /// Checks an answer. Scores that are not whole numbers, those of cosine, may be off by rounding.
    pub fn check_query(&self, metric: Metric, namespace: &NamespaceName, query: &Query, found: &[Match]) {
        let slack = if metric == Metric::Cosine { 1e-6 } else { 0.0 };
        let all = self.matches(metric, namespace, query).expect("a target that exists");
        assert_eq!(found.len(), all.len().min(query.top_k));
        for (found, (expected, _)) in found.iter().zip(&all) {
            assert!((f64::from(found.score) - expected).abs() <= slack, "{} for {expected}", found.score);
            let (exact, record) = all.iter().find(|(_, record)| record.id == found.id).expect("a match");
            assert!((f64::from(found.score) - exact).abs() <= slack);
            let all = |given: bool| if given { Some(*record) } else { None };
            assert_eq!(found.values, all(query.include_values).and_then(|record| record.values.clone()));
            assert_eq!(found.sparse, all(query.include_values).and_then(|record| record.sparse.clone()));
            assert_eq!(found.metadata, all(query.include_metadata).map(|record| record.metadata.clone()));
        }
        for pair in found.windows(2) {
            let order = metric.compare(pair[0].score, pair[1].score);
            assert!(order.then_with(|| pair[0].id.cmp(&pair[1].id)).is_lt(), "in order, and none twice");
        }
        if metric != Metric::Cosine {
            let ids = |records: &mut dyn Iterator<Item = &RecordId>| records.cloned().collect::<Vec<_>>();
            let expected = ids(&mut all.iter().take(query.top_k).map(|(_, record)| &record.id));
            assert_eq!(ids(&mut found.iter().map(|found| &found.id)), expected);
        }
    }
}

fn dense(metric: Metric, a: &[f32], b: &[f32]) -> f64 {
    let pairs = || a.iter().zip(b).map(|(a, b)| (f64::from(*a), f64::from(*b)));
    let dot: f64 = pairs().map(|(a, b)| a * b).sum();
    let squares = |v: &[f32]| v.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>();
    match metric {
        Metric::DotProduct => dot + 0.0,
        Metric::Euclidean => pairs().map(|(a, b)| (a - b).powi(2)).sum(),
        Metric::Cosine => match squares(a) * squares(b) {
            0.0 => 0.0,
            product => dot / product.sqrt(),
        },
    }
}

fn shared(a: &SparseValues, b: &SparseValues) -> Option<f64> {
    let b: BTreeMap<u32, f32> = b.pairs().collect();
    let products = a.pairs().filter_map(|(place, x)| Some(f64::from(x) * f64::from(*b.get(&place)?)));
    products.reduce(|sum, product| sum + product).map(|sum| sum + 0.0)
}
