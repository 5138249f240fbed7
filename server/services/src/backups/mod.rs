//! Backups: what an index held at a moment, as a snapshot of the engine. They outlive their index. A collection is a
//! backup by the older name.

mod create;
mod delete;
mod read;
mod restore;
mod row;
mod schedules;
mod upkeep;

pub use create::{create, create_collection};
pub use delete::{delete, delete_collection};
pub use read::{collections, get, get_collection, list};
pub use restore::{Restored, get_job, jobs, restore};
pub(crate) use restore::{from_collection, hold};
pub use schedules::{
    change as change_schedule, create as create_schedule, delete as delete_schedule, get as get_schedule,
    history, list as schedules,
};
pub use upkeep::run_due;
pub(crate) use upkeep::settle_at_start;
