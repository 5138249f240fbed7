//! Records in the words of the console: what its forms send is read here, and what the engine holds is written for
//! its pages.

mod browse;
mod lint;
mod picture;
pub(super) mod read;
mod search;
pub(super) mod shown;
mod write;

pub use browse::{browse, one};
pub use lint::lint;
pub use picture::picture;
pub use search::{neighbours, quick, search};
pub use write::{add, delete, parse_many, replace};
