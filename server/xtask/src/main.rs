//! `cargo xtask …`: the two commands of the README and every developer task.

mod commands;
mod front_end;
mod interrupt;
mod paths;
mod process;
mod server;
mod step;
mod style;
mod wasm_target;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let task = commands::Xtask::parse();
    let result = interrupt::listen().map_err(Into::into).and_then(|()| task.run());
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            step::say(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
