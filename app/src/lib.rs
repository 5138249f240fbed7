//! What people see: pages and the thin server functions beside them.
#![recursion_limit = "512"]

mod account;
mod document;
mod errors;
mod failure;
pub mod form;
mod home;
mod links;
mod loaded;
mod mail;
mod notice;
mod organizations;
mod palette;
mod password_reset;
mod passwords;
mod projects;
pub mod routes;
#[cfg(feature = "ssr")]
pub mod server;
mod setup;
mod shell;
mod sign_in;
#[cfg(feature = "hydrate")]
mod sign_in_again;
mod sign_up;
pub mod theme;
pub mod ui;

pub use document::{Assets, document};
pub use failure::Failure;
pub use routes::App;
