//! Mail. Every message is first a file in the outbox that only the operating system's user can read;
//! with SMTP a worker delivers it from there.

use crate::{Result, Services};
use conifer_domain::{EmailAddress, Problem};
use secrecy::SecretString;
use std::{future::Future, path::Path};

pub enum MailSettings {
    /// No mail server: messages stay in the outbox.
    Outbox,
    Smtp {
        /// `smtp://user:password@host:587?tls=required` or `smtps://…`.
        url: SecretString,
        /// The sender; by default `conifer@` the host of the public URL.
        from: Option<EmailAddress>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MailState {
    Waiting,
    /// Given up after the last try.
    Failed,
}

/// A mail in the outbox, without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxEntry {
    pub id: String,
    pub to: String,
    pub subject: String,
    pub created_at_ms: i64,
    pub state: MailState,
}

/// A mail in the outbox with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxMail {
    pub entry: OutboxEntry,
    pub text: String,
    pub html: String,
}

/// What is in the outbox under a data directory, oldest first.
pub fn list(_data_dir: &Path) -> Result<Vec<OutboxEntry>> {
    Err(Problem::Unavailable.into())
}

/// One mail; `NotFound` for an unknown id.
pub fn show(_data_dir: &Path, _id: &str) -> Result<OutboxMail> {
    Err(Problem::Unavailable.into())
}

/// Delivers the outbox over SMTP until `shutdown` completes; without SMTP it only waits for that.
pub async fn run_worker(_services: Services, shutdown: impl Future<Output = ()> + Send) {
    shutdown.await;
}
