//! The proof.

use super::of::{Of, Right, Standing};
use crate::audit::Subject;
use conifer_domain::{
    ids::{OrganizationId, UserId},
    permissions::Role,
};
use std::{fmt, marker::PhantomData};

/// Proof that `actor` may do `P` to the thing that `of` names.
pub struct Granted<P: Right> {
    actor: UserId,
    of: P::Of,
    organization_id: OrganizationId,
    role: Role,
    at_ms: i64,
    permission: PhantomData<P>,
}

impl<P: Right> Granted<P> {
    pub(super) fn new(actor: UserId, of: P::Of, standing: Standing, at_ms: i64) -> Self {
        let Standing { organization_id, role } = standing;
        Self { actor, of, organization_id, role, at_ms, permission: PhantomData }
    }

    pub fn actor(&self) -> UserId {
        self.actor
    }

    /// The project or organization, as the permission has it.
    pub fn of(&self) -> P::Of {
        self.of
    }

    /// The organization itself, or the project's.
    pub fn organization_id(&self) -> OrganizationId {
        self.organization_id
    }

    /// What the actor is to the thing.
    pub fn role(&self) -> Role {
        self.role
    }

    /// When it was granted.
    pub(crate) fn at_ms(&self) -> i64 {
        self.at_ms
    }

    /// What the audit log says a deed was done to.
    pub(crate) fn subject(&self) -> Subject {
        Subject {
            organization_id: Some(self.organization_id),
            project_id: self.of.project(),
            target: Some(self.of.to_string()),
            ..Subject::default()
        }
    }
}

impl<P: Right> fmt::Debug for Granted<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} may {} {:?} as {}", self.actor, P::ACTION.as_str(), self.of, self.role.as_str())
    }
}
