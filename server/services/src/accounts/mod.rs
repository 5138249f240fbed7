//! A person's own account.

mod confirmation;
mod email;
mod profile;

pub use confirmation::{confirm_address, request_confirmation};
pub use email::{cancel_email_change, check_email_link, confirm_email_change, request_email_change};
pub use profile::{details, rename, set_theme};
