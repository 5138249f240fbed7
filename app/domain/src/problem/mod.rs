//! What can go wrong for a caller, as data: a page, a JSON body and a redirect all carry the same
//! few facts, and every sentence a person reads is made here. A problem holds no free text, so a
//! crafted link cannot put words into Conifer's mouth.

mod field;
mod rule;

use crate::{
    api_keys::{KeyPart, KeyRefusal},
    ids::ProjectId,
    permissions::Action,
};
pub use field::Field;
pub use rule::{Allowed, Rule, Unit};
use serde::{Deserialize, Serialize};
use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Problem {
    /// One input breaks one rule.
    Invalid {
        field: Field,
        rule: Rule,
    },
    /// One of several inputs in one field, counted from 1, breaks one rule.
    InvalidItem {
        field: Field,
        rule: Rule,
        position: usize,
    },
    /// The request's arguments cannot be read at all.
    BadRequest,
    /// Unknown e-mail or wrong password: deliberately one answer.
    SignInFailed,
    /// A wrong code of the second factor.
    CodeWrong,
    /// Nobody is signed in, or no longer.
    SignedOut,
    /// A request that another site made.
    Forbidden,
    /// Signed in, but the table says no.
    Denied {
        action: Action,
    },
    /// A change, while the console is seen as somebody else would see it.
    OnlyLooking,
    /// A program's key is none that counts. Why is for the log: the program is told one thing.
    KeyRefused {
        why: KeyRefusal,
    },
    /// The key is limited to others than the one asked for.
    OutsideKey {
        part: KeyPart,
    },
    /// A project has as many keys as it can.
    KeysFull {
        keys_max: usize,
    },
    /// A service account's token is none that counts. Why is for the log.
    TokenRefused {
        why: KeyRefusal,
    },
    /// Client id or secret of a service account is wrong: deliberately one answer.
    ClientRefused,
    /// An organization has as many service accounts as it can.
    ServiceAccountsFull {
        accounts_max: usize,
    },
    /// A key keeps at least one role.
    LastRole,
    /// A project that holds something is not deleted by a program.
    HoldsSomething,
    /// A project and an organization keep at least one owner.
    LastOwner,
    /// Somebody leaves an organization who is the only owner of projects in it.
    LastOwnerOfProjects {
        project_ids: Vec<ProjectId>,
    },
    /// An organization that has projects is not deleted.
    HasProjects {
        count: u64,
    },
    /// An owner of the organization is in all its projects and cannot leave one of them.
    InByOrganization,
    /// Only the mailed link of the account's own address opens this.
    Unconfirmed,
    /// An invitation to another address than that of who is signed in.
    OtherAccount,
    /// Whoever invited may not do so any more.
    InviterLost,
    /// Too many invites wait in one organization.
    InvitesFull {
        pending_max: usize,
    },
    NotFound,
    /// Too many indexes in one project.
    IndexesFull {
        indexes_max: i64,
    },
    /// A project has no room for so many more pods.
    PodsFull {
        pods_max: u64,
        used: u64,
        wanted: u64,
    },
    /// The pods of an index do not hold what is to be added to it.
    CapacityReached {
        records_max: u64,
        held: u64,
        wanted: u64,
    },
    /// Pods of this size would not hold what there is.
    PodsTooSmall {
        records_max: u64,
        held: u64,
    },
    /// Too many backups and collections in one project.
    BackupsFull {
        backups_max: i64,
    },
    /// A backup is not deleted while an index is made from it.
    BackupInUse,
    /// An index is not deleted while a backup or a collection is made of it.
    BackupPending,
    /// Too many saved queries of one index.
    QueriesFull {
        queries_max: i64,
    },
    /// Too many files wait to be read into one index.
    UploadsFull {
        waiting_max: i64,
    },
    /// The files that wait to be read into the indexes of one project, or are read, would have too many bytes in all.
    UploadBytesFull {
        bytes_max: u64,
        bytes: u64,
    },
    /// An index that is guarded against being deleted.
    DeletionProtected,
    /// Its vectors lie with another server on the same database.
    Elsewhere,
    /// A link of set-up, sign-up, reset or confirmation that is unknown, used or too old.
    LinkDead,
    /// Sign-up is by invitation here.
    SignUpClosed,
    /// Somebody else changed the same thing first.
    Conflict,
    TooLarge {
        bytes_max: u64,
    },
    /// Too many tries; the same try may succeed later.
    TooMany {
        retry_after_s: u64,
    },
    /// The server is overloaded or its database does not answer.
    Unavailable,
    /// A defect on our side; the log has it under the request's id.
    Unexpected,
    /// The browser could not reach the server.
    Offline,
}

impl Problem {
    pub const fn invalid(field: Field, rule: Rule) -> Self {
        Self::Invalid { field, rule }
    }

    /// The field to show the problem at, if it belongs to one.
    pub fn field(&self) -> Option<Field> {
        match self {
            Self::Invalid { field, .. } | Self::InvalidItem { field, .. } => Some(*field),
            Self::CodeWrong => Some(Field::Code),
            _ => None,
        }
    }

