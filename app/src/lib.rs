//! What people see: pages and the thin server functions beside them.
#![recursion_limit = "512"]

mod document;
mod failure;
mod home;
pub mod routes;
pub mod ui;

pub use document::{Assets, document};
pub use failure::Failure;
pub use routes::App;
