//! What each command does.

pub mod bootstrap;
pub mod doctor;
pub mod migrate;
pub mod outbox;
pub mod serve;
