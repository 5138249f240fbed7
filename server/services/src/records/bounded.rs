//! Records up to a number of bytes: what is answered at once must not take all memory.

use super::RESULT_BYTES_MAX;
use conifer_engine::{Error, Invalid, Page, Record, RecordId, Result, Rule, limits};
use std::sync::Arc;

/// What a fetch by ids may come to, as the engine holds it.
pub const FETCH_BYTES_MAX: usize = 32 << 20;

/// How many records are looked at before it is known how large they are.
const FIRST_STEP: usize = 50;

/// A page of records that ends where it has `limit`, or before it comes to too many bytes. It has one at least.
pub(super) fn page(
    limit: usize,
    after: Option<RecordId>,
    mut read: impl FnMut(Option<&RecordId>, usize) -> Result<Page<Arc<Record>, RecordId>>,
) -> Result<Page<Arc<Record>, RecordId>> {
    let (mut items, mut bytes, mut after): (Vec<Arc<Record>>, usize, _) = (Vec::new(), 0, after);
    loop {
        let found = read(after.as_ref(), step(limit - items.len(), items.len(), bytes))?;
        for record in found.items {
            bytes += record.bytes();
            if let Some(last) = items.last().filter(|_| bytes > RESULT_BYTES_MAX) {
                return Ok(Page { next: Some(last.id.clone()), items });
            }
            items.push(record);
        }
        match found.next {
            Some(next) if items.len() < limit => after = Some(next),
            next => return Ok(Page { items, next }),
        }
    }
}

/// As many as are likely to fit.
fn step(left: usize, count: usize, bytes: usize) -> usize {
    let fitting = match bytes / count.max(1) {
        0 => FIRST_STEP,
        each => (RESULT_BYTES_MAX - bytes) / each + 1,
    };
    // A limit of none is refused by the engine.
    fitting.min(left)
}

/// All of these, or a refusal.
pub(super) fn all(
    ids: &[RecordId],
    mut read: impl FnMut(&[RecordId]) -> Result<Vec<Arc<Record>>>,
) -> Result<Vec<Arc<Record>>> {
    let refused = |unit, min, max, found| {
        let rule = Rule::Length { unit, min, max, found };
        Err(Error::Invalid(Invalid::new("ids", rule)))
    };
    if !(1..=limits::FETCH_IDS).contains(&ids.len()) {
        return refused("ids", 1, limits::FETCH_IDS, ids.len());
    }
    let (mut records, mut bytes): (Vec<Arc<Record>>, usize) = (Vec::new(), 0);
    for some in ids.chunks(FIRST_STEP) {
        let found = read(some)?;
        bytes += found.iter().map(|record| record.bytes()).sum::<usize>();
        if bytes > FETCH_BYTES_MAX {
            return refused("bytes of records", 0, FETCH_BYTES_MAX, bytes);
        }
        records.extend(found);
    }
    Ok(records)
}

#[cfg(test)]
mod tests {
    use super::*;
    use conifer_engine::{Metadata, Value};

    fn record(n: usize, text_bytes: usize) -> Arc<Record> {
        let text = Value::Text("x".repeat(text_bytes));
        let metadata = Metadata::new([("text".to_owned(), text)]).expect("metadata");
        let id = RecordId::new(&format!("{n:05}")).expect("an id");
        Arc::new(Record { id, values: None, sparse: None, metadata })
    }

    /// Pages of so many records, one after the other.
    fn pages(count: usize, text_bytes: usize, limit: usize) -> Vec<usize> {
        let records: Vec<_> = (0..count).map(|n| record(n, text_bytes)).collect();
        let read = |after: Option<&RecordId>, limit: usize| {
            let rest: Vec<_> =
                records.iter().filter(|one| after.is_none_or(|after| one.id > *after)).collect();
            let items: Vec<_> = rest.iter().take(limit).map(|one| Arc::clone(one)).collect();
            let next = items.last().filter(|_| rest.len() > limit).map(|last| last.id.clone());
            Ok(Page { items, next })
        };
        let (mut lengths, mut after) = (Vec::new(), None);
        loop {
            let found = page(limit, after, read).expect("a page");
            lengths.push(found.items.len());
            after = found.next;
            if after.is_none() {
                return lengths;
            }
        }
    }

    #[test]
    fn a_page_ends_before_it_is_too_large() {
        assert_eq!(pages(1_000, 10, 10_000), [1_000]);
        assert_eq!(pages(120, 10, 50), [50, 50, 20]);
        let large = pages(300, 40_000, 10_000);
        assert_eq!(large.iter().sum::<usize>(), 300);
        assert!(large.iter().all(|count| (1..=RESULT_BYTES_MAX / 80_000 + 1).contains(count)), "{large:?}");
        assert_eq!(pages(0, 10, 10), [0]);
    }

    #[test]
    fn too_many_bytes_are_refused() {
        let ids: Vec<_> = (0..1_000).map(|n| record(n, 0).id.clone()).collect();
        let of = |text_bytes| all(&ids, |some| Ok(some.iter().map(|_| record(0, text_bytes)).collect()));
        assert_eq!(of(10).expect("records").len(), 1_000);
        let refused = of(40_000).expect_err("refused").to_string();
        assert!(refused.starts_with("ids: must be 0 to 33554432 bytes of records, but is 3"), "{refused}");
        assert!(all(&[], |_| Ok(Vec::new())).is_err());
    }
}
