//! Programs that act for themselves: owners make and end them, [`tokens`] lets them in for half an hour at a time.

mod access;
mod change;
mod create;
mod list;
mod members;
mod roles;
mod row;
mod secret;
mod tokens;

pub(crate) use access::Meters;
pub use access::ServiceAccess;
pub use change::{delete, disable, enable, rename, rotate};
pub use create::{NewServiceAccount, bootstrap, check_name, create};
pub use list::{get, list, project_named};
pub use members::{of_organization, of_project};
pub(crate) use roles::enter;
pub use roles::{set_project_role, set_role};
pub use tokens::{AccessToken, authenticate, issue};
pub(crate) use tokens::{check_locked, sweep};
