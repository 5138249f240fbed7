//! The same over gRPC.

mod answers;
pub mod client;
mod matrix;
