//! A record that goes into a part: from memory, or from an older part without being decoded.

use super::{Part, sections::Section};
use crate::{
    error::Result,
    format::{Put, Reader},
    log::{put_metadata, read_metadata},
    records::{Metadata, Record},
};
use std::borrow::Cow;

#[derive(Clone, Copy)]
pub enum Row<'a> {
    Memory(&'a Record),
    Stored(&'a Part, u32),
}

impl<'a> Row<'a> {
    pub fn id(self) -> Result<&'a [u8]> {
        match self {
            Self::Memory(record) => Ok(record.id.as_str().as_bytes()),
            Self::Stored(part, row) => part.id_bytes(row),
        }
    }

    pub fn values(self) -> Result<&'a [f32]> {
        match self {
            Self::Memory(record) => Ok(record.values.as_deref().unwrap_or(&[])),
            Self::Stored(part, row) => part.values(row),
        }
    }

    /// The places, then the numbers.
    pub fn sparse(self) -> Result<Cow<'a, [u8]>> {
        match self {
            Self::Stored(part, row) => {
                part.string(Section::SparseEnds, Section::Sparse, row).map(Cow::Borrowed)
            }
            Self::Memory(Record { sparse: None, .. }) => Ok(Cow::Borrowed(&[])),
            Self::Memory(Record { sparse: Some(sparse), .. }) => {
                let mut bytes = bytemuck::cast_slice(sparse.indices()).to_vec();
                bytes.put(bytemuck::cast_slice(sparse.values()));
                Ok(Cow::Owned(bytes))
            }
        }
    }

    pub fn metadata_bytes(self) -> Result<Cow<'a, [u8]>> {
        match self {
            Self::Stored(part, row) => {
                part.string(Section::MetadataEnds, Section::Metadata, row).map(Cow::Borrowed)
            }
            Self::Memory(record) => {
                let mut bytes = Vec::new();
                put_metadata(&mut bytes, &record.metadata);
                Ok(Cow::Owned(bytes))
            }
        }
    }

    pub fn metadata(self) -> Result<Cow<'a, Metadata>> {
        match self {
            Self::Memory(record) => Ok(Cow::Borrowed(&record.metadata)),
            Self::Stored(part, row) => part.metadata(row).map(Cow::Owned),
        }
    }
}

pub(super) fn decode_metadata(part: &Part, bytes: &[u8]) -> Result<Metadata> {
    let mut reader = Reader::new(bytes);
    read_metadata(&mut reader).map_err(|_| part.malformed("metadata"))
}
