//! Where a person is signed in.

use crate::ids::SessionId;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionSummary {
    pub id: SessionId,
    /// Browser and system, as far as they tell: "Firefox on Linux".
    pub device: String,
    pub address: String,
    pub created_at_ms: i64,
    pub last_seen_at_ms: i64,
    /// The one that asks.
    pub current: bool,
}
