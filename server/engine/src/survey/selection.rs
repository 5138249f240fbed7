//! Which records to look at.

use crate::{error::Result, filter::Filter, namespace::Namespace, records::RecordId, score::is_ordinary};

#[derive(Clone, Debug, PartialEq)]
pub enum Selection {
    /// Those of these that there are.
    Ids(Vec<RecordId>),
    /// At most so many of those that match, spread evenly.
    Sample { filter: Option<Filter>, limit: usize },
}

/// Records with their dense values, one after the other.
#[derive(Default)]
pub struct Selected {
    pub ids: Vec<RecordId>,
    pub values: Vec<f32>,
}

impl Selection {
    pub fn of(&self, namespace: &Namespace) -> Result<Selected> {
        let mut selected = Selected::default();
        match self {
            Self::Ids(ids) => {
                for id in ids {
                    if let Some(record) = namespace.get(id.as_str())? {
                        selected.add(&record.id, record.values.as_deref().unwrap_or(&[]));
                    }
                }
            }
            Self::Sample { filter, limit } => {
                let filter = filter.as_ref();
                let all = filter.map_or_else(|| Ok(namespace.count()), |f| namespace.count_matching(f))?;
                let step = all.div_ceil(*limit as u64).max(1);
                let mut nth = 0;
                namespace.visit(filter, |found| {
                    if nth % step == 0 {
                        selected.add(&found.id()?, found.values()?);
                    }
                    nth += 1;
                    Ok(())
                })?;
            }
        }
        Ok(selected)
    }
}

impl Selected {
    /// Numbers so large that their squares are none are left out: they would hide all others.
    fn add(&mut self, id: &RecordId, values: &[f32]) {
        if is_ordinary(values) {
            self.ids.push(id.clone());
            self.values.extend_from_slice(values);
        }
    }
}
