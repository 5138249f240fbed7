//! Room for connections, which listeners may share.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

const CONNECTIONS_MAX: usize = 4096;

#[derive(Clone)]
pub struct Slots {
    room: Arc<Semaphore>,
    peers: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// The room of one connection, until it ends.
pub struct Slot {
    _counted: Counted,
    _permit: OwnedSemaphorePermit,
}

struct Counted {
    peer: IpAddr,
    slots: Slots,
}

impl Default for Slots {
    fn default() -> Self {
        Self::of(CONNECTIONS_MAX)
    }
}

impl Slots {
    fn of(room: usize) -> Self {
        Self { room: Arc::new(Semaphore::new(room)), peers: Arc::default() }
    }

    /// Waits until there is room. None for a peer that holds as much as is left for all others: who opens connections
    /// and says nothing takes half of the room at most, a second one a quarter, and some is always left.
    pub async fn take(&self, peer: IpAddr) -> Option<Slot> {
        let counted = self.count(network(peer))?;
        let permit = self.room.clone().acquire_owned().await.ok()?;
        Some(Slot { _counted: counted, _permit: permit })
    }

    fn count(&self, peer: IpAddr) -> Option<Counted> {
        let mut peers = self.peers();
        let held = peers.get(&peer).copied().unwrap_or_default();
        if held > 0 && held >= self.room.available_permits() {
            return None;
        }
        peers.insert(peer, held + 1);
        Some(Counted { peer, slots: self.clone() })
    }

    fn peers(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.peers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut peers = self.slots.peers();
        if let Some(held) = peers.get_mut(&self.peer) {
            *held -= 1;
            if *held == 0 {
                peers.remove(&self.peer);
            }
        }
    }
}

/// Whoever has one address of version 6 has all that begin alike.
fn network(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn fill(slots: &Slots, peer: &str) -> Vec<Slot> {
        let peer = peer.parse().expect("an address");
        let mut held = Vec::new();
        while let Some(slot) = slots.take(peer).await {
            held.push(slot);
        }
        held
    }

    #[tokio::test]
    async fn nobody_takes_all_the_room() {
        let slots = Slots::of(16);
        let first = fill(&slots, "192.0.2.1").await;
        let second = fill(&slots, "192.0.2.2").await;
        assert_eq!((first.len(), second.len()), (8, 4));
        assert!(slots.take("192.0.2.3".parse().expect("an address")).await.is_some());
        drop(first);
        assert_eq!(fill(&slots, "192.0.2.1").await.len(), 6);
        drop(second);
        assert!(slots.peers().len() <= 1, "who is gone is forgotten");
    }

    #[tokio::test]
    async fn the_addresses_of_one_network_count_as_one() {
        let slots = Slots::of(16);
        let first = fill(&slots, "2001:db8::1").await;
        assert_eq!(first.len(), 8);
        assert!(slots.take("2001:db8::2".parse().expect("an address")).await.is_none());
        assert!(slots.take("2001:db8:0:1::1".parse().expect("an address")).await.is_some());
        assert_eq!(
            network("::ffff:192.0.2.1".parse().expect("an address")),
            "192.0.2.1".parse::<IpAddr>().expect("an address")
        );
    }
}
