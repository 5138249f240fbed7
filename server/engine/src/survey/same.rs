//! Records with the same values.

use crate::{
    error::Result,
    filter::Filter,
    namespace::{Located, Namespace},
    records::RecordId,
};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Goes by a hash of the values, sixteen bytes a record, and compares only those whose hashes are equal.
pub fn duplicates(
    namespace: &Namespace,
    filter: Option<&Filter>,
    limit: usize,
) -> Result<Vec<Vec<RecordId>>> {
    let mut hashes = Vec::new();
    namespace.visit(filter, |found| {
        hashes.push((hash(found.values()?), found));
        Ok(())
    })?;
    hashes.sort_by_key(|(hash, _)| *hash);
    let mut groups = Vec::new();
    for like in hashes.chunk_by(|a, b| a.0 == b.0).filter(|like| like.len() > 1) {
        groups.extend(same(like.iter().map(|(_, found)| *found))?);
    }
    groups.sort_unstable();
    groups.truncate(limit);
    Ok(groups)
}

fn same<'a>(like: impl Iterator<Item = Located<'a>>) -> Result<impl Iterator<Item = Vec<RecordId>>> {
    let mut groups: Vec<(&'a [f32], Vec<RecordId>)> = Vec::new();
    for found in like {
        let (values, id) = (found.values()?, found.id()?);
        match groups.iter_mut().find(|(first, _)| *first == values) {
            Some((_, group)) => group.push(id),
            None => groups.push((values, vec![id])),
        }
    }
    groups.iter_mut().for_each(|(_, group)| group.sort_unstable());
    Ok(groups.into_iter().map(|(_, group)| group).filter(|group| group.len() > 1))
}

fn hash(values: &[f32]) -> u64 {
    let mut hasher = DefaultHasher::new();
    // Both zeros are the same number.
    values.iter().for_each(|value| (value + 0.0).to_bits().hash(&mut hasher));
    hasher.finish()
}
