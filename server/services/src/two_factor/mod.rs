//! The second factor: six digits from an app (TOTP), or a recovery code when the app is lost.

mod code;
mod qr;
mod recovery;
mod settings;
mod totp;

pub(crate) use code::Code;
pub(crate) use recovery::use_recovery_code;
pub use settings::{confirm, new_recovery_codes, start, turn_off};
pub(crate) use totp::use_digits;
