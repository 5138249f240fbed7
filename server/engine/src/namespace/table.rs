//! Records in memory, in the order of their ids. Copies share what they have in common.

use super::block::{ALL, BLOCK, Block, Live};
use crate::{
    records::{Record, RecordId},
    score::Metric,
};
use rpds::RedBlackTreeMapSync;
use std::{fmt, ops::Bound, sync::Arc};

#[derive(Clone, Default)]
pub struct Table {
    /// Each with its place among all that were inserted.
    records: RedBlackTreeMapSync<RecordId, (usize, Arc<Record>)>,
    bytes: usize,
    /// Whole blocks of what was inserted, in that order, with what is left of each.
    blocks: Vec<(Arc<Block>, Live)>,
    /// What was inserted after them, but for what was removed since.
    tail: Vec<Option<Arc<Record>>>,
}

impl Table {
    pub fn get(&self, id: &str) -> Option<&Arc<Record>> {
        self.records.get(id).map(|(_, record)| record)
    }

    /// The id must not be there.
    pub fn insert(&mut self, record: Arc<Record>) {
        self.bytes += record.bytes();
        let place = self.blocks.len() * BLOCK + self.tail.len();
        self.tail.push(Some(Arc::clone(&record)));
        self.records.insert_mut(record.id.clone(), (place, record));
    }

    pub fn remove(&mut self, id: &str) -> bool {
        let Some((place, record)) = self.records.get(id) else { return false };
        self.bytes -= record.bytes();
        let (block, at) = (place / BLOCK, place % BLOCK);
        match self.blocks.get_mut(block) {
            Some((_, live)) => live[at / 64] &= !(1 << (at % 64)),
            None => self.tail[place - self.blocks.len() * BLOCK] = None,
        }
        self.records.remove_mut(id)
    }

    /// Whether there are records for a block that is not made yet.
    pub fn has_whole_block(&self) -> bool {
        self.tail.len() >= BLOCK
    }

    /// Makes blocks of what fills them. Queries are then quicker; nothing else changes.
    pub fn make_blocks(&mut self, metric: Metric) {
        while self.has_whole_block() {
            let rest = self.tail.split_off(BLOCK);
            let whole = std::mem::replace(&mut self.tail, rest);
            let mut live = ALL;
            for (at, _) in whole.iter().enumerate().filter(|(_, record)| record.is_none()) {
                live[at / 64] &= !(1 << (at % 64));
            }
            // Something must stand where nothing is left.
            let Some(any) = whole.iter().flatten().next().cloned() else {
                self.blocks.push((Arc::new(Block::new(Vec::new(), metric)), [0; BLOCK / 64]));
                continue;
            };
            let records = whole.into_iter().map(|record| record.unwrap_or_else(|| Arc::clone(&any)));
            self.blocks.push((Arc::new(Block::new(records.collect(), metric)), live));
        }
    }

    pub fn blocks(&self) -> &[(Arc<Block>, Live)] {
        &self.blocks
    }

    /// The records that are in no block.
    pub fn tail(&self) -> impl Iterator<Item = &Arc<Record>> {
        self.tail.iter().flatten()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Arc<Record>> {
        self.records.values().map(|(_, record)| record)
    }

    /// From the first id that is not less than this.
    pub fn iter_from<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Arc<Record>> {
        let range = self.records.range::<str, _>((Bound::Included(id), Bound::Unbounded));
        range.map(|(_, (_, record))| record)
    }

    pub fn len(&self) -> usize {
        self.records.size()
    }

    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// About how much memory it takes.
    pub fn bytes(&self) -> usize {
        self.bytes
    }
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Table of {}", self.len())
    }
}
