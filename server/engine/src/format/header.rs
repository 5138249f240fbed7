//! The first 16 bytes of every file: `CNFR`, the kind, the version of its format, and their checksum.

use super::{Put, checksum};
use crate::error::{Error, Result};
use std::path::Path;

pub const HEADER: usize = 16;
const MAGIC: &[u8; 4] = b"CNFR";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Catalog,
    Manifest,
    Log,
    Segment,
}

impl Kind {
    fn letters(self) -> &'static [u8; 4] {
        match self {
            Self::Catalog => b"CATL",
            Self::Manifest => b"MANI",
            Self::Log => b"WLOG",
            Self::Segment => b"SEGM",
        }
    }

    /// The version that is written. Every older one is read.
    fn version(self) -> u32 {
        1
    }
}

pub fn header(kind: Kind) -> Vec<u8> {
    header_of(kind, kind.version())
}

fn header_of(kind: Kind, version: u32) -> Vec<u8> {
    let mut bytes = [*MAGIC, *kind.letters()].concat();
    bytes.put_u32(version);
    let sum = checksum(&bytes);
    bytes.put_u32(sum);
    bytes
}

/// Checks what a file begins with, and returns its version.
pub fn check_header(kind: Kind, bytes: &[u8], file: &Path) -> Result<u32> {
    let damaged = |what| Err(Error::damaged(file, 0, what));
    let Some((header, _)) = bytes.split_first_chunk::<HEADER>() else {
        return damaged("it is too short for its header");
    };
    let (fields, sum) = header.split_at(12);
    if sum != checksum(fields).to_le_bytes() {
        return damaged("its header does not match its checksum");
    }
    if !fields.starts_with(MAGIC) || &fields[4..8] != kind.letters() {
        return damaged("it is a file of another kind");
    }
    let found = u32::from_le_bytes([fields[8], fields[9], fields[10], fields[11]]);
    match found {
        0 => damaged("its version is 0"),
        _ if found > kind.version() => {
            Err(Error::Newer { file: file.to_owned(), found, known: kind.version() })
        }
        _ => Ok(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_read_back_and_every_flipped_bit_is_found() {
        let file = Path::new("f");
        let good = header(Kind::Log);
        assert!(check_header(Kind::Log, &good, file).is_ok());
        for bit in 0..good.len() * 8 {
            let mut bad = good.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            assert!(matches!(check_header(Kind::Log, &bad, file), Err(Error::Damaged { .. })), "bit {bit}");
        }
        assert!(check_header(Kind::Log, &good[..15], file).is_err());
    }

    #[test]
    fn another_kind_and_a_newer_version_are_refused() {
        let file = Path::new("f");
        assert!(matches!(check_header(Kind::Log, &header(Kind::Segment), file), Err(Error::Damaged { .. })));
        let newer = header_of(Kind::Log, 2);
        let refused = check_header(Kind::Log, &newer, file).expect_err("newer");
        assert_eq!(
            refused.to_string(),
            "f has format 2, written by a newer version; this version reads up to 1"
        );
    }
}
