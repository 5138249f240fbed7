//! "Why can't I?": a control that one may not use is shown, disabled, and says the rule and who could grant it.

use conifer_domain::{
    Problem,
    permissions::{Action, Role, Verdict, verdict},
};

/// Why somebody of this role may not; None when they may. For `disabled_reason` of the controls.
pub fn why_not(action: Action, role: Role) -> Option<String> {
    (verdict(action, role) != Verdict::Allow).then(|| Problem::Denied { action }.to_string())
}

#[cfg(test)]
mod tests {
    use super::why_not;
    use conifer_domain::permissions::{Action, Role};

    #[test]
    fn the_reason_names_the_rule_and_who_can_grant_it() {
        let why = |role| why_not(Action::InviteMembers, role);
        assert_eq!(why(Role::ProjectOwner), None);
        let reason = "You may not invite members. Owners of this project or of its organization can.";
        assert_eq!(why(Role::ProjectUser).as_deref(), Some(reason));
    }
}
