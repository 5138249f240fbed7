//! Holds the table against an oracle that was written by hand, row by row.

use conifer_domain::{
    organizations::OrganizationRole,
    permissions::{Action, Role, Verdict, verdict},
    projects::ProjectRole,
};

const ORACLE: &str = include_str!("permissions.csv");

fn parse(word: &str) -> Verdict {
    match word {
        "allow" => Verdict::Allow,
        "deny" => Verdict::Deny,
        "hide" => Verdict::Hide,
        other => panic!("no verdict: {other}"),
    }
}

#[test]
fn the_table_is_the_oracle() {
    let mut lines = ORACLE.lines();
    let head: Vec<_> = lines.next().expect("a head").split(',').collect();
    assert_eq!(head[1..], Role::ALL.map(Role::as_str));

    let mut rows = 0;
    for (line, action) in lines.zip(Action::ALL) {
        let cells: Vec<_> = line.split(',').collect();
        assert_eq!(cells[0], action.as_str(), "the rows stand in the table's order");
        for (word, role) in cells[1..].iter().zip(Role::ALL) {
            assert_eq!(verdict(*action, role), parse(word), "{} for {}", action.as_str(), role.as_str());
        }
        rows += 1;
    }
    assert_eq!(rows, Action::ALL.len(), "every action has a row");
    assert_eq!(ORACLE.lines().count(), Action::ALL.len() + 1, "and no row is too many");
}

#[test]
fn an_organization_owner_is_one_everywhere() {
    for project in [None, Some(ProjectRole::User), Some(ProjectRole::Owner)] {
        assert_eq!(Role::in_project(Some(OrganizationRole::Owner), project), Role::OrganizationOwner);
    }
}

#[test]
fn others_count_by_their_membership_of_the_project() {
    for organization in [OrganizationRole::Manager, OrganizationRole::Member, OrganizationRole::Billing] {
        assert_eq!(Role::in_project(Some(organization), Some(ProjectRole::Owner)), Role::ProjectOwner);
        assert_eq!(Role::in_project(Some(organization), Some(ProjectRole::User)), Role::ProjectUser);
    }
    assert_eq!(Role::in_project(None, None), Role::Outsider);
    assert_eq!(Role::in_organization(None), Role::Outsider);
    assert_eq!(Role::in_organization(Some(OrganizationRole::Billing)), Role::OrganizationBilling);
}
