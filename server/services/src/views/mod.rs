//! Seeing the console as somebody else would: an owner looks through the eyes of a member or of an API key.
//!
//! It only ever narrows. Every request is judged twice, for who looks and for whose view it is, and the stricter
//! verdict counts; nothing outside the place it was begun at is there, and nothing is changed by it. What a session
//! looks through is read anew with each of its requests; one that counts no more shows nothing until it is stopped.

mod change;
mod read;
mod sight;

pub use change::{begin, end};
pub(crate) use read::of;
pub use sight::View;
