//! The real binary, started on free ports and a directory of its own, asked from outside.

mod api_keys;
mod assets;
mod audit_export;
mod bodies;
mod bootstrap;
mod browser;
mod command_line;
mod cross_site;
mod database;
mod dependencies;
mod doctor;
mod functions;
mod headers;
mod logs;
mod matrix;
mod metrics;
mod outage;
mod pages;
mod process;
mod redirects;
mod reload;
mod scale;
mod secrets;
mod sessions;
mod setup;
mod shutdown;
