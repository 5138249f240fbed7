//! From memory to a segment.

use super::{Index, Manifest, State, Upkeep, lock};
use crate::{
    error::Result,
    log::Log,
    namespace::{Namespace, View},
    records::NamespaceName,
    segment::{self, Layout, Part, Place, Row, SegmentFile, SegmentWriter, build_part},
};
use roaring::RoaringBitmap;
use std::sync::Arc;

/// New parts by namespace, in the order of the names.
pub(super) type Parts = Vec<(NamespaceName, Arc<Part>)>;

impl Index {
    /// Moves what is in memory to a segment, so that the next start need not read it from the log.
    pub fn flush(&self) -> Result<()> {
        self.flush_as(&mut lock(&self.upkeep)).map(drop)
    }

    /// Flushes, and returns what is then in segments: the state at one moment, with nothing in memory.
    pub(super) fn flush_as(&self, upkeep: &mut Upkeep) -> Result<State> {
        self.check_exists()?;
        let (frozen, first_log) = self.freeze(upkeep)?;
        let Some(first_log) = first_log else { return Ok(frozen) };
        let flushed = self.write_frozen(upkeep, &frozen, first_log);
        if flushed.is_err() {
            self.thaw()?;
        }
        flushed
    }

    /// Sets apart what is in memory, and begins a new log, unless the log is empty.
    fn freeze(&self, upkeep: &Upkeep) -> Result<(State, Option<u64>)> {
        let mut log = lock(&self.writer);
        log.check()?;
        if log.next() == upkeep.first_log {
            return Ok((State::clone(&self.state()), None));
        }
        let first = log.next();
        *log = Log::create(&*self.shared.vfs, &self.directory, first)?;
        let frozen = self.state().map(|_, namespace| {
            let freeze = |fresh: &crate::namespace::Table| Namespace {
                fresh: Default::default(),
                frozen: Some(fresh.clone()),
                parts: namespace.parts.clone(),
            };
            Ok((!namespace.fresh.is_empty()).then(|| freeze(&namespace.fresh)))
        })?;
        self.state.store(Arc::new(frozen.clone()));
        Ok((frozen, Some(first)))
    }

    fn write_frozen(&self, upkeep: &mut Upkeep, frozen: &State, first_log: u64) -> Result<State> {
        let parts = self.write_segment(upkeep, |writer| frozen_parts(frozen, writer, self.layout()))?;
        self.check_exists()?;
        let flushed = with_parts(frozen, &parts)?;
        let manifest = Manifest::of(self.spec, first_log, &flushed);
        manifest.write(&*self.shared.vfs, &self.directory)?;
        upkeep.first_log = first_log;
        let log = lock(&self.writer);
        self.state.store(Arc::new(with_parts(&self.state(), &parts)?));
        drop(log);
        self.remove_unneeded(upkeep, &manifest);
        Ok(flushed)
    }

    /// Gives back what could not be flushed.
    fn thaw(&self) -> Result<()> {
        let _log = lock(&self.writer);
        let thawed = self.state().map(|_, namespace| {
            let mut thawed = namespace.clone();
            let frozen = thawed.frozen.take();
            for record in frozen.iter().flat_map(|frozen| frozen.iter()) {
                thawed.fresh.insert(Arc::clone(record));
            }
            Ok(frozen.map(|_| thawed))
        })?;
        self.state.store(Arc::new(thawed));
        Ok(())
    }

    pub(super) fn layout(&self) -> Layout {
        let near_rows = self.shared.settings.near_rows;
        Layout { dimension: self.spec.dimension(), metric: self.spec.metric(), near_rows }
    }

    /// Writes a segment of parts, and opens it. Without parts there is no file.
    pub(super) fn write_segment(
        &self,
        upkeep: &mut Upkeep,
        write: impl FnOnce(&mut SegmentWriter) -> Result<Vec<(NamespaceName, Place)>>,
    ) -> Result<Parts> {
        let number = upkeep.next_file;
        upkeep.next_file += 1;
        let path = self.directory.join(segment::file_name(number));
        let mut writer = SegmentWriter::create(&*self.shared.vfs, &path)?;
        let places = write(&mut writer)?;
        writer.finish()?;
        let file = Arc::new(SegmentFile::open(&*self.shared.vfs, &self.directory, number)?);
        let part =
            |(name, place)| (name, Arc::new(Part::new(Arc::clone(&file), place, self.spec.dimension())));
        Ok(places.into_iter().map(part).collect())
    }
}

fn frozen_parts(
    state: &State,
    writer: &mut SegmentWriter,
    layout: Layout,
) -> Result<Vec<(NamespaceName, Place)>> {
    let mut places = Vec::new();
    for (name, namespace) in state.namespaces.iter() {
        if let Some(frozen) = &namespace.frozen {
            let rows: Vec<Row<'_>> = frozen.iter().map(|record| Row::Memory(record)).collect();
            places.push((name.clone(), build_part(writer, &rows, layout)?));
        }
    }
    Ok(places)
}

/// The state with parts in place of what was frozen. What was deleted meanwhile is marked.
fn with_parts(state: &State, parts: &Parts) -> Result<State> {
    let mut after = state.clone();
    for (name, part) in parts {
        // A namespace that was emptied or dropped meanwhile has nothing frozen.
        let Some(namespace) = state.get(name) else { continue };
        let Some(frozen) = &namespace.frozen else { continue };
        let mut deleted = RoaringBitmap::new();
        if frozen.len() < part.rows() as usize {
            for row in 0..part.rows() {
                if frozen.get(part.id(row)?).is_none() {
                    deleted.insert(row);
                }
            }
        }
        let mut namespace = Namespace { frozen: None, ..Namespace::clone(namespace) };
        if deleted.len() < u64::from(part.rows()) {
            namespace.parts.push(View::new(Arc::clone(part), deleted));
        }
        after.set(name, Some(namespace));
    }
    Ok(after)
}
