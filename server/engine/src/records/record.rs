//! A record, and changes to one.

use super::{Metadata, RecordId, SparseValues, Values};
use crate::invalid::Invalid;

#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub id: RecordId,
    pub values: Option<Values>,
    pub sparse: Option<SparseValues>,
    pub metadata: Metadata,
}

/// What to change of a record; what is left out stays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Patch {
    pub values: Option<Values>,
    pub sparse: Option<SparseValues>,
    /// Fields to set. Other fields of the record stay.
    pub metadata: Metadata,
}

impl Patch {
    pub fn is_empty(&self) -> bool {
        self.values.is_none() && self.sparse.is_none() && self.metadata.is_empty()
    }

    pub fn apply(&self, record: &Record) -> Result<Record, Invalid> {
        Ok(Record {
            id: record.id.clone(),
            values: self.values.clone().or_else(|| record.values.clone()),
            sparse: self.sparse.clone().or_else(|| record.sparse.clone()),
            metadata: record.metadata.merged(&self.metadata)?,
        })
    }
}

impl Record {
    /// About how much memory it takes.
    pub fn bytes(&self) -> usize {
        let values = self.values.as_ref().map_or(0, |values| values.len() * 4);
        let sparse = self.sparse.as_ref().map_or(0, |sparse| sparse.indices().len() * 8);
        const OVERHEAD: usize = 200;
        self.id.as_str().len() + values + sparse + 2 * self.metadata.bytes() + OVERHEAD
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::Value;

    #[test]
    fn a_patch_changes_what_it_names() {
        let record = Record {
            id: RecordId::new("a").expect("valid"),
            values: Some(Values::new([1.0]).expect("valid")),
            sparse: None,
            metadata: Metadata::new([("k".to_owned(), Value::Boolean(true))]).expect("valid"),
        };
        let sparse = SparseValues::new(&[1], &[2.0]).expect("valid");
        let patch = Patch { sparse: Some(sparse.clone()), ..Patch::default() };
        assert!(Patch::default().is_empty() && !patch.is_empty());
        assert_eq!(patch.apply(&record).expect("small"), Record { sparse: Some(sparse), ..record });
    }
}
