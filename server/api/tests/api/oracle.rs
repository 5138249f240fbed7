//! What keys may, as it was written by hand.

use conifer_domain::api_keys::KeyRole;

const ORACLE: &str = include_str!("../../../../app/domain/tests/permissions.csv");

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Allow,
    Deny,
}

/// What the row of an action says in the column of a key's role.
pub fn verdict(action: &str, role: KeyRole) -> Verdict {
    let column = KeyRole::ALL.iter().position(|other| *other == role).expect("a role");
    let row = ORACLE.lines().find(|line| line.split(',').next() == Some(action));
    let row: Vec<&str> = row.unwrap_or_else(|| panic!("no row: {action}")).split(',').collect();
    match row[row.len() - KeyRole::ALL.len() + column] {
        "allow" => Verdict::Allow,
        "deny" => Verdict::Deny,
        other => panic!("no verdict: {other}"),
    }
}