    /// The HTTP status that says the same.
    pub fn status(&self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::SignInFailed | Self::CodeWrong | Self::SignedOut => 401,
            Self::KeyRefused { .. } | Self::TokenRefused { .. } | Self::ClientRefused => 401,
            Self::Forbidden
            | Self::OnlyLooking
            | Self::Denied { .. }
            | Self::OutsideKey { .. }
            | Self::SignUpClosed
            | Self::Unconfirmed
            | Self::OtherAccount
            | Self::InviterLost
            | Self::DeletionProtected => 403,
            Self::NotFound => 404,
            Self::Conflict
            | Self::LastOwner
            | Self::LastOwnerOfProjects { .. }
            | Self::HasProjects { .. }
            | Self::InByOrganization
            | Self::InvitesFull { .. }
            | Self::KeysFull { .. }
            | Self::ServiceAccountsFull { .. }
            | Self::LastRole
            | Self::IndexesFull { .. }
            | Self::PodsFull { .. }
            | Self::CapacityReached { .. }
            | Self::PodsTooSmall { .. }
            | Self::BackupsFull { .. }
            | Self::QueriesFull { .. }
            | Self::UploadsFull { .. }
            | Self::UploadBytesFull { .. } => 409,
            Self::LinkDead => 410,
            Self::BackupInUse | Self::BackupPending | Self::HoldsSomething => 412,
            Self::TooLarge { .. } => 413,
            Self::Invalid { .. } | Self::InvalidItem { .. } => 422,
            Self::TooMany { .. } => 429,
            Self::Unexpected => 500,
            Self::Unavailable | Self::Elsewhere | Self::Offline => 503,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid { field, rule } => write!(f, "{field} {rule}."),
            Self::BadRequest => {
                f.write_str("This request cannot be understood. Reload the page and try again.")
            }
            Self::SignInFailed => f.write_str("E-mail or password is wrong."),
            Self::CodeWrong => {
                f.write_str("This code is wrong or was used already. Try the next one.")
            }
            Self::SignedOut => f.write_str("You are signed out. Sign in to go on."),
            Self::InvalidItem { field, rule, position } => {
                write!(f, "{field}: number {position} {rule}.")
            }
            Self::Forbidden => f.write_str("You may not do this."),
            Self::Denied { action } => {
                write!(f, "You may not {}. {} can.", action.as_str(), action.allowed_to())
            }
            Self::OnlyLooking => f.write_str(
                "Nothing can be changed while you see the console as somebody else would. Stop viewing first.",
            ),
            Self::KeyRefused { .. } => f.write_str("The API key is not valid."),
            Self::OutsideKey { part: KeyPart::Indexes } => {
                f.write_str("This API key is limited to other indexes.")
            }
            Self::OutsideKey { part: KeyPart::Namespaces } => {
                f.write_str("This API key is limited to other namespaces.")
            }
            Self::KeysFull { keys_max } => {
                write!(f, "A project has {keys_max} API keys at most. Delete some that nobody uses.")
            }
            Self::TokenRefused { .. } => {
                f.write_str("The access token is not valid or not valid any more. Ask /oauth/token for another.")
            }
            Self::ClientRefused => f.write_str("Client id or client secret is wrong, or the account is disabled."),
            Self::ServiceAccountsFull { accounts_max } => write!(
                f,
                "An organization has {accounts_max} service accounts at most. Delete some that nobody uses."
            ),
            Self::LastRole => f.write_str("A key needs at least one role. Give it another first, or delete it."),
            Self::HoldsSomething => f.write_str(
                "The project still holds indexes, backups or collections. Delete them first.",
            ),
            Self::LastOwner => {
                f.write_str("This would leave nobody as owner. Make somebody else an owner first.")
            }
            Self::LastOwnerOfProjects { project_ids } => {
                write!(f, "This would leave {} without an owner. ", projects(project_ids.len()))?;
                f.write_str("Make somebody else an owner there first.")
            }
            Self::HasProjects { count } => {
                let count = usize::try_from(*count).unwrap_or(usize::MAX);
                let them = if count == 1 { "it" } else { "them" };
                write!(f, "The organization still has {}. Delete {them} first.", projects(count))
            }
            Self::InByOrganization => f.write_str(
                "As an owner of the organization you are in all its projects. Only leaving the organization ends that.",
            ),
            Self::Unconfirmed => {
                f.write_str("Your address is not confirmed yet. Ask for a mail with a link on your account page.")
            }
            Self::OtherAccount => f.write_str(
                "This invitation is for another address. Sign out, then open its link again.",
            ),
            Self::InviterLost => f.write_str(
                "Whoever invited you may no longer do so. Ask an owner for a new invitation.",
            ),
            Self::InvitesFull { pending_max } => write!(
                f,
                "An organization has {pending_max} open invites at most. Revoke some that nobody accepts."
            ),
            Self::NotFound => f.write_str("This does not exist, or you have no access to it."),
            Self::IndexesFull { indexes_max } => {
                write!(f, "A project has {indexes_max} indexes at most. Delete one that nobody needs.")
            }
            Self::PodsFull { pods_max, used, wanted } => write!(
                f,
                "The project may have {pods_max} pods and uses {used}: there is no room for {wanted} more. \
                 Ask an owner to raise the limit, or take fewer replicas."
            ),
            Self::CapacityReached { records_max, held, wanted } => write!(
                f,
                "The pods of this index hold {records_max} records. It has {held}, so {wanted} more do not fit \
                 and none was written. Choose a larger pod type, or delete records."
            ),
            Self::PodsTooSmall { records_max, held } => write!(
                f,
                "Such pods hold {records_max} records, but there are {held}. Choose a larger pod type."
            ),
            Self::BackupsFull { backups_max } => {
                write!(f, "A project has {backups_max} backups and collections at most. Delete old ones first.")
            }
            Self::BackupInUse => {
                f.write_str("An index is being made from this backup. Delete it when the index is ready.")
            }
            Self::BackupPending => {
                f.write_str("A backup or collection of this index is being made. Delete it when that is ready.")
            }
            Self::QueriesFull { queries_max } => {
                write!(f, "An index has {queries_max} saved queries at most. Delete one that nobody needs.")
            }
            Self::UploadsFull { waiting_max } => {
                write!(f, "At most {waiting_max} files wait to be imported into an index. Import or remove some first.")
            }
            Self::UploadBytesFull { bytes_max, bytes } => write!(
                f,
                "Files that are not imported to their end may have {} in all in a project; with this one they would \
                 have {}. Wait until some are imported, or remove some first.",
                gib(*bytes_max),
                gib(*bytes)
            ),
            Self::DeletionProtected => f.write_str(
                "This index is protected against deletion. Turn the protection off first.",
            ),
            Self::Elsewhere => f.write_str(
                "The vectors of this index lie with another server of this installation. Ask that one.",
            ),
            Self::LinkDead => f.write_str("This link was used already or is too old. Ask for a new one."),
            Self::SignUpClosed => {
                f.write_str("New accounts are made by invitation here. Ask an owner to invite you.")
            }
            Self::Conflict => {
                f.write_str("Somebody changed this at the same time. Reload the page and try again.")
            }
            Self::TooLarge { bytes_max } => {
                write!(f, "This is too large: {} KiB at most.", bytes_max / 1024)
            }
            Self::TooMany { retry_after_s } => {
                write!(f, "Too many tries. Wait {} and try again.", wait(*retry_after_s))
            }
            Self::Unavailable => {
                f.write_str("The server is busy. Nothing was changed; try again in a moment.")
            }
            Self::Unexpected => {
                f.write_str("Something went wrong on our side. Nothing was changed; try again.")
            }
            Self::Offline => f.write_str("The server did not answer. Check your connection and try again."),
        }
    }
}

