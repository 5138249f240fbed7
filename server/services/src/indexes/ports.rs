//! The ports of indexes. Which index has which is kept in its row; whoever serves them opens and closes them.

use conifer_domain::ids::IndexId;
use std::{collections::HashMap, fmt, ops::RangeInclusive};

pub trait Ports: fmt::Debug + Send + Sync {
    /// One for each index, as long as there are any.
    fn range(&self) -> RangeInclusive<u16>;

    /// Whether nothing else on this machine has it.
    fn is_free(&self, port: u16) -> bool;

    /// Opens what is not open and closes what belongs to no index any more. It is told before anybody is told that an
    /// index is ready, and again whenever something changed.
    fn follow(&self, indexes: &HashMap<u16, IndexId>);
}
