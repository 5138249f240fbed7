//! `conifer doctor`: what Conifer needs, checked one by one.

mod database;
mod machine;
mod network;
mod vectors;

use crate::{
    cli::DoctorArgs,
    settings::Settings,
    stop::{Result, Stop},
};
use serde::Serialize;
use std::process::ExitCode;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Outcome {
    Ok,
    Warn,
    Fail,
}

#[derive(Debug, Serialize)]
struct Finding {
    check: &'static str,
    outcome: Outcome,
    message: String,
}

impl Finding {
    fn ok(check: &'static str, message: impl Into<String>) -> Self {
        Self { check, outcome: Outcome::Ok, message: message.into() }
    }

    fn warn(check: &'static str, message: impl Into<String>) -> Self {
        Self { check, outcome: Outcome::Warn, message: message.into() }
    }

    fn fail(check: &'static str, message: impl Into<String>) -> Self {
        Self { check, outcome: Outcome::Fail, message: message.into() }
    }
}

pub async fn run(args: DoctorArgs) -> Result<ExitCode> {
    let settings = Settings::check(args.serve)?;
    let findings = examine(&settings).await;
    if args.json {
        let text =
            serde_json::to_string_pretty(&findings).map_err(|error| Stop::failed(error.to_string()))?;
        println!("{text}");
    } else {
        findings.iter().for_each(tell);
    }
    let failed = findings.iter().any(|finding| finding.outcome == Outcome::Fail);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

async fn examine(settings: &Settings) -> Vec<Finding> {
    let mut findings =
        vec![machine::data_directory(&settings.state.data_dir), machine::disk(&settings.state.data_dir)];
    findings.extend(database::examine(&settings.state).await);
    findings.extend(vectors::findings(&settings.state.data_dir.join("vectors")));
    findings.push(network::mail(&settings.mail).await);
    findings.extend(network::ports(&settings.addresses).await);
    findings
}

fn tell(Finding { check, outcome, message }: &Finding) {
    let outcome = match outcome {
        Outcome::Ok => "ok  ",
        Outcome::Warn => "warn",
        Outcome::Fail => "fail",
    };
    println!("{outcome}  {check}: {message}");
}
