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
//! Granted { at_ms: 0, ..real }
//! # }
//! ```
//!
//! Who asks is a [`Principal`]: a person who is signed in, or a program by its key or as a service account. Somebody who
//! looks through others' eyes (see [`views`](crate::views)) is asked about twice. What is read takes a proof from
//! [`authorize`]. What is changed is checked by [`Services::change`] inside
//! the transaction of the change, so that a right lost a moment ago is lost.

mod change;
mod granted;
mod of;
mod principal;

use crate::{
    Error, Origin, Result, Services,
    audit::{self, Action, Subject, Trail},
    views::View,
};
pub(crate) use change::Done;
use conifer_domain::{
    Problem,
    api_keys::KeyPart,
    permissions::{Action as TableAction, Verdict, verdict},
};
pub use granted::Granted;
pub use of::{Of, Right};
pub(crate) use of::{Standing, locked_standing, standing_of};
pub use principal::{Author, Principal, Who};
use serde_json::json;
use std::sync::Arc;

/// The proof that whoever asks may do `P`. `NotFound` when the table hides the thing, as when there is
/// none; `Denied` with the rule otherwise. Both are noted in the audit log, and all a key does is counted.
pub async fn authorize<P: Right>(
    services: &Services,
    origin: &Origin,
    principal: &impl Principal,
    of: P::Of,
) -> Result<Granted<P>> {
    let who = principal.who();
    if let Who::Viewer(view) = &who {
        return look(services, view, of).await;
    }
    let standing = who.standing(services, of, P::ACTION).await?;
    let judged = judge::<P>(standing, who.clone(), of, services.clock().now_ms());
    if let Some(key) = who.key() {
        key.count(P::ACTION, judged.is_ok());
    }
    match judged {
        Ok(granted) => Ok(granted),
        Err(problem) => Err(note_denial::<P>(services, origin, &who, of, standing, problem).await?),
    }
}

/// What both may see, who looks and whose view it is; the proof is that of the latter. Nothing of it is noted: nobody
/// was denied anything.
async fn look<P: Right>(services: &Services, view: &Arc<View>, of: P::Of) -> Result<Granted<P>> {
    if view.is_over() {
        let is_read = P::ACTION.only_shows();
        return Err(if is_read { Problem::NotFound } else { Problem::OnlyLooking }.into());
    }
    let at_ms = services.clock().now_ms();
    let who = Who::Viewer(Arc::clone(view));
    let own = standing_of(services.db(), of, Author::Person(view.viewer())).await?;
    let own = judge::<P>(own, who.clone(), of, at_ms);
    let standing = view.standing(services, of, P::ACTION).await?;
    let seen = judged::<P>(view.asked(P::ACTION), standing, who, of, at_ms);
    match (own, seen) {
        (Err(Problem::NotFound), _) | (_, Err(Problem::NotFound)) => Err(Problem::NotFound.into()),
        (Err(problem), _) | (_, Err(problem)) => Err(problem.into()),
        (Ok(_), Ok(_)) if !P::ACTION.only_shows() => Err(Problem::OnlyLooking.into()),
        (Ok(_), Ok(seen)) => Ok(seen),
    }
}

/// What the table says of somebody who stands so.
fn judge<P: Right>(
    standing: Option<Standing>,
    who: Who,
    of: P::Of,
    at_ms: i64,
) -> Result<Granted<P>, Problem> {
    judged::<P>(P::ACTION, standing, who, of, at_ms)
}

/// The same, when the table is asked about `action`.
fn judged<P: Right>(
    action: TableAction,
    standing: Option<Standing>,
    who: Who,
    of: P::Of,
    at_ms: i64,
) -> Result<Granted<P>, Problem> {
    let standing = standing.ok_or(Problem::NotFound)?;
    match verdict(action, standing.role) {
        Verdict::Allow if standing.is_barred => Err(Problem::OutsideKey { part: KeyPart::Namespaces }),
        Verdict::Allow => Ok(Granted::new(who, of, standing, at_ms)),
        Verdict::Deny => Err(Problem::Denied { action: P::ACTION }),
        Verdict::Hide => Err(Problem::NotFound),
    }
}

/// The same work for what is hidden as for what is not there. A program that never stops asking must not fill the
/// log: its key's denials are noted now and then.
async fn note_denial<P: Right>(
    services: &Services,
    origin: &Origin,
    who: &Who,
    of: P::Of,
    standing: Option<Standing>,
    problem: Problem,
) -> Result<Error> {
    if !who.may_note_denial(P::ACTION, services.clock().now_ms()) {
        return Ok(problem.into());
    }
    let subject = Subject {
        organization_id: standing.map(|standing| standing.organization_id),
        project_id: standing.and_then(|standing| standing.project_id),
        target: Some(of.to_string()),
        details: json!({ "denied": P::ACTION.as_str() }),
    };
    let data = (Trail::of(services, origin, who.actor()), subject);
    let note = services.db().write(data, |tx, (trail, subject)| {
        Box::pin(audit::record(tx, trail, Action::Denied, subject.clone()))
    });
    note.await?;
    Ok(problem.into())
}
