//! All namespaces of an index at one moment.

use crate::{
    error::Result,
    log::{Change, Entry},
    namespace::Namespace,
    records::NamespaceName,
    score::Metric,
    segment::SegmentFile,
};
use rpds::RedBlackTreeMapSync;
use std::{collections::BTreeMap, sync::Arc};

#[derive(Clone, Debug, Default)]
pub struct State {
    pub namespaces: RedBlackTreeMapSync<NamespaceName, Arc<Namespace>>,
    /// About how much memory is taken by records that are in no segment yet.
    pub fresh_bytes: usize,
    /// The number of the last entry of the log that it contains.
    pub last: u64,
}

impl State {
    pub fn get(&self, name: &NamespaceName) -> Option<&Arc<Namespace>> {
        self.namespaces.get(name)
    }

    /// The state after an entry of the log.
    pub fn after(&self, entry: &Entry) -> Result<Self> {
        let before = self.get(&entry.namespace);
        let mut namespace = before.map(|namespace| Namespace::clone(namespace)).unwrap_or_default();
        let mut stays = true;
        for change in &entry.changes {
            stays = true;
            match change {
                Change::Put(record) => namespace.put(record)?,
                Change::Delete(id) => drop(namespace.remove(id.as_str())?),
                Change::Create => {}
                Change::Clear => namespace = Namespace::default(),
                Change::Drop => {
                    namespace = Namespace::default();
                    stays = false;
                }
            }
        }
        let mut after = self.clone();
        after.set(&entry.namespace, stays.then_some(namespace));
        after.last += 1;
        Ok(after)
    }

    /// Replaces a namespace.
    pub fn set(&mut self, name: &NamespaceName, namespace: Option<Namespace>) {
        let bytes = |namespace: &Namespace| namespace.tables().map(|table| table.bytes()).sum::<usize>();
        let before = self.get(name).map_or(0, |namespace| bytes(namespace));
        let now = namespace.as_ref().map_or(0, bytes);
        self.fresh_bytes = self.fresh_bytes - before + now;
        match namespace {
            Some(namespace) => self.namespaces.insert_mut(name.clone(), Arc::new(namespace)),
            None => drop(self.namespaces.remove_mut(name)),
        }
    }

    /// Makes what records of a namespace are in memory quicker to search.
    pub fn make_blocks(&mut self, name: &NamespaceName, metric: Metric) {
        if let Some(namespace) = self.get(name).filter(|namespace| namespace.fresh.has_whole_block()) {
            let mut namespace = Namespace::clone(namespace);
            namespace.fresh.make_blocks(metric);
            self.set(name, Some(namespace));
        }
    }

    pub fn make_all_blocks(&mut self, metric: Metric) {
        let names: Vec<_> = self.namespaces.keys().cloned().collect();
        names.iter().for_each(|name| self.make_blocks(name, metric));
    }

    /// Replaces every namespace for which `change` makes another.
    pub fn map(
        &self,
        mut change: impl FnMut(&NamespaceName, &Namespace) -> Result<Option<Namespace>>,
    ) -> Result<Self> {
        let mut changed = self.clone();
        for (name, namespace) in self.namespaces.iter() {
            if let Some(namespace) = change(name, namespace)? {
                changed.set(name, Some(namespace));
            }
        }
        Ok(changed)
    }

    /// The segments that it needs, by number.
    pub fn files(&self) -> BTreeMap<u64, Arc<SegmentFile>> {
        let views = self.namespaces.values().flat_map(|namespace| &namespace.parts);
        views.map(|view| view.part.file()).map(|file| (file.number(), Arc::clone(file))).collect()
    }
}
