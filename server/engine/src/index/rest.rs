//! What is worth doing while nothing is written: queries then look into one place instead of several. While writes go
//! on it would be done over and over.

use super::{
    Index, State, lock,
    merge::{ALIKE, usage},
};
use crate::error::Result;
use std::{cmp::Reverse, collections::BTreeSet};

/// The number of the last write, when it was looked at.
#[derive(Default)]
pub struct Rest {
    seen: Option<u64>,
    rested: Option<u64>,
}

impl Index {
    /// Called now and then: rests when nothing was written since the call before, once.
    pub(crate) fn rest_if_quiet(&self) -> Result<()> {
        let last = Some(self.state().last);
        let mut rest = lock(&self.rest);
        let quiet = std::mem::replace(&mut rest.seen, last) == last;
        // Also when it fails: the next write asks for it again.
        let begins = quiet && std::mem::replace(&mut rest.rested, last) != last;
        drop(rest);
        if begins { self.rest() } else { Ok(()) }
    }

    /// Flushes what would have an index of near vectors in a segment, and merges segments into those they are large beside.
    pub fn rest(&self) -> Result<()> {
        let near_rows = self.shared.settings.near_rows;
        let state = self.state();
        let in_memory = |namespace: &crate::namespace::Namespace| {
            namespace.tables().map(|table| table.len()).sum::<usize>()
        };
        if state.namespaces.values().any(|namespace| in_memory(namespace) >= near_rows) {
            self.flush()?;
        }
        drop(state);
        self.merge()?;
        self.merge_chosen(choose)
    }
}

/// A segment and all smaller ones, where those together are a fourth of its size or more: so nothing is merged again
/// before it is larger by a fourth.
fn choose(state: &State, merge_bytes: u64) -> BTreeSet<u64> {
    let usage = usage(state);
    let mut files: Vec<(u64, u64)> = usage.iter().map(|(number, usage)| (usage.bytes, *number)).collect();
    files.sort_unstable_by_key(|file| Reverse(*file));
    for at in 0..files.len() {
        let smaller: u64 = files[at + 1..].iter().map(|(bytes, _)| bytes).sum();
        let (largest, _) = files[at];
        if smaller > 0 && smaller * ALIKE as u64 >= largest && smaller + largest <= merge_bytes {
            return files[at..].iter().map(|(_, number)| *number).collect();
        }
    }
    BTreeSet::new()
}
