//! How large things may be. Every check names one of these.

pub const ID_BYTES: usize = 512;
pub const NAMESPACE_BYTES: usize = 512;
/// Of an index or a snapshot.
pub const NAME_BYTES: usize = 45;
pub const DIMENSIONS: usize = 20_000;
pub const SPARSE_NON_ZEROS: usize = 2_048;
pub const METADATA_BYTES: usize = 40 * 1024;
/// Below this length a dense vector has no direction, and counts as all zeros.
pub const SMALLEST_MAGNITUDE: f64 = 1e-8;

pub const UPSERT_RECORDS: usize = 1_000;
pub const FETCH_IDS: usize = 1_000;
pub const DELETE_IDS: usize = 1_000;
/// How many records one update by filter may change.
pub const UPDATE_RECORDS: usize = 100_000;
/// How many bytes of changes one request may come to.
pub const COMMIT_BYTES: usize = 1 << 30;
pub const TOP_K: usize = 10_000;
/// Of queries that are answered together.
pub const QUERIES: usize = 1_000;
/// How many records are looked at as a whole.
pub const SURVEY: usize = 20_000;
/// How many records, ids or namespaces a page may have.
pub const PAGE: usize = 10_000;

pub const FILTER_VALUES: usize = 10_000;
pub const FILTER_DEPTH: usize = 32;
pub const FILTER_CONDITIONS: usize = 1_000;
