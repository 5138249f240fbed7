//! `conifer bootstrap`: the first account, organization and project without a browser.

use crate::{
    cli::BootstrapArgs,
    state::State,
    stop::{Result, Stop},
};
use conifer_domain::{Problem, api_keys::KeyLimits, limits::PASSWORD_LENGTH_MAX_CHARS};
use conifer_services::{
    Error, Services, Settings, SignUp,
    mail::MailSettings,
    setup::{self, Founded, Founding},
};
use serde::Serialize;
use std::{
    io::{self, Read},
    process::ExitCode,
};

/// A character of UTF-8 has four bytes at most; the rest is for a line's end.
const PASSWORD_MAX_BYTES: u64 = 4 * PASSWORD_LENGTH_MAX_CHARS as u64 + 2;

#[derive(Serialize)]
struct Ids {
    user_id: String,
    organization_id: String,
    project_id: String,
}

pub async fn run(args: BootstrapArgs) -> Result<ExitCode> {
    let json = args.json;
    let founding = Founding {
        name: args.name.unwrap_or_else(|| before_the_at(&args.email)),
        password: read_password()?,
        email: args.email,
        organization_name: args.organization,
        project_name: args.project,
    };
    let services = open(State::prepare(args.state)?).await?;
    let founded = setup::bootstrap(&services, founding).await;
    services.settle().await;
    services.db().close().await;
    tell(founded.map_err(explain)?, json)
}

fn before_the_at(email: &str) -> String {
    email.split('@').next().unwrap_or(email).to_owned()
}

fn read_password() -> Result<String> {
    let mut text = String::new();
    io::stdin().take(PASSWORD_MAX_BYTES + 1).read_to_string(&mut text).map_err(|error| {
        Stop::wrong_setting(format!("The password cannot be read from standard input: {error}"))
    })?;
    if text.len() as u64 > PASSWORD_MAX_BYTES {
        return Err(Stop::wrong_setting(format!(
            "The password is too long: {PASSWORD_LENGTH_MAX_CHARS} characters at most."
        )));
    }
    // `echo` and editors end a line that is not part of the password.
    Ok(text
        .strip_suffix('\n')
        .map(|line| line.strip_suffix('\r').unwrap_or(line))
        .unwrap_or(&text)
        .to_owned())
}

async fn open(state: State) -> Result<Services> {
    let (db, _) = state.connect_up_to_date().await?;
    // No link is made here, so no address is needed.
    let settings = Settings {
        public_url: "http://localhost".into(),
        sign_up: SignUp::Invited,
        mail: MailSettings::Outbox,
        data_dir: state.data_dir,
        audit_retention_days: 0,
        key_limits: KeyLimits::default(),
        vectors: None,
    };
    Ok(Services::open(db, settings).await?)
}

/// Input that breaks a rule is the caller's to mend, like a wrong flag.
fn explain(error: Error) -> Stop {
    match error {
        Error::Problem(problem @ Problem::Invalid { .. }) => Stop::wrong_setting(problem.to_string()),
        other => other.into(),
    }
}

fn tell(founded: Founded, json: bool) -> Result<ExitCode> {
    let ids = Ids {
        user_id: founded.user_id.to_string(),
        organization_id: founded.organization_id.to_string(),
        project_id: founded.project_id.to_string(),
    };
    if json {
        let text = serde_json::to_string(&ids).map_err(|error| Stop::failed(error.to_string()))?;
        println!("{text}");
    } else {
        println!("Conifer is set up.");
        println!("User:         {}", ids.user_id);
        println!("Organization: {}", ids.organization_id);
        println!("Project:      {}", ids.project_id);
    }
    Ok(ExitCode::SUCCESS)
}
