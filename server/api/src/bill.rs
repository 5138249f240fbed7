//! What a request costs, and whose key pays. What it announces proves nothing: bytes are charged as they are read, the
//! rest when it is answered.

use crate::data::usage::Usage;
use axum::{body::Body, extract::Request, http::HeaderMap, response::Response};
use conifer_domain::{ids::IndexId, permissions::KeyRight};
use conifer_services::{
    Services,
    api_keys::KeyAccess,
    usage::{Figures, Tally},
};
use http_body_util::BodyExt;
use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    time::Instant,
};

/// A write takes a unit for each of these bytes of its request.
const BYTES_PER_WRITE_UNIT: u64 = 1024;
const WRITE_UNITS_MIN: u64 = 5;

/// In the extensions of a request. The key is known before any of the body is read.
#[derive(Clone, Debug)]
pub struct Bill(Arc<Items>);

#[derive(Debug)]
struct Items {
    begin: Instant,
    payer: OnceLock<Arc<KeyAccess>>,
    bytes: AtomicU64,
    read_units: AtomicU64,
    records: AtomicU64,
    is_write: AtomicBool,
}

impl Bill {
    fn begin() -> Self {
        Self(Arc::new(Items {
            begin: Instant::now(),
            payer: OnceLock::new(),
            bytes: AtomicU64::new(0),
            read_units: AtomicU64::new(0),
            records: AtomicU64::new(0),
            is_write: AtomicBool::new(false),
        }))
    }

    pub fn attach(request: Request) -> (Request, Self) {
        let bill = Self::begin();
        let charged = bill.clone();
        let mut request = request.map(|body| {
            Body::new(body.map_frame(move |frame| {
                charged.charge(frame.data_ref().map_or(0, |data| data.len() as u64));
                frame
            }))
        });
        request.extensions_mut().insert(bill.clone());
        (request, bill)
    }

    fn charge(&self, bytes: u64) {
        self.0.bytes.fetch_add(bytes, Relaxed);
        if let Some(key) = self.0.payer.get() {
            key.spend(bytes);
        }
    }

    /// Says who pays.
    pub fn send_to(&self, key: &Arc<KeyAccess>) {
        // Only a request that is authenticated twice has said so already.
        _ = self.0.payer.set(Arc::clone(key));
    }

    /// What the key needs for it says whether it is a write.
    pub fn is_for(&self, right: KeyRight) {
        if right == KeyRight::DataWrite {
            self.0.is_write.store(true, Relaxed);
        }
    }

    pub fn read(&self, usage: Usage) {
        self.0.read_units.fetch_add(usage.read_units.into(), Relaxed);
    }

    pub fn wrote(&self, records: u64) {
        self.0.records.fetch_add(records, Relaxed);
    }

    /// Counts it among the usage of its key, once. `index` is what its address names, whoever that belongs to.
    pub fn open(self, services: &Services, index: Option<IndexId>) -> Open {
        Open { bill: self, services: services.clone(), index, has_failed: true }
    }

    fn figures(&self, has_failed: bool) -> Figures {
        let bytes = self.0.bytes.load(Relaxed);
        let is_paid = !has_failed && self.0.is_write.load(Relaxed);
        let write_units = if is_paid { write_units(bytes) } else { 0 };
        Figures {
            requests: 1,
            errors: has_failed.into(),
            read_units: self.0.read_units.load(Relaxed),
            write_units,
            records: self.0.records.load(Relaxed),
            bytes,
        }
    }
}

/// A request that is being answered. One that nobody waits for any more, or that ends in a defect, counts as failed.
pub struct Open {
    bill: Bill,
    services: Services,
    index: Option<IndexId>,
    has_failed: bool,
}

impl Open {
    pub fn settle(mut self, response: &Response) {
        self.has_failed = has_failed(response);
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        let Some(key) = self.bill.0.payer.get() else { return };
        let is_own = |id: &IndexId| {
            let entry = self.services.directory().get(*id);
            entry.is_some_and(|entry| key.project_id().is_ok_and(|own| own == entry.project_id))
        };
        let tally = Tally::of_request(self.bill.figures(self.has_failed), self.bill.0.begin.elapsed());
        key.tally(self.index.filter(is_own), self.services.clock().now_ms(), &tally);
    }
}

fn write_units(bytes: u64) -> u64 {
    bytes.div_ceil(BYTES_PER_WRITE_UNIT).max(WRITE_UNITS_MIN)
}

/// A call over gRPC that is refused says so in its head.
fn has_failed(response: &Response) -> bool {
    let status =
        |headers: &HeaderMap| headers.get("grpc-status").is_some_and(|status| status.as_bytes() != b"0");
    !response.status().is_success() || status(response.headers())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_costs_what_it_brings_and_something_at_least() {
        assert_eq!([0, 5 * 1024, 5 * 1024 + 1].map(write_units), [5, 5, 6]);
        let bill = Bill::begin();
        bill.charge(10_000);
        bill.is_for(KeyRight::DataRead);
        assert_eq!(bill.figures(false).write_units, 0);
        bill.is_for(KeyRight::DataWrite);
        assert_eq!(
            bill.figures(false),
            Figures { requests: 1, write_units: 10, bytes: 10_000, ..Figures::default() }
        );
        assert_eq!(
            bill.figures(true),
            Figures { requests: 1, errors: 1, bytes: 10_000, ..Figures::default() }
        );
    }
}
