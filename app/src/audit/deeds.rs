//! The actions of the log in words.

use crate::ui::Glyph;
use conifer_domain::{
    audit::{AuditActor, AuditEntry, Program},
    organizations::OrganizationRole,
    projects::ProjectRole,
};

/// A room, what it is called in the choice of actions, and its actions.
type Room = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// What the log of an organization can hold.
const ROOMS: &[Room] = &[
    ("access", "All denials", &[("access.denied", "Was denied")]),
    (
        "organization",
        "All about the organization",
        &[
            ("organization.created", "Created the organization"),
            ("organization.renamed", "Renamed the organization"),
            ("organization.deleted", "Deleted the organization"),
        ],
    ),
    (
        "organization-member",
        "All about its members",
        &[
            ("organization-member.role-changed", "Changed a role in the organization"),
            ("organization-member.removed", "Removed from the organization"),
            ("organization-member.left", "Left the organization"),
        ],
    ),
    (
        "project",
        "All about projects",
        &[
            ("project.created", "Created a project"),
            ("project.renamed", "Renamed a project"),
            ("project.deleted", "Deleted a project"),
            ("project.pod-limit-changed", "Changed the pod limit of a project"),
        ],
    ),
    (
        "member",
        "All about members of projects",
        &[
            ("member.added", "Added to a project"),
            ("member.role-changed", "Changed a role in a project"),
            ("member.removed", "Removed from a project"),
            ("member.left", "Left a project"),
        ],
    ),
    (
        "invite",
        "All about invites",
        &[
            ("invite.created", "Invited"),
            ("invite.resent", "Sent an invite again"),
            ("invite.link-copied", "Copied the link of an invite"),
            ("invite.revoked", "Revoked an invite"),
            ("invite.accepted", "Accepted an invite"),
        ],
    ),
    (
        "api-key",
        "All about API keys",
        &[
            ("api-key.created", "Created an API key"),
            ("api-key.renamed", "Renamed an API key"),
            ("api-key.rights-changed", "Changed the rights of an API key"),
            ("api-key.rotated", "Made a new secret of an API key"),
            ("api-key.deleted", "Deleted an API key"),
        ],
    ),
    (
        "service-account",
        "All about service accounts",
        &[
            ("service-account.created", "Created a service account"),
            ("service-account.renamed", "Renamed a service account"),
            ("service-account.role-changed", "Changed a role of a service account"),
            ("service-account.rotated", "Made a new secret of a service account"),
            ("service-account.disabled", "Disabled a service account"),
            ("service-account.enabled", "Enabled a service account"),
            ("service-account.deleted", "Deleted a service account"),
            ("service-account.token-issued", "Got a token"),
            ("service-account.refused", "Was refused a token"),
        ],
    ),
    (
        "account",
        "All about accounts",
        &[
            ("account.signed-up", "Made an account"),
            ("account.joined-by-invite", "Made an account by an invite"),
            ("account.claimed", "Took over the account of their address"),
        ],
    ),
    (
        "index",
        "All about indexes",
        &[
            ("index.created", "Created an index"),
            ("index.configured", "Configured an index"),
            ("index.deleted", "Deleted an index"),
        ],
    ),
    (
        "backup",
        "All about backups",
        &[("backup.created", "Backed up an index"), ("backup.deleted", "Deleted a backup")],
    ),
    (
        "backup-schedule",
        "All about backup schedules",
        &[
            ("backup-schedule.created", "Scheduled backups"),
            ("backup-schedule.changed", "Changed a backup schedule"),
            ("backup-schedule.deleted", "Deleted a backup schedule"),
        ],
    ),
    (
        "import",
        "All about imports",
        &[
            ("import.started", "Started an import"),
            ("import.cancelled", "Cancelled an import"),
            ("import.paused", "Paused an import"),
            ("import.resumed", "Resumed an import"),
        ],
    ),
    (
        "saved-query",
        "All about saved queries",
        &[
            ("saved-query.created", "Saved a query"),
            ("saved-query.changed", "Changed a saved query"),
            ("saved-query.deleted", "Deleted a saved query"),
        ],
    ),
    ("records", "All about records taken away", &[("records.exported", "Exported records")]),
    (
        "view-as",
        "All about View as",
        &[
            ("view-as.begun", "Began to view as somebody else"),
            ("view-as.ended", "Stopped viewing as somebody else"),
        ],
    ),
    ("audit", "All about this log", &[("audit.exported", "Exported the audit log")]),
    ("installation", "All about the installation", &[("installation.founded", "Founded this installation")]),
];

/// The choices of the filter: everything, rooms, and actions.
pub fn choices() -> Vec<(String, String)> {
    let mut choices = vec![(String::new(), "Everything".to_owned())];
    for (room, all, actions) in ROOMS {
        if actions.len() > 1 {
            choices.push(((*room).to_owned(), (*all).to_owned()));
        }
        choices.extend(actions.iter().map(|(action, words)| ((*action).to_owned(), (*words).to_owned())));
    }
    choices
}

/// What was done. An action without words speaks for itself.
pub fn words(action: &str) -> &str {
    let mut all = ROOMS.iter().flat_map(|(_, _, actions)| *actions);
    all.find(|(name, _)| *name == action).map_or(action, |(_, words)| words)
}

