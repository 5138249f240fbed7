//! The keys that programs carry: what they may, where, and until when.

use crate::{
    Problem,
    ids::ApiKeyId,
    indexes::IndexName,
    limits::{KEY_NAMESPACE_LENGTH_MAX_CHARS, KEY_SCOPE_NAMES_MAX},
    namespaces::DEFAULT_NAMESPACE,
    paging::Paging,
    permissions::{Action, KeyRight},
    problem::{Field, Rule},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, fmt, str::FromStr};

/// What a key may. It can have several roles, and may what any of them may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum KeyRole {
    ProjectEditor,
    ProjectViewer,
    ControlPlaneEditor,
    ControlPlaneViewer,
    DataPlaneEditor,
    DataPlaneViewer,
}

impl KeyRole {
    pub const ALL: [Self; 6] = [
        Self::ProjectEditor,
        Self::ProjectViewer,
        Self::ControlPlaneEditor,
        Self::ControlPlaneViewer,
        Self::DataPlaneEditor,
        Self::DataPlaneViewer,
    ];

    /// As programs write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ProjectEditor => "ProjectEditor",
            Self::ProjectViewer => "ProjectViewer",
            Self::ControlPlaneEditor => "ControlPlaneEditor",
            Self::ControlPlaneViewer => "ControlPlaneViewer",
            Self::DataPlaneEditor => "DataPlaneEditor",
            Self::DataPlaneViewer => "DataPlaneViewer",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Self::ProjectEditor => "Project editor",
            Self::ProjectViewer => "Project viewer",
            Self::ControlPlaneEditor => "Control plane editor",
            Self::ControlPlaneViewer => "Control plane viewer",
            Self::DataPlaneEditor => "Data plane editor",
            Self::DataPlaneViewer => "Data plane viewer",
        }
    }

    /// What it is for, in a sentence.
    pub const fn about(self) -> &'static str {
        match self {
            Self::ProjectEditor => "Reads and writes indexes, backups and records.",
            Self::ProjectViewer => "Reads indexes, backups and records.",
            Self::ControlPlaneEditor => "Creates, changes and deletes indexes and backups; no records.",
            Self::ControlPlaneViewer => "Lists indexes and backups; no records.",
            Self::DataPlaneEditor => "Reads and writes the records of indexes; no changes to indexes.",
            Self::DataPlaneViewer => "Reads and queries the records of indexes.",
        }
    }

    /// Its column of the table.
    pub(crate) const fn column(self) -> &'static str {
        match self {
            Self::ProjectEditor => "key-project-editor",
            Self::ProjectViewer => "key-project-viewer",
            Self::ControlPlaneEditor => "key-control-plane-editor",
            Self::ControlPlaneViewer => "key-control-plane-viewer",
            Self::DataPlaneEditor => "key-data-plane-editor",
            Self::DataPlaneViewer => "key-data-plane-viewer",
        }
    }

    pub const fn grants(self, right: KeyRight) -> bool {
        use KeyRight as R;
        match self {
            Self::ProjectEditor => !matches!(right, R::None),
            Self::ProjectViewer => matches!(right, R::ControlRead | R::DataRead),
            Self::ControlPlaneEditor => matches!(right, R::ControlRead | R::ControlWrite),
            Self::ControlPlaneViewer => matches!(right, R::ControlRead),
            Self::DataPlaneEditor => matches!(right, R::DataRead | R::DataWrite),
            Self::DataPlaneViewer => matches!(right, R::DataRead),
        }
    }

    /// The fewest roles that grant all of these: never more than is asked for.
    pub fn for_rights(rights: impl IntoIterator<Item = KeyRight>) -> BTreeSet<Self> {
        let has = |wanted: &[KeyRight], right| wanted.contains(&right);
        let rights: Vec<_> = rights.into_iter().collect();
        let control = match () {
            () if has(&rights, KeyRight::ControlWrite) => Some(Self::ControlPlaneEditor),
            () if has(&rights, KeyRight::ControlRead) => Some(Self::ControlPlaneViewer),
            () => None,
        };
        let data = match () {
            () if has(&rights, KeyRight::DataWrite) => Some(Self::DataPlaneEditor),
            () if has(&rights, KeyRight::DataRead) => Some(Self::DataPlaneViewer),
            () => None,
        };
        match (control, data) {
            (Some(Self::ControlPlaneEditor), Some(Self::DataPlaneEditor)) => [Self::ProjectEditor].into(),
            (Some(Self::ControlPlaneViewer), Some(Self::DataPlaneViewer)) => [Self::ProjectViewer].into(),
            (control, data) => control.into_iter().chain(data).collect(),
        }
    }
}

impl fmt::Display for KeyRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

impl FromStr for KeyRole {
    type Err = Problem;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = Problem::invalid(Field::KeyRoles, Rule::Unknown);
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or(unknown)
    }
}

/// Why a key does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyRefusal {
    /// No key looks like this: it was cut off, or mistyped.
    Malformed,
    /// It could be one, but is none, or not with this secret.
    Unknown,
    Revoked,
    Expired,
}

