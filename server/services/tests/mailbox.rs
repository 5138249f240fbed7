//! The outbox as its readers see it.

use crate::house::House;
use conifer_services::mail::{self, OutboxMail};

impl House {
    /// Everything mailed so far, oldest first.
    pub async fn mails(&self) -> Vec<OutboxMail> {
        self.services.settle().await;
        let entries = mail::list(self.data_dir()).expect("the outbox");
        entries.iter().map(|entry| mail::show(self.data_dir(), &entry.id).expect("a mail")).collect()
    }

    /// The last mail to an address.
    pub async fn mail_to(&self, address: &str) -> OutboxMail {
        let mails = self.mails().await;
        mails.into_iter().rev().find(|mail| mail.entry.to == address).expect("a mail to the address")
    }

    /// The token of the link in the last mail to an address.
    pub async fn token_to(&self, address: &str) -> String {
        token(&self.mail_to(address).await.text)
    }
}

/// The token of the link in a text.
pub fn token(text: &str) -> String {
    let (_, rest) = text.split_once("?token=").expect("a link");
    rest.chars().take_while(char::is_ascii_hexdigit).collect()
}