impl std::error::Error for Problem {}

fn projects(count: usize) -> String {
    match count {
        1 => "1 project".into(),
        _ => format!("{count} projects"),
    }
}

fn gib(bytes: u64) -> String {
    format!("{:.1} GiB", bytes as f64 / (1_u64 << 30) as f64)
}

fn wait(seconds: u64) -> String {
    match seconds {
        0 | 1 => "a second".into(),
        2..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_field_rule_and_limit() {
        let problem = Problem::invalid(Field::Name, Rule::TooLong { chars_max: 512 });
        assert_eq!(problem.to_string(), "Name is too long: 512 characters at most.");
        assert_eq!(problem.field(), Some(Field::Name));
        assert_eq!(problem.status(), 422);
    }

    #[test]
    fn a_denial_tells_the_rule_and_who_can() {
        let problem = Problem::Denied { action: Action::UpdateMemberRoles };
        let text = "You may not update member roles. Owners of this project or of its organization can.";
        assert_eq!(problem.to_string(), text);
        assert_eq!(problem.status(), 403);
    }

    #[test]
    fn an_item_is_told_by_its_place() {
        let problem = Problem::InvalidItem { field: Field::Addresses, rule: Rule::NotAnAddress, position: 3 };
        assert_eq!(problem.to_string(), "Addresses: number 3 is not an address like name@example.com.");
        assert_eq!(problem.field(), Some(Field::Addresses));
    }

    #[test]
    fn too_many_bytes_are_told_with_how_many_there_may_be() {
        let text = Problem::UploadBytesFull { bytes_max: 8 << 30, bytes: 9_000_000_000 }.to_string();
        assert!(text.contains("8.0 GiB in all") && text.contains("would have 8.4 GiB"), "{text}");
    }

    #[test]
    fn a_wait_is_told_in_its_own_unit() {
        assert_eq!(wait(1), "a second");
        assert_eq!(wait(30), "30 seconds");
        assert_eq!(wait(121), "3 minutes");
    }
}
