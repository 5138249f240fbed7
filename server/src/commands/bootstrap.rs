//! `conifer bootstrap`: the first account, organization and project without a browser.

use crate::{
    cli::BootstrapArgs,
    state::State,
    stop::{Result, Stop},
};
use conifer_domain::{Problem, api_keys::KeyLimits, limits::PASSWORD_LENGTH_MAX_CHARS};
use conifer_services::{
    Error, Services, Settings, SignUp, api_keys,
    imports::Sources,
    mail::MailSettings,
    service_accounts,
    setup::{self, Founded, Founding},
};
use secrecy::ExposeSecret;
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
    #[serde(flatten)]
    key: Option<Key>,
    #[serde(flatten)]
    account: Option<Account>,
}

/// What became of the service account that was asked for.
#[derive(Serialize)]
struct Account {
    client_id: Option<String>,
    /// None when there was such an account before.
    client_secret: Option<String>,
    service_account_name: String,
    service_account_existed: bool,
}

/// What became of the key that was asked for.
#[derive(Serialize)]
struct Key {
    /// The secret; none when there was such a key before.
    api_key: Option<String>,
    api_key_name: String,
    api_key_existed: bool,
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
    let done = set_up(&services, founding, args.api_key, args.service_account).await;
    services.settle().await;
    services.db().close().await;
    tell(done.map_err(explain)?, json)
}

async fn set_up(
    services: &Services,
    founding: Founding,
    key_name: Option<String>,
    account_name: Option<String>,
) -> conifer_services::Result<Ids> {
    if let Some(name) = &key_name {
        api_keys::check_name(name)?;
    }
    if let Some(name) = &account_name {
        service_accounts::check_name(name)?;
    }
    let Founded { user_id, organization_id, project_id } = setup::bootstrap(services, founding).await?;
    let key = match key_name {
        Some(name) => {
            let made = api_keys::bootstrap(services, organization_id, project_id, &name).await?;
            let api_key = made.map(|made| made.secret.expose_secret().to_owned());
            Some(Key { api_key_existed: api_key.is_none(), api_key, api_key_name: name })
        }
        None => None,
    };
    let account = match account_name {
        Some(name) => {
            let made = service_accounts::bootstrap(services, organization_id, project_id, &name).await?;
            Some(Account {
                service_account_existed: made.is_none(),
                client_id: made.as_ref().map(|made| made.client_id.clone()),
                client_secret: made.map(|made| made.secret.expose_secret().to_owned()),
                service_account_name: name,
            })
        }
        None => None,
    };
    Ok(Ids {
        user_id: user_id.to_string(),
        organization_id: organization_id.to_string(),
        project_id: project_id.to_string(),
        key,
        account,
    })
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
        pod_records: None,
        vectors: None,
        imports: Sources::default(),
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

fn tell(ids: Ids, json: bool) -> Result<ExitCode> {
    if json {
        let text = serde_json::to_string(&ids).map_err(|error| Stop::failed(error.to_string()))?;
        println!("{text}");
    } else {
        println!("Conifer is set up.");
        println!("User:         {}", ids.user_id);
        println!("Organization: {}", ids.organization_id);
        println!("Project:      {}", ids.project_id);
        match ids.key {
            Some(Key { api_key: Some(secret), .. }) => {
                println!("API key:      {secret} (shown only this once)")
            }
            Some(Key { api_key_name, .. }) => {
                println!("API key:      {api_key_name:?} exists already; its secret cannot be shown again");
            }
            None => {}
        }
        match ids.account {
            Some(Account { client_id: Some(id), client_secret: Some(secret), .. }) => {
                println!("Client id:    {id}");
                println!("Secret:       {secret} (shown only this once)");
            }
            Some(Account { service_account_name: name, .. }) => {
                println!("Account:      {name:?} exists already; its secret cannot be shown again");
            }
            None => {}
        }
    }
    Ok(ExitCode::SUCCESS)
}
