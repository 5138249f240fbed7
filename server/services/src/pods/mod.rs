//! Pods: how many a project may have, and how much the pods of an index hold.
//!
//! They are a promise about size, not machines: what they hold is kept by whoever writes, see [`hold`].

mod gate;
mod limit;

pub use gate::capacity;
pub(crate) use gate::{Gates, check_fits, hold, resize};
pub(crate) use limit::check;
pub use limit::{get, set_limit};
