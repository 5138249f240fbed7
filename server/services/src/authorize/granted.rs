//! The proof.

use super::{
    of::{Right, Standing},
    principal::{Author, Who},
};
use crate::audit::Subject;
use conifer_domain::{
    Problem,
    api_keys::{KeyPart, KeyScope},
    ids::{OrganizationId, ProjectId, UserId},
    permissions::Role,
};
use std::{collections::BTreeSet, fmt, marker::PhantomData};

/// Proof that somebody may do `P` to the thing that `of` names.
pub struct Granted<P: Right> {
    who: Who,
    of: P::Of,
    standing: Standing,
    at_ms: i64,
    permission: PhantomData<P>,
}

impl<P: Right> Granted<P> {
    pub(super) fn new(who: Who, of: P::Of, standing: Standing, at_ms: i64) -> Self {
        Self { who, of, standing, at_ms, permission: PhantomData }
    }

    /// The person, where only people may.
    pub fn person(&self) -> Result<UserId, Problem> {
        match &self.who {
            Who::Person(id) => Ok(*id),
            Who::ServiceAccount(_) | Who::Key(_) => Err(Problem::Forbidden),
            Who::Viewer(_) => Err(Problem::OnlyLooking),
        }
    }

    /// The person or the service account, where no key may.
    pub fn author(&self) -> Result<Author, Problem> {
        self.who.author().ok_or(Problem::Forbidden)
    }

    /// The project, organization or index, as the permission has it.
    pub fn of(&self) -> P::Of {
        self.of
    }

    /// The organization itself, or that which the thing is in.
    pub fn organization_id(&self) -> OrganizationId {
        self.standing.organization_id
    }

    /// The project itself, or that which the thing is in; none for an organization.
    pub fn project_id(&self) -> Option<ProjectId> {
        self.standing.project_id
    }

    /// What the actor is to the thing.
    pub fn role(&self) -> Role {
        self.standing.role
    }

    /// When it was granted.
    pub(crate) fn at_ms(&self) -> i64 {
        self.at_ms
    }

    /// Whether an index of this name, in the project at hand, exists for whoever asks.
    pub fn sees_index(&self, name: &str) -> bool {
        self.scope().is_none_or(|scope| scope.has_index(name))
    }

    /// For an index that is yet to be made: `OutsideKey` when the key would not see it.
    pub fn in_index(&self, name: &str) -> Result<(), Problem> {
        self.sees_index(name).then_some(()).ok_or(Problem::OutsideKey { part: KeyPart::Indexes })
    }

    /// Whether what is in a namespace, by either name of the default one, is shown to whoever asks.
    pub fn sees_namespace(&self, name: &str) -> bool {
        self.scope().is_none_or(|scope| scope.has_namespace(name))
    }

    /// `OutsideKey` when the key is limited to other namespaces: what every use of one goes through.
    pub fn in_namespace(&self, name: &str) -> Result<(), Problem> {
        self.sees_namespace(name).then_some(()).ok_or(Problem::OutsideKey { part: KeyPart::Namespaces })
    }

    /// For what tells of an index as a whole: `OutsideKey` when the key is limited to some namespaces.
    pub fn of_the_whole(&self) -> Result<(), Problem> {
        let is_limited = self.namespaces().is_some();
        if is_limited { Err(Problem::OutsideKey { part: KeyPart::Namespaces }) } else { Ok(()) }
    }

    /// The only indexes that whoever asks may know of; none for who is not limited.
    pub(crate) fn indexes(&self) -> Option<&BTreeSet<String>> {
        self.scope()?.indexes.as_ref()
    }

    /// The only namespaces, the default one by its word; none for who is not limited.
    pub(crate) fn namespaces(&self) -> Option<&BTreeSet<String>> {
        self.scope()?.namespaces.as_ref()
    }

    /// None for who is not limited.
    fn scope(&self) -> Option<&KeyScope> {
        self.who.limiting_key().map(|key| &key.rights().scope)
    }

    /// What the audit log says a deed was done to.
    pub(crate) fn subject(&self) -> Subject {
        Subject {
            organization_id: Some(self.standing.organization_id),
            project_id: self.standing.project_id,
            target: Some(self.of.to_string()),
            ..Subject::default()
        }
    }
}

impl<P: Right> fmt::Debug for Granted<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (action, role) = (P::ACTION.as_str(), self.standing.role.as_str());
        write!(f, "{} may {action} {:?} as {role}", self.who, self.of)
    }
}
