//! Bytes are an index of near vectors or they are not; if they are, it can be searched.
#![no_main]

use conifer_ann::{Build, Index, Metric, Rows, Search};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

const ROWS: usize = 70;
const DIMENSION: usize = 3;

static VALUES: LazyLock<Vec<f32>> = LazyLock::new(|| (0..ROWS * DIMENSION).map(|at| (at * 7 % 23) as f32).collect());
static WRITTEN: LazyLock<Vec<u8>> =
    LazyLock::new(|| Index::build(Rows::new(&VALUES, DIMENSION), Build::new(Metric::DotProduct)).0.to_bytes());

// Three bytes of the input change one of a true index: two say where. What is left is taken as it is.
fuzz_target!(|bytes: &[u8]| {
    let mut changed = WRITTEN.clone();
    for change in bytes.chunks_exact(3) {
        let at = usize::from(u16::from_le_bytes([change[0], change[1]])) % changed.len();
        changed[at] = change[2];
    }
    search(&changed);
    search(bytes);
});

fn search(bytes: &[u8]) {
    let rows = Rows::new(&VALUES, DIMENSION);
    if let Ok(index) = Index::from_bytes(bytes)
        && (index.len(), index.dimension()) == (rows.len(), rows.dimension())
    {
        let (found, _) = index.search(rows, Search::new(rows.row(5), 10));
        assert!(found.iter().all(|position| (*position as usize) < rows.len()));
    }
}
