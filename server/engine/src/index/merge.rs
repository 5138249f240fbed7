//! From several segments to one: fewer places to look, and no room for what is deleted.

use super::{Index, Manifest, State, Upkeep, flush::Parts, lock};
use crate::{
    error::Result,
    namespace::{Namespace, View},
    records::NamespaceName,
    segment::{Layout, Place, Row, SegmentWriter, build_part},
};
use roaring::RoaringBitmap;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// So many segments of about one size are merged.
pub(super) const ALIKE: usize = 4;

#[derive(Default)]
pub(super) struct Usage {
    pub bytes: u64,
    rows: u64,
    deleted: u64,
}

impl Index {
    /// Flushes and merges, as far as that is worth it now.
    pub(crate) fn upkeep(&self) -> Result<()> {
        if self.wants_flush(&lock(&self.writer)) {
            self.flush()?;
        }
        self.merge()
    }

    /// Merges segments until there is nothing worth merging, or the engine stops.
    pub fn merge(&self) -> Result<()> {
        self.merge_chosen(choose)
    }

    pub(super) fn merge_chosen(&self, choose: impl Fn(&State, u64) -> BTreeSet<u64>) -> Result<()> {
        let mut upkeep = lock(&self.upkeep);
        self.check_exists()?;
        loop {
            let sources = choose(&self.state(), self.shared.settings.merge_bytes);
            if sources.is_empty() || self.shared.upkeep_wanted.is_stopping() {
                return Ok(());
            }
            self.merge_files(&mut upkeep, &sources)?;
        }
    }

    fn merge_files(&self, upkeep: &mut Upkeep, sources: &BTreeSet<u64>) -> Result<()> {
        let before = self.state();
        let parts =
            self.write_segment(upkeep, |writer| merged_parts(&before, sources, writer, self.layout()))?;
        self.check_exists()?;
        let merged = with_merged(&self.state(), &before, sources, &parts)?;
        let manifest = Manifest::of(self.spec, upkeep.first_log, &merged);
        manifest.write(&*self.shared.vfs, &self.directory)?;
        let log = lock(&self.writer);
        self.state.store(Arc::new(with_merged(&self.state(), &before, sources, &parts)?));
        drop(log);
        self.remove_unneeded(upkeep, &manifest);
        Ok(())
    }
}

/// Segments to merge: several of about one size, or one of which half is deleted.
fn choose(state: &State, merge_bytes: u64) -> BTreeSet<u64> {
    let usage = usage(state);
    let mut alike: BTreeMap<u32, BTreeSet<u64>> = BTreeMap::new();
    for (number, usage) in &usage {
        if usage.deleted * 2 >= usage.rows {
            return BTreeSet::from([*number]);
        }
        if usage.bytes * ALIKE as u64 <= merge_bytes {
            alike.entry(usage.bytes.max(1).ilog(ALIKE as u64)).or_default().insert(*number);
        }
    }
    alike.into_values().find(|numbers| numbers.len() >= ALIKE).unwrap_or_default()
}

pub(super) fn usage(state: &State) -> BTreeMap<u64, Usage> {
    let mut usage: BTreeMap<u64, Usage> = BTreeMap::new();
    for view in state.namespaces.values().flat_map(|namespace| &namespace.parts) {
        let file = view.part.file();
        let usage = usage.entry(file.number()).or_default();
        usage.bytes = file.length();
        usage.rows += u64::from(view.part.rows());
        usage.deleted += view.deleted().len();
    }
    usage
}

fn is_source(view: &View, sources: &BTreeSet<u64>) -> bool {
    sources.contains(&view.part.file().number())
}

fn merged_parts(
    state: &State,
    sources: &BTreeSet<u64>,
    writer: &mut SegmentWriter,
    layout: Layout,
) -> Result<Vec<(NamespaceName, Place)>> {
    let mut places = Vec::new();
    for (name, namespace) in state.namespaces.iter() {
        let mut rows = Vec::new();
        for view in namespace.parts.iter().filter(|view| is_source(view, sources)) {
            for row in view.matching(None)?.iter() {
                rows.push((view.part.id(row)?, Row::Stored(&view.part, row)));
            }
        }
        if !rows.is_empty() {
            // Each source is in order already, which this sort makes use of.
            rows.sort_by_key(|(id, _)| *id);
            let rows: Vec<Row<'_>> = rows.into_iter().map(|(_, row)| row).collect();
            places.push((name.clone(), build_part(writer, &rows, layout)?));
        }
    }
    Ok(places)
}

/// The state with the new parts in place of their sources. What was deleted since `before` is marked in them.
fn with_merged(state: &State, before: &State, sources: &BTreeSet<u64>, parts: &Parts) -> Result<State> {
    let new: BTreeMap<_, _> = parts.iter().map(|(name, part)| (name, part)).collect();
    state.map(|name, namespace| {
        let (old, mut kept): (Vec<_>, Vec<_>) =
            namespace.parts.iter().cloned().partition(|view| is_source(view, sources));
        if old.is_empty() {
            return Ok(None);
        }
        if let Some(part) = new.get(name) {
            let mut deleted = RoaringBitmap::new();
            for view in &old {
                for row in view.deleted() - deleted_before(before, name, view) {
                    deleted.extend(part.row_of(view.part.id(row)?)?);
                }
            }
            if deleted.len() < u64::from(part.rows()) {
                kept.push(View::new(Arc::clone(part), deleted));
            }
        }
        Ok(Some(Namespace { parts: kept, ..namespace.clone() }))
    })
}

fn deleted_before(before: &State, name: &NamespaceName, view: &View) -> RoaringBitmap {
    let mut views = before.get(name).into_iter().flat_map(|namespace| &namespace.parts);
    let same = views.find(|other| Arc::ptr_eq(&other.part, &view.part));
    same.map(|view| view.deleted().clone()).unwrap_or_default()
}
