//! Whether somebody may: the one place that asks the table, and the proof that it was asked.
//!
//! A service takes the proof of its own permission, so that forgetting the check does not compile:
//!
//! ```compile_fail,E0308
//! # use conifer_services::{Services, authorize::Granted, members};
//! # use conifer_domain::{permissions::may, members::MemberQuery};
//! # async fn forgetful(services: &Services, other: &Granted<may::ViewProject>) {
//! members::list(services, other, &MemberQuery::default()).await; // the proof of something else
//! # }
//! ```
//!
//! and nobody but this room makes one:
//!
//! ```compile_fail,E0451
//! # use conifer_services::authorize::Granted;
//! # use conifer_domain::permissions::may;
//! # fn forge(real: Granted<may::ViewMembers>) -> Granted<may::ViewMembers> {
//! Granted { actor: real.actor(), ..real }
//! # }
//! ```
//!
//! What is read takes a proof from [`authorize`]. What is changed is checked by [`Services::change`] inside
//! the transaction of the change, so that a right lost a moment ago is lost.

mod change;
mod granted;
mod of;

use crate::{
    Error, Origin, Result, Services,
    audit::{self, Action, Actor, Subject, Trail},
    sessions::Current,
};
pub(crate) use change::Done;
use conifer_domain::{
    Problem,
    ids::UserId,
    permissions::{Verdict, verdict},
};
pub use granted::Granted;
use of::standing;
pub use of::{Of, Right};
pub(crate) use of::{Standing, locked_standing};
use serde_json::json;

/// The proof that who is signed in may do `P`. `NotFound` when the table hides the thing, as when there is
/// none; `Denied` with the rule otherwise. Both are noted in the audit log.
pub async fn authorize<P: Right>(
    services: &Services,
    origin: &Origin,
    current: &Current,
    of: P::Of,
) -> Result<Granted<P>> {
    let actor = current.user_id();
    let standing = standing(services.db(), of, actor).await?;
    match judge::<P>(standing, actor, of, services.clock().now_ms()) {
        Ok(granted) => Ok(granted),
        Err(problem) => Err(note_denial::<P>(services, origin, actor, of, standing, problem).await?),
    }
}

/// What the table says of somebody who stands so.
fn judge<P: Right>(
    standing: Option<Standing>,
    actor: UserId,
    of: P::Of,
    at_ms: i64,
) -> Result<Granted<P>, Problem> {
    let standing = standing.ok_or(Problem::NotFound)?;
    match verdict(P::ACTION, standing.role) {
        Verdict::Allow => Ok(Granted::new(actor, of, standing, at_ms)),
        Verdict::Deny => Err(Problem::Denied { action: P::ACTION }),
        Verdict::Hide => Err(Problem::NotFound),
    }
}

/// The same work for what is hidden as for what is not there.
async fn note_denial<P: Right>(
    services: &Services,
    origin: &Origin,
    actor: UserId,
    of: P::Of,
    standing: Option<Standing>,
    problem: Problem,
) -> Result<Error> {
    let subject = Subject {
        organization_id: standing.map(|standing| standing.organization_id),
        project_id: standing.and(of.project()),
        target: Some(of.to_string()),
        details: json!({ "denied": P::ACTION.as_str() }),
    };
    let data = (Trail::of(services, origin, Actor::User(actor)), subject);
    let note = services.db().write(data, |tx, (trail, subject)| {
        Box::pin(audit::record(tx, trail, Action::Denied, subject.clone()))
    });
    note.await?;
    Ok(problem.into())
}
