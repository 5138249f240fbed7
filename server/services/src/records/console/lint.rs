//! Looking for what may be wrong with the records of a namespace, in bounded time and memory.

use super::{
    super::{at_hand, entry, read::see},
    read,
};
use crate::{Error, Result, Services, authorize::Granted};
use conifer_domain::{
    Problem,
    lint::{DUPLICATES_RECORDS_MAX, Finding, LINT_RECORDS_MAX, Lint, Mixed, UNIT_LENGTH_TOLERANCE},
    permissions::may,
};
use conifer_engine::{
    IndexName, NamespaceName, Record, RecordId, Value, VectorEngine,
    limits::{FETCH_IDS, PAGE, SMALLEST_MAGNITUDE},
};
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

const TIME_MAX: Duration = Duration::from_secs(10);
const DUPLICATE_GROUPS_MAX: usize = 10_000;

pub async fn lint(
    services: &Services,
    granted: &Granted<may::FetchVectors>,
    namespace: &str,
) -> Result<Lint> {
    let namespace = read::namespace(namespace).map_err(Problem::from)?;
    let is_dense = entry(services, granted)?.vectors.dimension().is_some();
    let index = at_hand(services, granted, &namespace)?;
    let seen = see(services, "lint", index, move |engine, index| look(engine, index, &namespace, is_dense));
    match seen.await {
        Ok(seen) => Ok(seen.value),
        Err(Error::Missing { .. }) => Ok(Lint::default()),
        Err(error) => Err(error),
    }
}

fn look(
    engine: &dyn VectorEngine,
    index: &IndexName,
    namespace: &NamespaceName,
    is_dense: bool,
) -> conifer_engine::Result<Lint> {
    let (began, records) = (Instant::now(), engine.count(index, namespace, None)?);
    let step = records.div_ceil(LINT_RECORDS_MAX).max(1);
    let (mut after, mut nth, mut looking) = (None, 0, Looking::default());
    let cut_short = loop {
        let page = engine.list_ids(index, namespace, "", after.as_ref(), PAGE)?;
        let mut chosen: Vec<RecordId> = Vec::new();
        for id in page.items {
            if nth % step == 0 {
                chosen.push(id);
            }
            nth += 1;
        }
        for some in chosen.chunks(FETCH_IDS) {
            engine.fetch(index, namespace, some)?.iter().for_each(|record| looking.at(record));
        }
        after = page.next;
        let is_late = began.elapsed() > TIME_MAX;
        if after.is_none() || is_late {
            break after.is_some();
        }
    };
    let duplicates = match is_dense && records <= DUPLICATES_RECORDS_MAX && !cut_short {
        true => Some(duplicates(&engine.duplicates(index, namespace, None, DUPLICATE_GROUPS_MAX)?)),
        false => None,
    };
    Ok(Lint { records, cut_short, duplicates, ..looking.told() })
}

/// All but the first of each group.
fn duplicates(groups: &[Vec<RecordId>]) -> Finding {
    let mut finding = Finding::default();
    groups.iter().for_each(|group| group.iter().skip(1).for_each(|id| finding.add(id.as_str())));
    finding
}

/// What was found so far.
#[derive(Default)]
struct Looking {
    lint: Lint,
    fields: BTreeMap<String, BTreeMap<&'static str, Finding>>,
}

impl Looking {
    fn at(&mut self, record: &Record) {
        let id = record.id.as_str();
        self.lint.looked_at += 1;
        if let Some(values) = &record.values {
            let length = values.iter().map(|value| f64::from(*value).powi(2)).sum::<f64>().sqrt();
            if length < SMALLEST_MAGNITUDE {
                self.lint.zero.add(id);
            } else if (length - 1.0).abs() > UNIT_LENGTH_TOLERANCE {
                self.lint.unnormalised.add(id);
            }
            let (least, most) = self.lint.lengths.unwrap_or((length, length));
            self.lint.lengths = Some((least.min(length), most.max(length)));
        }
        for (name, value) in record.metadata.iter() {
            let kinds = self.fields.entry(name.to_owned()).or_default();
            kinds.entry(kind(value)).or_default().add(id);
        }
    }

    fn told(self) -> Lint {
        let mixed = self.fields.into_iter().filter(|(_, kinds)| kinds.len() > 1).map(|(field, kinds)| {
            let mut kinds: Vec<_> = kinds.into_iter().map(|(kind, found)| (kind.to_owned(), found)).collect();
            kinds.sort_by_key(|(_, found)| std::cmp::Reverse(found.count));
            Mixed { field, kinds }
        });
        Lint { mixed: mixed.collect(), ..self.lint }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Text(_) => "text",
        Value::Number(_) => "number",
        Value::Boolean(_) => "truth value",
        Value::Texts(_) => "list",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use conifer_engine::{Metadata, Values};
    use serde_json::json;

    fn looked(records: &[(&str, [f32; 2], serde_json::Value)]) -> Lint {
        let mut looking = Looking::default();
        for (id, values, metadata) in records {
            looking.at(&Record {
                id: RecordId::new(id).expect("an id"),
                values: Some(Values::new(values.to_vec()).expect("values")),
                sparse: None,
                metadata: Metadata::from_json(metadata.as_object().expect("an object")).expect("metadata"),
            });
        }
        looking.told()
    }

    #[test]
    fn lengths_and_kinds_are_told() {
        let lint = looked(&[
            ("a", [1.0, 0.0], json!({"year": 1999, "tags": ["x"]})),
            ("b", [3.0, 4.0], json!({"year": "1999", "tags": ["y"]})),
            ("c", [0.6, 0.8], json!({"year": 2000})),
        ]);
        assert_eq!((lint.looked_at, lint.unnormalised.ids, lint.zero.count), (3, vec!["b".to_owned()], 0));
        assert!(
            lint.lengths.is_some_and(|(least, most)| (least - 1.0).abs() < 1e-6 && (most - 5.0).abs() < 1e-6)
        );
        assert_eq!(lint.mixed.len(), 1);
        let kinds: Vec<_> =
            lint.mixed[0].kinds.iter().map(|(kind, found)| (kind.as_str(), found.count)).collect();
        assert_eq!((lint.mixed[0].field.as_str(), kinds), ("year", vec![("number", 2), ("text", 1)]));
    }
}
