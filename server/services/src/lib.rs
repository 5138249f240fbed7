//! What may happen in Conifer: every change goes authorize → transaction → audit, and only here is SQL.
//! Functions take `&Services` first and `&Origin` when they change something.

pub mod accounts;
pub mod audit;
pub mod clock;
pub mod db;
pub mod error;
pub mod mail;
pub mod organizations;
pub mod origin;
pub mod passwords;
pub mod projects;
mod services;
pub mod sessions;
pub mod setup;
pub mod sign_in;
pub mod sign_up;
pub mod two_factor;

pub use clock::Clock;
pub use db::{Db, DbKind};
pub use error::{Error, Result};
pub use origin::Origin;
pub use services::{Services, Settings, SignUp};
