//! What a page says after a change went well. A redirect carries the notice's name, never its text,
//! so that it also reaches people without JavaScript and nobody can forge a sentence.

use std::str::FromStr;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    SignedOut,
    PasswordChanged,
    PasswordReset,
    ResetMailSent,
    SignUpMailSent,
    ProfileSaved,
    EmailConfirmationSent,
    EmailChanged,
    EmailChangeCancelled,
    TwoFactorOn,
    TwoFactorOff,
    RecoveryCodesMade,
    RecoveryCodesKept,
    SessionEnded,
    OtherSessionsEnded,
    RoleChanged,
    MemberRemoved,
    PlaceLeft,
    PeopleInvited,
    InviteResent,
    InviteRevoked,
    InviteLinkMade,
    InviteLinkForgotten,
    Joined,
    AddressConfirmationSent,
    AddressConfirmed,
    OrganizationCreated,
    OrganizationRenamed,
    OrganizationDeleted,
    ProjectCreated,
    ProjectRenamed,
    ProjectDeleted,
    ApiKeyCreated,
    ApiKeyRotated,
    ApiKeyRenamed,
    ApiKeyChanged,
    ApiKeyDeleted,
    ApiKeyTaken,
    IndexCreated,
    IndexConfigured,
    IndexDeleted,
    NamespaceCreated,
    NamespaceDeleted,
    RecordsSaved,
    RecordsDeleted,
    BackupCreated,
    BackupDeleted,
    BackupRestored,
    ScheduleSaved,
    ScheduleDeleted,
}

impl Notice {
    pub const ALL: [Self; 50] = [
        Self::SignedOut,
        Self::PasswordChanged,
        Self::PasswordReset,
        Self::ResetMailSent,
        Self::SignUpMailSent,
        Self::ProfileSaved,
        Self::EmailConfirmationSent,
        Self::EmailChanged,
        Self::EmailChangeCancelled,
        Self::TwoFactorOn,
        Self::TwoFactorOff,
        Self::RecoveryCodesMade,
        Self::RecoveryCodesKept,
        Self::SessionEnded,
        Self::OtherSessionsEnded,
        Self::RoleChanged,
        Self::MemberRemoved,
        Self::PlaceLeft,
        Self::PeopleInvited,
        Self::InviteResent,
        Self::InviteRevoked,
        Self::InviteLinkMade,
        Self::InviteLinkForgotten,
        Self::Joined,
        Self::AddressConfirmationSent,
        Self::AddressConfirmed,
        Self::OrganizationCreated,
        Self::OrganizationRenamed,
        Self::OrganizationDeleted,
        Self::ProjectCreated,
        Self::ProjectRenamed,
        Self::ProjectDeleted,
        Self::ApiKeyCreated,
        Self::ApiKeyRotated,
        Self::ApiKeyRenamed,
        Self::ApiKeyChanged,
        Self::ApiKeyDeleted,
        Self::ApiKeyTaken,
        Self::IndexCreated,
        Self::IndexConfigured,
        Self::IndexDeleted,
        Self::NamespaceCreated,
        Self::NamespaceDeleted,
        Self::RecordsSaved,
        Self::RecordsDeleted,
        Self::BackupCreated,
        Self::BackupDeleted,
        Self::BackupRestored,
        Self::ScheduleSaved,
        Self::ScheduleDeleted,
    ];

