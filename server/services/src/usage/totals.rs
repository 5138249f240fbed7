//! What this server wrote down for each project since it started, for those who watch over it.

use super::tally::Tallies;
use conifer_domain::{ids::ProjectId, usage::Figures};
use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

/// Only ever grows, also when a key or an index is deleted. A project is in it once a program asked for something.
#[derive(Default)]
pub(crate) struct Totals(Mutex<BTreeMap<ProjectId, Figures>>);

impl Totals {
    /// What was written down: nothing is counted beside that, so queries do not wait for it.
    pub(crate) fn add(&self, project_id: ProjectId, written: &Tallies) {
        let mut totals = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let total = totals.entry(project_id).or_default();
        written.values().for_each(|tally| *total += tally.figures);
    }

    pub(crate) fn all(&self) -> Vec<(ProjectId, Figures)> {
        let totals = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        totals.iter().map(|(id, figures)| (*id, *figures)).collect()
    }
}
