//! `conifer outbox`: mails that wait in the data directory.

use crate::{
    cli::{OutboxArgs, OutboxCommand},
    stop::{Result, Stop},
};
use conifer_domain::Problem;
use conifer_services::{
    Error,
    mail::{self, MailState, OutboxEntry},
};
use std::{path::Path, process::ExitCode};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

pub fn run(args: &OutboxArgs) -> Result<ExitCode> {
    match &args.command {
        None | Some(OutboxCommand::List) => list(&args.data),
        Some(OutboxCommand::Show { id }) => show(&args.data, id),
    }
}

fn list(data: &Path) -> Result<ExitCode> {
    let mut mails = mail::list(data)?;
    mails.reverse();
    if mails.is_empty() {
        println!("No mail waits in {}.", data.join("outbox").display());
    }
    for mail in mails {
        println!("{}", line(&mail));
    }
    Ok(ExitCode::SUCCESS)
}

fn line(mail: &OutboxEntry) -> String {
    let OutboxEntry { id, to, subject, created_at_ms, state } = mail;
    let state = match state {
        MailState::Waiting => "waiting",
        MailState::Failed => "failed",
    };
    format!("{id}  {}  {state}  {to}  {subject}", moment(*created_at_ms))
}

fn show(data: &Path, id: &str) -> Result<ExitCode> {
    let mail = mail::show(data, id).map_err(|error| match error {
        Error::Problem(Problem::NotFound) => {
            Stop::failed(format!("No mail has the id {id}. `conifer outbox list` shows those there are."))
        }
        other => other.into(),
    })?;
    println!("To: {}", mail.entry.to);
    println!("Subject: {}", mail.entry.subject);
    println!("Date: {}", moment(mail.entry.created_at_ms));
    println!("\n{}", mail.text);
    Ok(ExitCode::SUCCESS)
}

fn moment(ms: i64) -> String {
    let time = OffsetDateTime::from_unix_timestamp(ms / 1000).ok();
    time.and_then(|time| time.format(&Rfc3339).ok()).unwrap_or_else(|| ms.to_string())
}
