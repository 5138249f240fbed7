//! The ports of indexes. Which index has which is kept in its row; whoever serves them opens and closes them.

use crate::Services;
use conifer_domain::{ids::IndexId, indexes::Index};
use std::{collections::HashMap, fmt, ops::RangeInclusive};

pub trait Ports: fmt::Debug + Send + Sync {
    /// One for each index, as long as there are any.
    fn range(&self) -> RangeInclusive<u16>;

    /// Whether nothing else on this machine has it.
    fn is_free(&self, port: u16) -> bool;

    /// Whether the index is served there now. While another program has the port, nobody may be sent there with a key.
    fn is_open(&self, port: u16, index: IndexId) -> bool;

    /// Opens what is not open and closes what belongs to no index any more. It is told before anybody is told that an
    /// index is ready, and again whenever something changed.
    fn follow(&self, indexes: &HashMap<u16, IndexId>);
}

/// The port of an index, if it is served there.
pub fn open_port(services: &Services, index: &Index) -> Option<u16> {
    let ports = services.vectors().ports()?;
    index.port.filter(|port| ports.is_open(*port, index.id))
}
