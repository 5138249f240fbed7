//! `cargo xtask …`: the two commands of the README and every developer task.

mod bench;
mod commands;
mod crash;
mod dev;
mod format;
mod front_end;
mod fuzz;
mod interrupt;
mod lint;
mod matrix;
mod miri;
mod paths;
mod postgres;
mod process;
mod server;
mod step;
mod style;
mod test;
mod tools;
mod wasm_target;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let task = commands::Xtask::parse();
    let result = interrupt::listen().map_err(Into::into).and_then(|()| task.run());
    result.unwrap_or_else(|error| {
        step::say(&format!("error: {error:#}"));
        ExitCode::FAILURE
    })
}
