//! `conifer migrate`: brings the database up to date.

use crate::{
    cli::MigrateArgs,
    state::State,
    stop::{Result, Stop},
};
use std::process::ExitCode;

pub async fn run(args: MigrateArgs) -> Result<ExitCode> {
    let db = State::prepare(args.state)?.connect().await?;
    let outcome = db.migrate().await;
    db.close().await;
    outcome.map_err(|error| Stop::while_doing("The database cannot be brought up to date", error))?;
    println!("The database is up to date.");
    Ok(ExitCode::SUCCESS)
}
