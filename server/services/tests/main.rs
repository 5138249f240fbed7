//! The services from outside, each test on SQLite and on PostgreSQL. One binary, so that it is linked once.

mod accounts;
mod audit;
mod audit_log;
mod authorize;
mod browser;
mod db;
mod house;
mod invites;
mod mail;
mod mailbox;
mod matrix;
mod members;
mod organizations;
mod passwords;
mod people;
mod postgres;
mod projects;
mod races;
mod scale;
mod sessions;
mod setup;
mod sign_in;
mod sign_up;
mod smtp;
mod sweep;
mod two_factor;
