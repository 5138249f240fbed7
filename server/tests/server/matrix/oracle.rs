//! What the table that was written by hand says.

use conifer_domain::{
    organizations::OrganizationRole,
    permissions::{Action, Scope},
    projects::ProjectRole,
};

const ORACLE: &str = include_str!("../../../../app/domain/tests/permissions.csv");

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Allow,
    Deny,
    Hide,
}

pub fn expected(action: &str, column: &str) -> Verdict {
    let mut lines = ORACLE.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let head = lines.next().expect("a head");
    let at = head.iter().position(|name| *name == column).expect("a column");
    let line = lines.find(|line| line[0] == action).unwrap_or_else(|| panic!("no row: {action}"));
    match line[at] {
        "allow" => Verdict::Allow,
        "deny" => Verdict::Deny,
        "hide" => Verdict::Hide,
        word => panic!("no verdict: {word}"),
    }
}

pub fn action(name: &str) -> Action {
    *Action::ALL.iter().find(|known| known.as_str() == name).unwrap_or_else(|| panic!("no action: {name}"))
}

pub fn is_of_project(name: &str) -> bool {
    action(name).scope() == Scope::Project
}

/// The column that somebody with these roles stands in.
pub fn column(action: &str, organization: Option<OrganizationRole>, project: Option<ProjectRole>) -> String {
    match (organization, project) {
        (Some(OrganizationRole::Owner), _) => "organization-owner".into(),
        (Some(_), Some(role)) if is_of_project(action) => format!("project-{}", role.as_str()),
        (Some(role), _) => format!("organization-{}", role.as_str()),
        (None, _) => "outsider".into(),
    }
}
