//! Saved queries, and what the playground needs besides searching.

mod change;
mod keys;
mod read;
mod recent;
mod run;

pub use change::{change, delete, save};
pub use keys::metadata_keys;
pub use read::{get, list};
pub use recent::{note, recent};
pub use run::run_tests;
