//! What people see: pages and the thin server functions beside them.
#![recursion_limit = "512"]

mod account;
mod document;
mod errors;
mod failure;
pub mod form;
mod home;
mod loaded;
mod notice;
mod organizations;
mod palette;
mod passwords;
mod projects;
pub mod routes;
#[cfg(feature = "ssr")]
pub mod server;
mod shell;
#[cfg(feature = "hydrate")]
mod sign_in_again;
pub mod theme;
pub mod ui;

pub use document::{Assets, document};
pub use failure::Failure;
pub use routes::App;
