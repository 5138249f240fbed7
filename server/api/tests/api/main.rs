//! The API as programs meet it, short of the network.

mod admin;
mod grpc;
mod matrix;
mod oracle;
#[path = "../../../services/tests/postgres.rs"]
mod postgres;
mod rows;
mod shapes;
mod strangers;
mod town;
mod usage;