/// What stands before the name of a program.
pub fn mark(actor: &AuditActor) -> Option<Glyph> {
    actor.program.map(|program| match program {
        Program::ApiKey => Glyph::Key,
        Program::ServiceAccount => Glyph::Bot,
    })
}

/// Who did it, also where it was no person.
pub fn actor(actor: &AuditActor) -> String {
    match (actor.id, &*actor.name) {
        (None, "command-line") => "Command line".into(),
        (None, "nobody") => "Nobody known".into(),
        (None, "schedule") => "Backup schedule".into(),
        (_, name) => match actor.program {
            Some(Program::ApiKey) => format!("API key {name}"),
            Some(Program::ServiceAccount) => format!("Service account {name}"),
            None => name.into(),
        },
    }
}

/// The action that somebody tried and was denied.
pub fn denied(entry: &AuditEntry) -> Option<&str> {
    detail(entry, "denied")
}

/// What it was done to, and where that is.
pub fn object(entry: &AuditEntry) -> (String, Option<String>) {
    let project = entry.project_name.clone();
    let is_project = entry.action.starts_with("project.");
    match detail(entry, "name").or(detail(entry, "email")) {
        Some(name) if is_project => (name.to_owned(), None),
        Some(name) => {
            let gone = || entry.project_id.map(|_| "in a project that is gone".to_owned());
            (name.to_owned(), project.map(|project| format!("in {project}")).or_else(gone))
        }
        None => (project.unwrap_or_else(|| "The organization".into()), None),
    }
}

/// What it was before and what it is since, as far as there is either.
pub fn change(entry: &AuditEntry) -> Option<String> {
    let say = |key| detail(entry, key).map(|word| as_role(word).unwrap_or(word));
    let (before, after) = (say("before"), say("after").or(say("role")));
    match (before, after) {
        (None, None) => None,
        (None, Some(after)) => Some(format!("as {after}")),
        (Some(before), None) => Some(format!("was {before}")),
        (Some(before), Some(after)) => Some(format!("{before} → {after}")),
    }
}

fn as_role(word: &str) -> Option<&'static str> {
    let of_project = word.parse::<ProjectRole>().map(ProjectRole::label);
    of_project.or(word.parse::<OrganizationRole>().map(OrganizationRole::label)).ok()
}

fn detail<'e>(entry: &'e AuditEntry, key: &str) -> Option<&'e str> {
    entry.details[key].as_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn entry(action: &str, project: Option<&str>, details: serde_json::Value) -> AuditEntry {
        AuditEntry {
            id: "1".into(),
            at_ms: 0,
            actor: AuditActor { id: None, name: "nobody".into(), email: None, program: None },
            action: action.into(),
            project_id: project.map(|_| "0190a000-0000-7000-8000-000000000002".parse().expect("an id")),
            project_name: project.filter(|name| !name.is_empty()).map(str::to_owned),
            target: None,
            address: None,
            request_id: None,
            details,
        }
    }

    fn told(entry: &AuditEntry) -> (String, String, String) {
        let (object, place) = object(entry);
        (object, place.unwrap_or_default(), change(entry).unwrap_or_default())
    }

    fn is(object: &str, place: &str, change: &str) -> (String, String, String) {
        (object.into(), place.into(), change.into())
    }

    #[test]
    fn an_entry_tells_what_was_changed_from_what_to_what() {
        let raised = json!({ "name": "Bob", "email": "bob@example.com", "before": "user", "after": "owner" });
        let raised = entry("member.role-changed", Some("Search"), raised);
        assert_eq!(told(&raised), is("Bob", "in Search", "User → Owner"));
        let removed =
            entry("organization-member.removed", None, json!({ "name": "Bob", "before": "billing" }));
        assert_eq!(told(&removed), is("Bob", "", "was Billing admin"));
        let invited =
            entry("invite.created", Some(""), json!({ "email": "bob@example.com", "role": "user" }));
        assert_eq!(told(&invited), is("bob@example.com", "in a project that is gone", "as User"));
        let renamed = entry("project.renamed", Some("New"), json!({ "before": "Old", "after": "New" }));
        assert_eq!(told(&renamed), is("New", "", "Old → New"));
        let deleted = entry("project.deleted", Some(""), json!({ "name": "Old" }));
        assert_eq!(told(&deleted), is("Old", "", ""));
        assert_eq!(told(&entry("audit.exported", None, json!(null))), is("The organization", "", ""));
    }

    #[test]
    fn a_denial_names_what_was_tried() {
        let entry = entry("access.denied", None, json!({ "denied": "delete project" }));
        assert_eq!(denied(&entry), Some("delete project"));
        assert_eq!(actor(&entry.actor), "Nobody known");
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn every_action_of_an_organization_has_words() {
        // These rooms are about one person alone, and stand in the log of no organization.
        let private = |action: &str| {
            let of_account = action.starts_with("account.") && words(action) == action;
            action.starts_with("session.") || of_account
        };
        let known: Vec<_> =
            ROOMS.iter().flat_map(|(_, _, actions)| *actions).map(|(name, _)| *name).collect();
        let of_services = conifer_services::audit::actions();
        assert!(known.iter().all(|name| of_services.contains(name)), "{known:?}");
        for action in of_services.iter().filter(|action| !private(action)) {
            assert!(known.contains(action), "{action} has no words");
        }
    }
}
