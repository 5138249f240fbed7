//! The API from outside: its ports, its names, its certificate.

mod client;
mod ports;
mod tls;
