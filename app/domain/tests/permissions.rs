//! Holds the table against an oracle that was written by hand, row by row.

use conifer_domain::{
    api_keys::KeyRole,
    organizations::OrganizationRole,
    permissions::{Action, Role, Scope, Verdict, cells, verdict},
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

#[test]
fn an_action_travels_by_the_name_people_call_it() {
    for action in Action::ALL {
        let name = serde_json::json!(action.as_str());
        assert_eq!(serde_json::to_value(action).expect("JSON"), name);
        assert_eq!(serde_json::from_value::<Action>(name).expect("an action"), *action);
    }
    assert!(serde_json::from_str::<Action>("\"do as one likes\"").is_err());
}

#[test]
fn only_what_is_hidden_from_the_rest_of_the_organization_is_of_a_project() {
    for action in Action::ALL {
        let hidden = verdict(*action, Role::OrganizationMember) == Verdict::Hide;
        let scope = if hidden { Scope::Project } else { Scope::Organization };
        assert_eq!(action.scope(), scope, "{}", action.as_str());
    }
}

#[test]
fn the_cells_are_the_whole_table_once() {
    let listed: Vec<_> = cells().map(|cell| (cell.action, cell.role, cell.verdict)).collect();
    let all =
        Action::ALL.iter().flat_map(|action| Role::ALL.map(|role| (*action, role, verdict(*action, role))));
    assert_eq!(listed, all.collect::<Vec<_>>());
    let first = serde_json::to_value(cells().next().expect("a cell")).expect("JSON");
    let expected =
        serde_json::json!({ "action": "view project", "role": "project-owner", "verdict": "allow" });
    assert_eq!(first, expected);
}

#[test]
fn people_are_told_what_they_are_in_their_own_words() {
    let told = Role::ALL.map(Role::label);
    assert_eq!(told[..7], ["Owner", "User", "Owner", "Manager", "Member", "Billing admin", "Nobody"]);
    assert_eq!(told[7..], KeyRole::ALL.map(KeyRole::label));
}

#[test]
fn a_program_is_told_just_the_roles_that_its_key_lacks() {
    for action in Action::ALL {
        let told = action.allowed_to_keys().unwrap_or_default();
        for role in KeyRole::ALL {
            let may = verdict(*action, Role::Key(role)) == Verdict::Allow;
            assert_eq!(told.contains(role.as_str()), may, "{} for {role}", action.as_str());
        }
    }
}

#[test]
fn a_role_travels_by_the_name_of_its_column() {
    for role in Role::ALL {
        let name = serde_json::json!(role.as_str());
        assert_eq!(serde_json::to_value(role).expect("JSON"), name);
        assert_eq!(serde_json::from_value::<Role>(name).expect("a role"), role);
    }
    assert!(serde_json::from_str::<Role>("\"anybody\"").is_err());
}
