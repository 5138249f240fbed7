//! What programs ask for: counted in memory beside what their keys do, written down with it, added up when looked at.

mod note;
mod read;
mod sizes;
mod tally;
mod totals;

use crate::{Result, db::Tx};
pub use conifer_domain::usage::{Figures, UsageQuery};
use conifer_domain::{
    limits::{DAY_MS, HOUR_MS},
    usage::USAGE_AGE_MAX_DAYS,
};
pub(crate) use note::write;
pub use read::{Export, Row, export_organization, export_project, of_index, of_organization, of_project};
pub use sizes::{NOTE_SIZES_EVERY, note_sizes, sizes};
pub use tally::{Tallies, Tally};
pub(crate) use totals::Totals;

/// Hours since 1970, in UTC.
pub(crate) fn hour(at_ms: i64) -> i64 {
    at_ms.div_euclid(HOUR_MS)
}

/// What is too old is forgotten.
pub(crate) async fn sweep(tx: &mut Tx, now_ms: i64) -> Result<()> {
    let since = hour(now_ms - USAGE_AGE_MAX_DAYS * DAY_MS);
    for delete in [
        "DELETE FROM usage_hours WHERE hour < $1",
        "DELETE FROM usage_latencies WHERE hour < $1",
        "DELETE FROM index_sizes WHERE hour < $1",
    ] {
        sqlx::query(delete).bind(since).execute(&mut *tx).await?;
    }
    Ok(())
}
