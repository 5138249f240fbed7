//! The keys that programs carry: their owners make and end them, [`authenticate`] tells whose a call is.

mod access;
mod authenticate;
mod calls;
mod change;
mod check;
mod create;
mod directory;
mod list;
mod locked;
mod meter;
mod row;
mod secret;
mod watch;

pub use access::KeyAccess;
pub use authenticate::authenticate;
pub(crate) use authenticate::by_id;
pub use calls::calls;
pub(crate) use change::end_all_of;
pub use change::{RoleChange, change_roles, delete, rename, rotate, set_rights, shrink};
pub use check::check_name;
pub use create::{NewKey, bootstrap, create};
pub(crate) use directory::Directory;
pub use list::{get, list, project_of};
pub(crate) use locked::locked;
pub(crate) use meter::Meter;
pub(crate) use watch::note_before_reading;
pub(crate) use watch::sweep;
pub use watch::{NOTE_CALLS_EVERY, REFRESH_EVERY, note_calls, refresh};
