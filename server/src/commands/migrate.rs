//! `conifer migrate`: brings the database up to date.

use crate::{cli::MigrateArgs, state::State, stop::Result};
use std::process::ExitCode;

pub async fn run(args: MigrateArgs) -> Result<ExitCode> {
    let (db, applied) = State::prepare(args.state)?.connect_up_to_date().await?;
    db.close().await;
    for name in applied {
        println!("Applied: {name}");
    }
    println!("The database is up to date.");
    Ok(ExitCode::SUCCESS)
}