    /// Its name in the query string: `?done=…`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignedOut => "signed-out",
            Self::PasswordChanged => "password-changed",
            Self::PasswordReset => "password-reset",
            Self::ResetMailSent => "reset-mail-sent",
            Self::SignUpMailSent => "sign-up-mail-sent",
            Self::ProfileSaved => "profile-saved",
            Self::EmailConfirmationSent => "email-confirmation-sent",
            Self::EmailChanged => "email-changed",
            Self::EmailChangeCancelled => "email-change-cancelled",
            Self::TwoFactorOn => "two-factor-on",
            Self::TwoFactorOff => "two-factor-off",
            Self::RecoveryCodesMade => "recovery-codes-made",
            Self::RecoveryCodesKept => "recovery-codes-kept",
            Self::SessionEnded => "session-ended",
            Self::OtherSessionsEnded => "other-sessions-ended",
            Self::RoleChanged => "role-changed",
            Self::MemberRemoved => "member-removed",
            Self::PlaceLeft => "place-left",
            Self::PeopleInvited => "people-invited",
            Self::InviteResent => "invite-resent",
            Self::InviteRevoked => "invite-revoked",
            Self::InviteLinkMade => "invite-link-made",
            Self::InviteLinkForgotten => "invite-link-forgotten",
            Self::Joined => "joined",
            Self::AddressConfirmationSent => "address-confirmation-sent",
            Self::AddressConfirmed => "address-confirmed",
            Self::OrganizationCreated => "organization-created",
            Self::OrganizationRenamed => "organization-renamed",
            Self::OrganizationDeleted => "organization-deleted",
            Self::ProjectCreated => "project-created",
            Self::ProjectRenamed => "project-renamed",
            Self::ProjectDeleted => "project-deleted",
            Self::ApiKeyCreated => "api-key-created",
            Self::ApiKeyRotated => "api-key-rotated",
            Self::ApiKeyRenamed => "api-key-renamed",
            Self::ApiKeyChanged => "api-key-changed",
            Self::ApiKeyDeleted => "api-key-deleted",
            Self::ApiKeyTaken => "api-key-taken",
            Self::IndexCreated => "index-created",
            Self::IndexConfigured => "index-configured",
            Self::IndexDeleted => "index-deleted",
            Self::NamespaceCreated => "namespace-created",
            Self::NamespaceDeleted => "namespace-deleted",
            Self::RecordsSaved => "records-saved",
            Self::RecordsDeleted => "records-deleted",
            Self::BackupCreated => "backup-created",
            Self::BackupDeleted => "backup-deleted",
            Self::BackupRestored => "backup-restored",
            Self::ScheduleSaved => "schedule-saved",
            Self::ScheduleDeleted => "schedule-deleted",
        }
    }

    pub const fn text(self) -> &'static str {
        match self {
            Self::SignedOut => "You are signed out.",
            Self::PasswordChanged => "Password changed. Your other sessions were signed out.",
            Self::PasswordReset => "Password changed. Sign in with the new one.",
            Self::ResetMailSent => "If an account has this address, a mail with a link is on its way.",
            Self::SignUpMailSent => "A mail with a link to finish is on its way.",
            Self::ProfileSaved => "Profile saved.",
            Self::EmailConfirmationSent => {
                "A mail with a link went to the new address. It counts once you open the link."
            }
            Self::EmailChanged => "E-mail address changed.",
            Self::EmailChangeCancelled => "The change of address was called off.",
            Self::TwoFactorOn => "Two-factor sign-in is on.",
            Self::TwoFactorOff => "Two-factor sign-in is off.",
            Self::RecoveryCodesMade => "New recovery codes are made. The earlier ones no longer work.",
            Self::RecoveryCodesKept => "The recovery codes are no longer shown.",
            Self::SessionEnded => "Session ended.",
            Self::OtherSessionsEnded => "All other sessions ended.",
            Self::RoleChanged => "Role changed.",
            Self::MemberRemoved => "Removed. Whatever they had open here ends with its next request.",
            Self::PlaceLeft => "You have left.",
            Self::PeopleInvited => "Invited. The list says how far each of them is.",
            Self::InviteResent => "Sent again, and good for seven days from now.",
            Self::InviteRevoked => "Invite revoked. Its links are dead.",
            Self::InviteLinkMade => "Here is the link. It is shown only to you, and only for now.",
            Self::InviteLinkForgotten => "The link is no longer shown. It works as long as the invite.",
            Self::Joined => "Welcome. You are in.",
            Self::AddressConfirmationSent => "A mail with a link went to your address.",
            Self::AddressConfirmed => "Your address is confirmed.",
            Self::OrganizationCreated => "Organization created. Make its first project next.",
            Self::OrganizationRenamed => "Organization renamed.",
            Self::OrganizationDeleted => "Organization deleted.",
            Self::ProjectCreated => "Project created.",
            Self::ProjectRenamed => "Project renamed.",
            Self::ProjectDeleted => "Project deleted, with all that was in it.",
            Self::ApiKeyCreated => "API key created. Copy its secret now.",
            Self::ApiKeyRotated => "A new secret is made. Copy it now.",
            Self::ApiKeyRenamed => "API key renamed.",
            Self::ApiKeyChanged => "The key's rights changed, from its next request on.",
            Self::ApiKeyDeleted => "API key deleted. Programs that carry it are refused.",
            Self::ApiKeyTaken => "The secret is no longer shown. The key works.",
            Self::IndexCreated => "Index created. It takes records at once.",
            Self::IndexConfigured => "Index changed.",
            Self::IndexDeleted => "Index deleted, with all its records.",
            Self::NamespaceCreated => "Namespace created.",
            Self::NamespaceDeleted => "Namespace deleted, with all its records.",
            Self::RecordsSaved => "Saved, and found by the next query.",
            Self::RecordsDeleted => "Records deleted.",
            Self::BackupCreated => "Backup made.",
            Self::BackupDeleted => "Backup deleted.",
            Self::BackupRestored => "Here is the index made from the backup.",
            Self::ScheduleSaved => "Backups are made by this schedule from now on.",
            Self::ScheduleDeleted => "Schedule deleted. The backups it made stay.",
        }
    }
}

#[derive(Debug, thiserror::Error)]
#[error("no such notice")]
pub struct UnknownNotice;

impl FromStr for Notice {
    type Err = UnknownNotice;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|notice| notice.as_str() == text).ok_or(UnknownNotice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notice_is_found_by_its_name() {
        for notice in Notice::ALL {
            assert_eq!(notice.as_str().parse::<Notice>().ok(), Some(notice));
        }
        assert!("<script>".parse::<Notice>().is_err());
    }
}
