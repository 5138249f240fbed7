//! From what is asked for to the changes that the log keeps: those need no look at what was there before.

use super::write::{Write, no_record};
use crate::{
    error::{Error, Result, Thing},
    invalid::check_length,
    limits,
    log::Change,
    namespace::Namespace,
    records::{NamespaceName, Patch, RecordId},
};
use std::{collections::BTreeSet, sync::Arc};

/// The changes, and how many records they concern. Without changes there is nothing to do.
pub fn resolve(
    write: &Write,
    name: &NamespaceName,
    namespace: Option<&Namespace>,
) -> Result<(Vec<Change>, u64)> {
    let counted = |changes: Vec<Change>| {
        let count = changes.len() as u64;
        Ok((changes, count))
    };
    match (write, namespace) {
        (Write::Upsert(records), _) => counted(records.iter().map(Arc::clone).map(Change::Put).collect()),
        (Write::Create, Some(_)) => {
            Err(Error::AlreadyExists { what: Thing::Namespace, name: name.to_string() })
        }
        (Write::Create, None) => Ok((vec![Change::Create], 0)),
        (Write::Drop, None) => Err(Error::NotFound { what: Thing::Namespace, name: name.to_string() }),
        (Write::Drop, Some(namespace)) => Ok((vec![Change::Drop], namespace.count())),
        (Write::Update { id, .. }, None) => Err(no_record(id)),
        (_, None) => Ok((Vec::new(), 0)),
        (Write::DeleteAll, Some(namespace)) => match namespace.count() {
            0 => Ok((Vec::new(), 0)),
            count => Ok((vec![Change::Clear], count)),
        },
        (Write::Update { id, patch }, Some(namespace)) => counted(vec![updated(namespace, id, patch)?]),
        (Write::UpdateMatching { filter, patch }, Some(namespace)) => {
            let ids = namespace.ids_matching(filter)?;
            check_length("filter", "matching records", (0, limits::UPDATE_RECORDS), ids.len())?;
            counted(ids.iter().map(|id| updated(namespace, id, patch)).collect::<Result<_>>()?)
        }
        (Write::Delete(ids), Some(namespace)) => {
            let mut changes = Vec::new();
            for id in ids.iter().collect::<BTreeSet<_>>() {
                if namespace.has(id.as_str())? {
                    changes.push(Change::Delete(id.clone()));
                }
            }
            counted(changes)
        }
        (Write::DeleteMatching(filter), Some(namespace)) => {
            counted(namespace.ids_matching(filter)?.into_iter().map(Change::Delete).collect())
        }
    }
}

fn updated(namespace: &Namespace, id: &RecordId, patch: &Patch) -> Result<Change> {
    let record = namespace.get(id.as_str())?.ok_or_else(|| no_record(id))?;
    let updated = patch.apply(&record).map_err(|invalid| invalid.within(format!("{:?}", id.as_str())))?;
    Ok(Change::Put(Arc::new(updated)))
}
