//! What may happen in Conifer: every change goes authorize → transaction → audit, and only here is SQL.
//! Functions take `&Services` first, and `&Origin` when what they change is audited.

pub mod accounts;
pub mod api_keys;
pub mod audit;
pub mod authorize;
mod background;
pub mod backups;
mod clock;
mod db;
mod directory;
mod error;
mod files;
mod founding;
pub mod imports;
pub mod indexes;
pub mod invites;
mod links;
pub mod mail;
pub mod members;
mod named;
pub mod namespaces;
pub mod organizations;
mod origin;
pub mod passwords;
mod people;
pub mod places;
pub mod playground;
pub mod pods;
pub mod projects;
pub mod records;
pub mod role_bindings;
mod secrets;
pub mod service_accounts;
mod services;
pub mod sessions;
pub mod setup;
pub mod sign_in;
pub mod sign_up;
mod throttle;
pub mod two_factor;
pub mod usage;
mod vectors;
pub mod views;
mod workers;

pub use clock::Clock;
/// The words that records are made of, so that a program's request is read straight into them.
pub use conifer_engine as engine;
pub use db::{Connections, Db, DbKind};
pub use directory::{Directory, Entry};
pub use error::{Error, Result};
pub use origin::Origin;
pub use services::{Services, Settings, SignUp};
pub use vectors::{OPERATION_BUCKETS_S, OPERATION_TIME, VectorSettings};
