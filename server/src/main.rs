//! The `conifer` binary: command line, configuration, wiring, telemetry, shutdown.
// A page's type is as deep as its tree of elements.
#![recursion_limit = "512"]

mod api;
mod cli;
mod commands;
mod console;
mod index_ports;
mod listener;
mod settings;
mod shutdown;
mod state;
mod stop;
mod telemetry;
mod tls;

use clap::Parser;
use cli::{Cli, Command};
use std::process::ExitCode;
use stop::{Result, Stop};

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(stop) => stop.tell(),
    }
}

fn run() -> Result<ExitCode> {
    cli::hide::secrets_of_the_command_line().map_err(Stop::wrong_setting)?;
    let cli = Cli::parse();
    cli::environment::check().map_err(Stop::wrong_setting)?;
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| Stop::while_doing("Starting the runtime failed", error))?;
    runtime.block_on(async {
        match cli.command {
            Command::Serve(args) => commands::serve::run(*args).await,
            Command::Bootstrap(args) => commands::bootstrap::run(args).await,
            Command::Migrate(args) => commands::migrate::run(args).await,
            Command::Doctor(args) => commands::doctor::run(*args).await,
            Command::Outbox(args) => commands::outbox::run(&args),
        }
    })
}
