//! Who pays for the bytes that come in. What a request announces proves nothing: it is charged as it is read.

use axum::{body::Body, extract::Request};
use conifer_services::api_keys::KeyAccess;
use http_body_util::BodyExt;
use std::sync::{Arc, OnceLock};

/// In the extensions of a request. The key is known before any of the body is read.
#[derive(Clone, Default)]
pub struct Bill(Arc<OnceLock<Arc<KeyAccess>>>);

impl Bill {
    pub fn attach(request: Request) -> Request {
        let bill = Self::default();
        let payer = bill.clone();
        let charge = move |bytes: usize| {
            if let Some(key) = payer.0.get() {
                key.spend(bytes as u64);
            }
        };
        let mut request = request.map(|body| {
            Body::new(body.map_frame(move |frame| {
                charge(frame.data_ref().map_or(0, |data| data.len()));
                frame
            }))
        });
        request.extensions_mut().insert(bill);
        request
    }

    /// Says who pays.
    pub fn send_to(&self, key: &Arc<KeyAccess>) {
        // Only a request that is authenticated twice has said so already.
        _ = self.0.set(Arc::clone(key));
    }
}
