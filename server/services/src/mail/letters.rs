//! Every letter Conifer writes.

use super::Letter;
use crate::{Origin, sessions};
use conifer_domain::invites::InvitedRole;
use time::{OffsetDateTime, macros::format_description};

const IF_NOT_YOU: &str = "If this was not you, reset your password now and end the sessions you do not know.";
const IGNORE: &str = "If you did not ask for this, do nothing: nothing changes without the link.";

pub(crate) fn sign_up(url: String) -> Letter {
    Letter::new("Finish your Conifer account")
        .text("Somebody, hopefully you, asked for a Conifer account with this address. The link works once and for one day.")
        .link("Finish the account", url)
        .text(IGNORE)
}

pub(crate) fn sign_up_known(sign_in_url: String) -> Letter {
    Letter::new("You have a Conifer account already")
        .text("Somebody, hopefully you, asked for a Conifer account with this address. It has one already: sign in, or reset the password if you forgot it.")
        .link("Sign in", sign_in_url)
        .text("If you did not ask for this, do nothing.")
}

pub(crate) fn password_reset(url: String) -> Letter {
    Letter::new("Reset your Conifer password")
        .text("Somebody, hopefully you, asked to reset the password of this account. The link works once and for one hour.")
        .link("Choose a new password", url)
        .text(IGNORE)
}

pub(crate) fn email_change(name: &str, url: String) -> Letter {
    Letter::new("Confirm your new address for Conifer")
        .text(format!(
            "{name} asked to use this address for their Conifer account. The link works once and for one day."
        ))
        .link("Confirm the address", url)
        .text("If this is not your account, do nothing: the address is not used without the link.")
}

/// To the owner of an address that somebody else wants.
pub(crate) fn email_change_taken() -> Letter {
    Letter::new("Somebody tried to use your address for Conifer").text(
        "Somebody asked to use this address for another Conifer account. It belongs to yours, so nothing was changed and you need not do anything.",
    )
}

pub(crate) fn email_change_asked(new_email: &str, from: &Seen) -> Letter {
    Letter::new("A new address for your Conifer account")
        .text(format!("Your account will move to {new_email} once that address is confirmed."))
        .facts(from.facts())
        .text(format!("{IF_NOT_YOU} The change can be called off on the account page."))
}

pub(crate) fn email_changed(new_email: &str, from: &Seen) -> Letter {
    Letter::new("The address of your Conifer account changed")
        .text(format!("Your account now belongs to {new_email}. This is the last mail to this address."))
        .facts(from.facts())
        .text("If this was not you, tell whoever runs this Conifer at once.")
}

pub(crate) fn password_changed(from: &Seen) -> Letter {
    Letter::new("Your Conifer password changed")
        .text("The password of your account was changed, and all other sessions were signed out.")
        .facts(from.facts())
        .text(IF_NOT_YOU)
}

pub(crate) fn two_factor_on(from: &Seen) -> Letter {
    Letter::new("Two-factor sign-in is on")
        .text("Signing in to your Conifer account now takes a code of your app besides the password. Keep the recovery codes where you find them without your phone.")
        .facts(from.facts())
        .text(IF_NOT_YOU)
}

pub(crate) fn two_factor_off(from: &Seen) -> Letter {
    Letter::new("Two-factor sign-in is off")
        .text("Signing in to your Conifer account takes only the password now.")
        .facts(from.facts())
        .text(IF_NOT_YOU)
}

pub(crate) fn recovery_codes_new(from: &Seen) -> Letter {
    Letter::new("New recovery codes for your Conifer account")
        .text("New recovery codes were made. Those before do not work any more.")
        .facts(from.facts())
        .text(IF_NOT_YOU)
}

pub(crate) fn recovery_code_used(left: u32, from: &Seen) -> Letter {
    Letter::new("A recovery code was used for your Conifer account")
        .text(format!("Somebody, hopefully you, signed in with a recovery code. Codes left: {left}."))
        .facts(from.facts())
        .text(IF_NOT_YOU)
}

/// Who invites whereto, and as what.
pub(crate) struct InvitedBy {
    pub(crate) name: String,
    /// None for a service account.
    pub(crate) email: Option<String>,
    pub(crate) organization_name: String,
    pub(crate) project_name: Option<String>,
    pub(crate) role: InvitedRole,
}

pub(crate) fn invitation(by: &InvitedBy, url: String) -> Letter {
    let mut facts = vec![("Organization", by.organization_name.clone())];
    facts.extend(by.project_name.clone().map(|name| ("Project", name)));
    facts.push(("Your role", by.role.to_string()));
    let inviter = match &by.email {
        Some(email) => format!("{} ({email})", by.name),
        None => format!("{}, a program of {},", by.name, by.organization_name),
    };
    Letter::new("You are invited to Conifer")
        .text(format!("{inviter} invites you to work together in Conifer."))
        .facts(facts)
        .link("Open the invitation", url)
        .text("The link works once and for seven days. If you do not know who this is, do nothing: nobody is let in without the link.")
}

pub(crate) fn address_confirmation(name: &str, url: String) -> Letter {
    Letter::new("Confirm your address for Conifer")
        .text(format!("{name} uses this address for a Conifer account. The link works once, for one day, and only while you are signed in to that account."))
        .link("Confirm the address", url)
        .text("If this is not your account, do nothing. The address stays yours: reset the account's password to take it over.")
}

/// When and from where something happened.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    at_ms: i64,
    device: String,
    address: String,
}

impl Seen {
    pub(crate) fn new(origin: &Origin, at_ms: i64) -> Self {
        let device = sessions::device(&origin.user_agent);
        Self { at_ms, device, address: origin.address.to_canonical().to_string() }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        vec![("When", moment(self.at_ms)), ("Device", self.device.clone()), ("Address", self.address.clone())]
    }
}

fn moment(at_ms: i64) -> String {
    let format = format_description!("[day padding:none] [month repr:long] [year], [hour]:[minute] UTC");
    OffsetDateTime::from_unix_timestamp(at_ms / 1000)
        .ok()
        .and_then(|at| at.format(format).ok())
        .unwrap_or_default()
}
