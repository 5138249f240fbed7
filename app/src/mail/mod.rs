//! Mail, as far as pages speak of it.

#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    loaded::{load, when_loaded_below_title},
    notice::DoneAlert,
    ui::*,
};
use leptos::prelude::*;

/// Whether mail leaves this machine; otherwise it waits in the outbox.
#[server(prefix = "/fn", endpoint = "mail/leaves")]
pub async fn mail_leaves() -> Result<bool, Failure> {
    use conifer_services::mail::MailSettings;
    Ok(matches!(server::services()?.settings().mail, MailSettings::Smtp { .. }))
}

/// Stands in for a form once its mail is under way; `again` is the page of the form.
#[component]
pub fn MailSent(#[prop(into)] again: String) -> impl IntoView {
    let leaves = load(|| MailLeaves {});
    view! {
        <DoneAlert />
        <div class="muted">{when_loaded_below_title(leaves, advice)}</div>
        <ButtonLink href=again>"Use another address"</ButtonLink>
    }
}

fn advice(leaves: bool) -> AnyView {
    if leaves {
        return "Nothing there after some minutes? Look into the folder for spam.".into_any();
    }
    view! {
        "This server has no mail server yet: the mail waits in its outbox, where whoever runs it reads it with "
        <Code>"conifer outbox"</Code>
        "."
    }
    .into_any()
}