impl KeyRefusal {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Unknown => "unknown",
            Self::Revoked => "revoked",
            Self::Expired => "expired",
        }
    }
}

/// What a key can be limited in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyPart {
    Indexes,
    Namespaces,
}

/// Where a key counts: in all indexes of its project, or in some; in all their namespaces, or in some.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyScope {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indexes: Option<BTreeSet<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespaces: Option<BTreeSet<String>>,
}

impl KeyScope {
    /// From lists as people type them, names between commas or line breaks; an empty one is no limit.
    pub fn parse(indexes: &str, namespaces: &str) -> Result<Self, Problem> {
        let (is_index, no_index) = (is_index_name as fn(&str) -> bool, Rule::NotAnIndexName);
        let (is_namespace, no_namespace) = (is_namespace as fn(&str) -> bool, Rule::NotANamespace);
        Ok(Self {
            indexes: names(indexes, Field::KeyIndexes, is_index, no_index)?,
            namespaces: names(namespaces, Field::KeyNamespaces, is_namespace, no_namespace)?,
        })
    }

    /// For one that was not typed.
    pub fn check(&self) -> Result<(), Problem> {
        let typed =
            |names: &Option<BTreeSet<String>>| names.iter().flatten().cloned().collect::<Vec<_>>().join("\n");
        let read = Self::parse(&typed(&self.indexes), &typed(&self.namespaces))?;
        let missing = |field| Err(Problem::invalid(field, Rule::Required));
        match () {
            () if self.indexes != read.indexes => missing(Field::KeyIndexes),
            () if self.namespaces != read.namespaces => missing(Field::KeyNamespaces),
            () => Ok(()),
        }
    }

    pub fn has_index(&self, name: &str) -> bool {
        self.indexes.as_ref().is_none_or(|names| names.contains(name))
    }

    pub fn has_namespace(&self, name: &str) -> bool {
        let name = if name.is_empty() { DEFAULT_NAMESPACE } else { name };
        self.namespaces.as_ref().is_none_or(|names| names.contains(name))
    }

    /// Indexes hold all their namespaces: who is limited to some of those changes none of these.
    pub fn bars(&self, action: Action) -> bool {
        self.namespaces.is_some() && action.key_right() == KeyRight::ControlWrite
    }
}

fn names(
    text: &str,
    field: Field,
    is_one: fn(&str) -> bool,
    rule: Rule,
) -> Result<Option<BTreeSet<String>>, Problem> {
    let names: Vec<_> = text.split([',', '\n']).map(str::trim).filter(|name| !name.is_empty()).collect();
    if names.is_empty() && !text.trim().is_empty() {
        return Err(Problem::invalid(field, rule)); // Whoever typed something meant a limit.
    }
    if names.len() > KEY_SCOPE_NAMES_MAX {
        return Err(Problem::invalid(field, Rule::TooManyItems { items_max: KEY_SCOPE_NAMES_MAX }));
    }
    if let Some(at) = names.iter().position(|name| !is_one(name)) {
        return Err(Problem::InvalidItem { field, rule, position: at + 1 });
    }
    Ok((!names.is_empty()).then(|| names.into_iter().map(str::to_owned).collect()))
}

fn is_index_name(name: &str) -> bool {
    IndexName::parse(name).is_ok()
}

fn is_namespace(name: &str) -> bool {
    (1..=KEY_NAMESPACE_LENGTH_MAX_CHARS).contains(&name.len()) && name.bytes().all(|b| matches!(b, 1..=0x7F))
}

/// How much a key may in a second; none is as much as the server allows any key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyLimits {
    #[serde(default)]
    pub requests_per_s: Option<u32>,
    #[serde(default)]
    pub bytes_per_s: Option<u64>,
}

/// What an owner decides about a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRights {
    pub roles: BTreeSet<KeyRole>,
    #[serde(default)]
    pub scope: KeyScope,
    #[serde(default)]
    pub limits: KeyLimits,
    #[serde(default)]
    pub expires_at_ms: Option<i64>,
}

impl KeyRights {
    /// Whether the key may, somewhere.
    pub fn allow(&self, action: Action) -> bool {
        self.roles.iter().any(|role| role.grants(action.key_right())) && !self.scope.bars(action)
    }

    /// The same with the fewest roles that allow what was done; as they are when nothing was.
    pub fn shrunk_to(&self, calls: &[KeyCalls]) -> Self {
        let used = calls.iter().filter(|calls| calls.allowed > 0 && self.allow(calls.action));
        let roles = KeyRole::for_rights(used.map(|calls| calls.action.key_right()));
        let roles = if roles.is_empty() { self.roles.clone() } else { roles };
        Self { roles, ..self.clone() }
    }
}

/// A key as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKey {
    pub id: ApiKeyId,
    pub name: String,
    /// What its secret begins with, enough to tell which it is.
    pub prefix: String,
    pub rights: KeyRights,
    /// The name of who made it; none for the command line and for people who are gone.
    pub created_by: Option<String>,
    pub created_at_ms: i64,
    pub last_used: Option<KeyUse>,
    /// Until when the secret before the last rotation counts too.
    pub old_secret_until_ms: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyUse {
    pub at_ms: i64,
    pub address: String,
}

