//! Every deed the log knows, as `room.deed`.

macro_rules! actions {
    ($($variant:ident $name:literal),* $(,)?) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Action { $($variant),* }

        const NAMES: &[&str] = &[$($name),*];

        impl Action {
            pub(super) const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

actions! {
    Founded "installation.founded",
    SignedUp "account.signed-up",
    SignedIn "session.signed-in",
    SignInFailed "session.sign-in-failed",
    SecondFactorFailed "session.second-factor-failed",
    RecoveryCodeUsed "session.recovery-code-used",
    SignedOut "session.signed-out",
    SessionEnded "session.ended",
    SessionsEnded "session.others-ended",
    Renamed "account.renamed",
    EmailChangeRequested "account.email-change-requested",
    EmailChangeCancelled "account.email-change-cancelled",
    EmailChanged "account.email-changed",
    PasswordChanged "account.password-changed",
    PasswordReset "account.password-reset",
    TwoFactorOn "account.two-factor-on",
    TwoFactorOff "account.two-factor-off",
    RecoveryCodesRenewed "account.recovery-codes-renewed",
    Denied "access.denied",
    JoinedByInvite "account.joined-by-invite",
    Claimed "account.claimed",
    AddressConfirmationRequested "account.address-confirmation-requested",
    AddressConfirmed "account.address-confirmed",
    OrganizationCreated "organization.created",
    OrganizationRenamed "organization.renamed",
    OrganizationDeleted "organization.deleted",
    OrganizationRoleChanged "organization-member.role-changed",
    OrganizationMemberRemoved "organization-member.removed",
    OrganizationLeft "organization-member.left",
    ProjectCreated "project.created",
    ProjectRenamed "project.renamed",
    ProjectDeleted "project.deleted",
    PodLimitChanged "project.pod-limit-changed",
    MemberAdded "member.added",
    MemberRoleChanged "member.role-changed",
    MemberRemoved "member.removed",
    ProjectLeft "member.left",
    InviteCreated "invite.created",
    InviteResent "invite.resent",
    InviteLinkCopied "invite.link-copied",
    InviteRevoked "invite.revoked",
    InviteAccepted "invite.accepted",
    IndexCreated "index.created",
    IndexConfigured "index.configured",
    IndexDeleted "index.deleted",
    BackupCreated "backup.created",
    BackupDeleted "backup.deleted",
    ScheduleCreated "backup-schedule.created",
    ScheduleChanged "backup-schedule.changed",
    ScheduleDeleted "backup-schedule.deleted",
    ImportStarted "import.started",
    ImportCancelled "import.cancelled",
    QuerySaved "saved-query.created",
    QueryChanged "saved-query.changed",
    QueryDeleted "saved-query.deleted",
    ImportPaused "import.paused",
    ImportResumed "import.resumed",
    AuditExported "audit.exported",
    RecordsExported "records.exported",
    ViewBegun "view-as.begun",
    ViewEnded "view-as.ended",
    ApiKeyCreated "api-key.created",
    ApiKeyRenamed "api-key.renamed",
    ApiKeyRightsChanged "api-key.rights-changed",
    ApiKeyRotated "api-key.rotated",
    ApiKeyDeleted "api-key.deleted",
    ServiceAccountCreated "service-account.created",
    ServiceAccountRenamed "service-account.renamed",
    ServiceAccountRoleChanged "service-account.role-changed",
    ServiceAccountRotated "service-account.rotated",
    ServiceAccountDisabled "service-account.disabled",
    ServiceAccountEnabled "service-account.enabled",
    ServiceAccountDeleted "service-account.deleted",
    ServiceAccountTokenIssued "service-account.token-issued",
    ServiceAccountRefused "service-account.refused",
}

impl Action {
    pub(super) fn room(self) -> &'static str {
        room(self.as_str())
    }
}

pub(super) fn room(action: &str) -> &str {
    action.split_once('.').map_or(action, |(room, _)| room)
}

/// The actions an entry can name.
pub fn actions() -> &'static [&'static str] {
    NAMES
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_action_has_a_room_and_a_name_of_its_own() {
        assert!(NAMES.iter().all(|name| name.split('.').count() == 2));
        assert_eq!(NAMES.iter().collect::<HashSet<_>>().len(), NAMES.len());
        assert_eq!(Action::InviteRevoked.room(), "invite");
    }
}
