//! How large things may be. Every check names one of these.

pub const ID_BYTES: usize = 512;
pub const NAMESPACE_BYTES: usize = 512;
pub const INDEX_NAME_BYTES: usize = 45;
pub const DIMENSIONS: usize = 20_000;
pub const SPARSE_NON_ZEROS: usize = 2_048;
pub const METADATA_BYTES: usize = 40 * 1024;
/// Below this length a dense vector has no direction, and counts as all zeros.
pub const SMALLEST_MAGNITUDE: f64 = 1e-8;

pub const FILTER_VALUES: usize = 10_000;
pub const FILTER_DEPTH: usize = 32;
pub const FILTER_CONDITIONS: usize = 1_000;
