//! Looking at a set of rows as a whole: where they lie, which are the same, and which stand alone.

mod neighbours;
mod projection;
mod same;

pub use neighbours::outliers;
pub use projection::{Projection, project};
pub use same::duplicates;
