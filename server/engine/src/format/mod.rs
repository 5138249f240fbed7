//! What all files have in common: a header with kind and version, little-endian numbers, checksums.

mod bytes;
mod header;
mod whole;

pub use bytes::{Malformed, Put, Reader};
pub use header::{HEADER, Kind, check_header, header};
pub use whole::{read_whole, write_whole};

pub fn checksum(bytes: &[u8]) -> u32 {
    // A fuzzer would never come past a checksum to what it guards.
    if cfg!(fuzzing) { 0 } else { crc32fast::hash(bytes) }
}
