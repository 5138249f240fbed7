//! Mail. Every letter is first a file in the outbox that only the operating system's user can read;
//! with SMTP a worker delivers it from there.

mod layout;
mod letter;
pub(crate) mod letters;
mod outbox;
mod smtp;
mod worker;

use crate::{Clock, Error, Result};
use conifer_domain::EmailAddress;
pub(crate) use letter::Letter;
pub use outbox::{MailState, OutboxEntry, OutboxMail, list, show};
use secrecy::SecretString;
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::sync::Notify;
pub use worker::run_worker;

pub enum MailSettings {
    /// No mail server: letters stay in the outbox.
    Outbox,
    Smtp {
        /// `smtp://user:password@host:587?tls=required` or `smtps://…`.
        url: SecretString,
        /// The sender; by default `conifer@` the host of the public URL.
        from: Option<EmailAddress>,
    },
}

/// The way out for letters.
#[derive(Clone)]
pub(crate) struct Mailer {
    data_dir: PathBuf,
    public_url: String,
    clock: Clock,
    posted: Arc<Notify>,
    smtp: Option<smtp::Smtp>,
}

impl Mailer {
    pub(crate) fn open(
        data_dir: &Path,
        public_url: &str,
        mail: &MailSettings,
        clock: &Clock,
    ) -> Result<Self> {
        outbox::open(data_dir)?;
        let smtp = match mail {
            MailSettings::Outbox => None,
            MailSettings::Smtp { url, from } => Some(smtp::Smtp::new(url, from.as_ref(), public_url)?),
        };
        Ok(Self {
            data_dir: data_dir.to_owned(),
            public_url: public_url.to_owned(),
            clock: clock.clone(),
            posted: Arc::default(),
            smtp,
        })
    }

    /// Once this returns the letter is on disk and will be delivered, or at last marked as failed.
    pub(crate) async fn post(&self, to: &str, letter: Letter) -> Result<()> {
        let mail = layout::render(to, &letter, &self.public_url, self.clock.now_ms());
        self.in_outbox(move |data_dir| outbox::put(data_dir, &mail)).await?;
        self.posted.notify_one();
        Ok(())
    }

    /// Deletes letters that lie for too long.
    pub(crate) async fn sweep(&self) -> Result<()> {
        let now_ms = self.clock.now_ms();
        self.in_outbox(move |data_dir| outbox::sweep(data_dir, now_ms)).await
    }

    /// Works on the outbox's files off the threads that serve.
    async fn in_outbox<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Path) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let data_dir = self.data_dir.clone();
        tokio::task::spawn_blocking(move || work(&data_dir)).await.map_err(Error::internal)?
    }
}
