//! What a log holds: per request one entry, which is applied as a whole or not at all.

use super::record::{put_record, read_record};
use crate::{
    format::{Malformed, Put, Reader},
    records::{NamespaceName, Record, RecordId},
};
use std::sync::Arc;

/// Changes say what becomes of a record whatever was there before, so that applying them twice is the same as once.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    Put(Arc<Record>),
    Delete(RecordId),
    /// Deletes all records. The namespace stays.
    Clear,
    /// Makes the namespace if it is not there. Every entry but `Drop` does so too.
    Create,
    Drop,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub namespace: NamespaceName,
    pub changes: Vec<Change>,
}

impl Entry {
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.put_text(self.namespace.as_str());
        out.put_u32(self.changes.len() as u32);
        for change in &self.changes {
            match change {
                Change::Put(record) => {
                    out.put_u8(0);
                    put_record(&mut out, record);
                }
                Change::Delete(id) => {
                    out.put_u8(1);
                    out.put_text(id.as_str());
                }
                Change::Clear => out.put_u8(2),
                Change::Create => out.put_u8(3),
                Change::Drop => out.put_u8(4),
            }
        }
        out
    }

    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes);
        let namespace = NamespaceName::new(reader.text()?).map_err(|_| reader.malformed())?;
        let count = reader.u32()?;
        let changes = (0..count).map(|_| read_change(&mut reader)).collect::<Result<_, _>>()?;
        reader.done()?;
        Ok(Self { namespace, changes })
    }
}

fn read_change(reader: &mut Reader<'_>) -> Result<Change, Malformed> {
    match reader.u8()? {
        0 => Ok(Change::Put(Arc::new(read_record(reader)?))),
        1 => RecordId::new(reader.text()?).map(Change::Delete).map_err(|_| reader.malformed()),
        2 => Ok(Change::Clear),
        3 => Ok(Change::Create),
        4 => Ok(Change::Drop),
        _ => Err(reader.malformed()),
    }
}
