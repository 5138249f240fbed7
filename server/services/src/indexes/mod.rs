//! Indexes: an index exists once its row says that it is ready and the engine has it.
//!
//! Making one goes row, engine, row; deleting one too, so that the engine never holds what no row tells of, and
//! whatever a crash leaves in between is undone by the next start.

mod change;
mod create;
mod delete;
mod given;
mod ports;
mod read;
mod rows;
mod upkeep;

pub use change::configure;
pub use conifer_engine::IndexStats;
pub(crate) use create::{Source, make, spec};
pub use create::{create, new_name};
pub use delete::{delete, delete_typed};
pub use ports::{Ports, open_port};
pub use read::{describe, list, measure, measure_all, named};
pub(crate) use rows::{bump, json};
pub use upkeep::run_worker;
pub(crate) use upkeep::{check_unprotected, forget_project, settle_at_start};
