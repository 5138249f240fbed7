//! The API as programs meet it, short of the network.

mod grpc;
mod matrix;
mod oracle;
mod rows;
mod shapes;
mod strangers;
mod town;
