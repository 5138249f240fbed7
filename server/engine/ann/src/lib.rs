//! Finds near vectors. Arrays in memory, no files, no threads of its own.
//!
//! Rows are grouped into cells around centroids. Of each row a code of one bit a dimension is kept, from which its
//! distance to a query is estimated with a bound of the error; rows that may be near enough are measured exactly.
//! [`Index::build`] says in which order the rows are to be kept: a row's place in it is its position from then on.

mod codes;
mod geometry;
mod index;
pub mod kernels;
mod kmeans;
mod rotation;
mod rows;
pub mod survey;
mod top;

pub use geometry::Metric;
pub use index::{Build, Index, Malformed, Mask, Prepared, Search, Trace};
pub use kmeans::multiply;
pub use rows::Rows;
