//! What may happen in Conifer: every change goes authorize → transaction → audit, and only here is SQL.
//! Functions take `&Services` first, and `&Origin` when what they change is audited.

pub mod accounts;
pub mod api_keys;
pub mod audit;
pub mod authorize;
mod background;
mod clock;
mod db;
mod error;
mod files;
mod founding;
pub mod invites;
mod links;
pub mod mail;
pub mod members;
mod named;
pub mod organizations;
mod origin;
pub mod passwords;
mod people;
pub mod places;
pub mod projects;
mod secrets;
mod services;
pub mod sessions;
pub mod setup;
pub mod sign_in;
pub mod sign_up;
mod throttle;
pub mod two_factor;
mod workers;

pub use clock::Clock;
pub use db::{Connections, Db, DbKind};
pub use error::{Error, Result};
pub use origin::Origin;
pub use services::{Services, Settings, SignUp};
