//! Delivers the outbox: what cannot be delivered now is tried again later, until the tries are up.

use super::{
    Mailer,
    outbox::{self, Mail, MailState},
    smtp::{Refusal, Smtp},
};
use crate::{Result, Services};
use conifer_domain::limits::{HOUR_MS, SECOND_MS};
use std::{future::ready, pin::pin, time::Duration};
use uuid::Uuid;

/// About six hours with the pauses between them.
const TRIES_MAX: u32 = 12;
const PAUSE_MIN_MS: i64 = 30 * SECOND_MS;
const PAUSE_MAX_MS: i64 = HOUR_MS;
/// How often to look for letters whose time has come, if nothing new is posted.
const LOOK_EVERY: Duration = Duration::from_secs(10);

/// Delivers the outbox over SMTP until `shutdown` completes; without SMTP it only waits for that.
/// A letter being delivered is finished first.
pub async fn run_worker(services: Services, shutdown: impl Future<Output = ()> + Send) {
    let mut shutdown = pin!(shutdown);
    let mailer = services.mailer();
    let Some(smtp) = &mailer.smtp else {
        return shutdown.await;
    };
    loop {
        for (id, mail) in due(mailer).await {
            let stop = tokio::select! { biased; () = &mut shutdown => true, () = ready(()) => false };
            if stop {
                return;
            }
            if let Err(error) = handle(mailer, smtp, id, mail).await {
                tracing::error!(mail = %id, %error, "the outbox cannot be written");
            }
        }
        tokio::select! {
            () = &mut shutdown => return,
            () = mailer.posted.notified() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

async fn due(mailer: &Mailer) -> Vec<(Uuid, Mail)> {
    let now_ms = mailer.clock.now_ms();
    match mailer.in_outbox(outbox::read_all).await {
        Ok(mut mails) => {
            mails.retain(|(_, mail)| mail.state == MailState::Waiting && mail.next_try_at_ms <= now_ms);
            mails
        }
        Err(error) => {
            tracing::error!(%error, "the outbox cannot be read");
            Vec::new()
        }
    }
}

async fn handle(mailer: &Mailer, smtp: &Smtp, id: Uuid, mail: Mail) -> Result<()> {
    match smtp.deliver(id, &mail).await {
        Ok(()) => {
            tracing::info!(mail = %id, "mail delivered");
            mailer.in_outbox(move |data_dir| outbox::remove(data_dir, id)).await
        }
        Err(refusal) => {
            let mail = after(refusal, id, mail, mailer.clock.now_ms());
            mailer.in_outbox(move |data_dir| outbox::write(data_dir, id, &mail)).await
        }
    }
}

/// The letter after a try that failed. The log tells why, never what the letter says.
fn after(refusal: Refusal, id: Uuid, mut mail: Mail, now_ms: i64) -> Mail {
    mail.tries += 1;
    if mail.tries >= TRIES_MAX || matches!(refusal, Refusal::Never(_)) {
        mail.state = MailState::Failed;
        tracing::error!(mail = %id, tries = mail.tries, error = %refusal, "mail given up; `conifer outbox` shows it");
    } else {
        mail.next_try_at_ms = now_ms + pause_ms(mail.tries);
        tracing::warn!(mail = %id, tries = mail.tries, error = %refusal, "mail not delivered yet");
    }
    mail
}

fn pause_ms(tries: u32) -> i64 {
    (PAUSE_MIN_MS << (tries - 1).min(20)).min(PAUSE_MAX_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail() -> Mail {
        Mail::new("ada@example.com", "Hello", String::new(), String::new(), 0)
    }

    #[test]
    fn tries_are_spread_and_end() {
        let mut letter = mail();
        let mut pauses = Vec::new();
        while letter.state == MailState::Waiting {
            letter = after(Refusal::Later("away".into()), Uuid::nil(), letter, 0);
            pauses.push(letter.next_try_at_ms / SECOND_MS);
        }
        assert_eq!(letter.tries, TRIES_MAX);
        assert_eq!(pauses[..8], [30, 60, 120, 240, 480, 960, 1920, 3600]);
    }

    #[test]
    fn a_final_refusal_is_not_tried_again() {
        let letter = after(Refusal::Never("no such mailbox".into()), Uuid::nil(), mail(), 0);
        assert_eq!((letter.state, letter.tries), (MailState::Failed, 1));
    }
}
