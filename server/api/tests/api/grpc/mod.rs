//! The same over gRPC.

mod answers;
mod client;
mod matrix;
