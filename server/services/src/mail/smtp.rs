//! Letters over SMTP.

use super::outbox::Mail;
use crate::{Error, Result};
use conifer_domain::EmailAddress;
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, MultiPart},
    transport::smtp,
};
use secrecy::{ExposeSecret, SecretString};
use std::{net::IpAddr, time::Duration};
use uuid::Uuid;

const TIMEOUT: Duration = Duration::from_secs(20);

#[derive(Clone)]
pub(super) struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// Why a letter was not delivered.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    #[error("{0}")]
    Later(String),
    #[error("{0}")]
    Never(String),
}

impl Smtp {
    pub(super) fn new(url: &SecretString, from: Option<&EmailAddress>, public_url: &str) -> Result<Self> {
        // The URL may hold a password: say what is allowed, not what was given.
        let bad_url = |_| {
            let text = "The SMTP URL cannot be read: write smtp://user:password@host:587?tls=required or smtps://user:password@host.";
            Error::Operator(text.into())
        };
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose_secret())
            .map_err(bad_url)?
            .timeout(Some(TIMEOUT))
            .build();
        let from = from.map_or_else(|| format!("conifer@{}", host(public_url)), ToString::to_string);
        let address: Address = from
            .parse()
            .map_err(|_| Error::Operator(format!("Mail cannot be sent from the address {from}.")))?;
        Ok(Self { transport, from: Mailbox::new(Some("Conifer".into()), address) })
    }

    pub(super) async fn deliver(&self, id: Uuid, mail: &Mail) -> Result<(), Refusal> {
        let message = self.message(id, mail).map_err(Refusal::Never)?;
        self.transport.send(message).await.map_err(refusal)?;
        Ok(())
    }

    fn message(&self, id: Uuid, mail: &Mail) -> Result<Message, String> {
        let to: Address =
            mail.to.parse().map_err(|_| "the address cannot be written in a mail".to_owned())?;
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(mail.subject.as_str())
            // The same at every try, so that a mail system can tell a second copy.
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()))
            .map_err(|error| error.to_string())
    }
}

/// A permanent answer is final, but not one about our own sign-in to the server: that can be mended.
fn refusal(error: smtp::Error) -> Refusal {
    let is_about_us = error.status().is_some_and(|code| code.to_string().starts_with("53"));
    if error.is_permanent() && !is_about_us {
        Refusal::Never(error.to_string())
    } else {
        Refusal::Later(error.to_string())
    }
}

/// The host of a URL, as far as a mail address can end in it.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', ':', '[']).next().unwrap_or_default();
    if host.is_empty() || host.parse::<IpAddr>().is_ok() { "localhost" } else { host }
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn the_sender_is_at_the_public_host() {
        assert_eq!(host("https://conifer.example.com/x"), "conifer.example.com");
        assert_eq!(host("http://localhost:8080"), "localhost");
        assert_eq!(host("http://127.0.0.1:8080"), "localhost");
        assert_eq!(host("http://[::1]:8080"), "localhost");
    }
}
