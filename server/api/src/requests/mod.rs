//! What requests bring: bodies and parameters, limited and checked, each refusal with its field.

mod apart;
mod body;
mod choice;
mod json;
mod named;
mod parameters;
pub mod token;

pub use apart::{answer, apart};
pub use body::Body;
pub(crate) use body::read;
pub use choice::choice;
pub use json::parse;
pub use named::Named;
pub use parameters::{Parameters, check_limit};
