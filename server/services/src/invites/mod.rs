//! Invitations: a link that lets its reader into an organization or a project, once.
//!
//! A mailed link proves the address, a copied one does not: an account made through it is confined to the
//! organization until its address is proven, so that nobody takes an address before its owner comes.

mod accept;
mod create;
mod end;
mod found;
mod list;
mod place;
mod renew;
mod show;

pub use accept::{Accepted, accept, accept_as_new};
pub use create::create;
pub use end::revoke;
pub(crate) use end::revoke_all_to;
pub use list::{get, list, list_open, project_of};
pub use place::Place;
pub use renew::{CopiedLink, link, resend};
pub use show::show;

use crate::{Services, secrets::Token};

/// Where an invitation is read.
fn url(services: &Services, token: &Token) -> String {
    format!("{}/invite?token={}", services.settings().public_url, token.expose())
}
