//! What people see: pages and the thin server functions beside them.
#![recursion_limit = "512"]
#[cfg(not(erase_components))]
compile_error!("RUSTFLAGS hides the flags of .cargo/config.toml: add --cfg=erase_components to it");

mod account;
mod answer;
mod api_keys;
mod api_reference;
mod audit;
mod backups;
mod calls;
mod chunks;
mod document;
mod errors;
mod failure;
pub mod form;
mod home;
mod imports;
mod indexes;
mod invites;
mod later;
mod links;
mod list;
mod loaded;
mod mail;
mod members;
mod names;
mod notice;
mod organizations;
mod palette;
mod password_reset;
mod passwords;
mod permitted;
mod playground;
mod projects;
mod records;
pub mod routes;
#[cfg(feature = "ssr")]
pub mod server;
mod service_accounts;
mod setup;
mod shell;
mod sign_in;
#[cfg(feature = "hydrate")]
mod sign_in_again;
mod sign_up;
mod snippets;
pub mod theme;
pub mod ui;
mod usage;
mod views;

pub use document::{Assets, document};
pub use failure::Failure;
pub use routes::App;
