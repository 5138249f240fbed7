//! What every list shares. What it shows stands in the address: its search, its order, its filters and the page
//! one is at, so that a list can be linked, reloaded, and turned without scripts.

mod address;
mod controls;
mod pager;
#[cfg(feature = "ssr")]
mod part;

pub use address::{use_paging, use_parameter, without};
pub use controls::ListControls;
pub use pager::Pager;
#[cfg(feature = "ssr")]
pub use part::part_of;
