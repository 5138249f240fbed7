//! What the engine holds, as pages show it.

use conifer_domain::records::{Explanation, Match, Record as Shown, Sparse};
use conifer_engine::{Explanation as Explained, Match as Matched, Record, SparseValues};
use std::time::Duration;

pub fn record(record: &Record, with_values: bool) -> Shown {
    Shown {
        id: record.id.to_string(),
        values: record.values.as_ref().filter(|_| with_values).map(|values| values.to_vec()),
        sparse: record.sparse.as_ref().filter(|_| with_values).map(sparse),
        metadata: record.metadata.to_json(),
    }
}

fn sparse(values: &SparseValues) -> Sparse {
    Sparse { indices: values.indices().to_vec(), values: values.values().to_vec() }
}

pub fn found(found: Matched) -> Match {
    let metadata = found.metadata.map(|metadata| metadata.to_json()).unwrap_or_default();
    Match { id: found.id.to_string(), score: found.score, metadata }
}

pub fn explanation(explained: &Explained, total: Duration) -> Explanation {
    Explanation {
        exact: explained.exact,
        segments: explained.segments,
        cells: explained.cells,
        estimated: explained.estimated,
        scored: explained.scored,
        took_us: microseconds(explained.took.total()),
        total_us: microseconds(total),
    }
}

pub fn microseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}
