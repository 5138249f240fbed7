//! Choosing a password: how strong it is shows while it is typed.

mod field;
mod judge;

pub use field::NewPasswordField;