/// Which keys, sorted by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyQuery {
    /// A part of the name, whatever its case.
    #[serde(default)]
    pub search: String,
    #[serde(default)]
    pub paging: Paging,
}

/// What a key did on one day, of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyCalls {
    pub action: Action,
    /// When the day began, in UTC.
    pub day_ms: i64,
    pub allowed: u64,
    pub denied: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_read_as_people_type_it() {
        let scope = KeyScope::parse(" docs, posts\n", "").expect("a scope");
        assert!(scope.has_index("docs") && scope.has_index("posts") && !scope.has_index("other"));
        assert!(scope.has_namespace("") && scope.has_namespace("any"));
        assert_eq!(KeyScope::parse(" ", "\n").expect("a scope"), KeyScope::default());
        for (indexes, namespaces) in [(",", ""), (" , ,\n", ""), ("", ",")] {
            KeyScope::parse(indexes, namespaces).expect_err("a limit without names is none");
        }
    }

    #[test]
    fn the_default_namespace_goes_by_its_name() {
        let scope = KeyScope::parse("", "__default__, a").expect("a scope");
        assert!(scope.has_namespace("") && scope.has_namespace("__default__") && scope.has_namespace("a"));
        assert!(!scope.has_namespace("b"));
        assert!(!KeyScope::parse("", "a").expect("a scope").has_namespace(""));
    }

    #[test]
    fn a_wrong_name_is_told_by_its_place() {
        let problem = KeyScope::parse("docs, Über", "").expect_err("no index");
        let expected =
            Problem::InvalidItem { field: Field::KeyIndexes, rule: Rule::NotAnIndexName, position: 2 };
        assert_eq!(problem, expected);
        for name in ["-a", "a-", &"a".repeat(46)] {
            assert!(KeyScope::parse(name, "").is_err(), "{name}");
        }
        let many = vec!["a"; KEY_SCOPE_NAMES_MAX + 1].join(",");
        assert!(KeyScope::parse(&many, "").is_err());
        assert!(KeyScope::parse("", "ü").is_err());
    }

    #[test]
    fn whoever_has_some_namespaces_changes_no_index() {
        let scope = KeyScope::parse("", "a").expect("a scope");
        assert!(scope.bars(Action::DeleteIndexes) && scope.bars(Action::CreateBackups));
        assert!(!scope.bars(Action::UpsertVectors) && !scope.bars(Action::ViewIndexes));
        assert!(!KeyScope::default().bars(Action::DeleteIndexes));
    }

    #[test]
    fn the_roles_for_some_rights_grant_them_and_no_others() {
        use KeyRight as R;
        let all = [R::ControlRead, R::ControlWrite, R::DataRead, R::DataWrite];
        for mask in 1_u8..16 {
            let wanted: Vec<_> = (0..4).filter(|bit| mask & (1 << bit) != 0).map(|bit| all[bit]).collect();
            let roles = KeyRole::for_rights(wanted.clone());
            let granted = |right| roles.iter().any(|role| role.grants(right));
            assert!(wanted.iter().all(|right| granted(*right)), "{wanted:?}: {roles:?}");
            // To write is to read as well; beyond that nothing is added.
            let implied = |right| match right {
                R::ControlRead => wanted.contains(&R::ControlWrite),
                R::DataRead => wanted.contains(&R::DataWrite),
                _ => false,
            };
            assert!(
                all.iter().all(|right| !granted(*right) || wanted.contains(right) || implied(*right)),
                "{wanted:?}: {roles:?}"
            );
        }
        assert_eq!(KeyRole::for_rights([]), BTreeSet::new());
    }

    fn rights(roles: &[KeyRole]) -> KeyRights {
        let (scope, limits) = Default::default();
        KeyRights { roles: roles.iter().copied().collect(), scope, limits, expires_at_ms: None }
    }

    fn did(action: Action, allowed: u64, denied: u64) -> KeyCalls {
        KeyCalls { action, day_ms: 0, allowed, denied }
    }

    #[test]
    fn what_was_never_done_goes_and_what_was_stays() {
        let all = rights(&[KeyRole::ProjectEditor]);
        assert_eq!(
            all.shrunk_to(&[did(Action::QueryVectors, 1, 0)]).roles,
            [KeyRole::DataPlaneViewer].into()
        );
        let both = [did(Action::ViewIndexes, 1, 0), did(Action::UpsertVectors, 1, 0)];
        let roles = [KeyRole::ControlPlaneViewer, KeyRole::DataPlaneEditor].into();
        assert_eq!(all.shrunk_to(&both).roles, roles);
        // What was denied is no reason to be allowed it.
        assert_eq!(all.shrunk_to(&[did(Action::DeleteIndexes, 0, 9)]), all);
        assert_eq!(all.shrunk_to(&[]), all);
        let viewer = rights(&[KeyRole::DataPlaneViewer]);
        assert_eq!(viewer.shrunk_to(&[did(Action::UpsertVectors, 5, 0)]), viewer);
    }
}
