//! How everything in an organization is changed: lock, authorize, do, note, all in one transaction.

use super::{Granted, Principal, Right, Who, authorize, judge, note_denial, of::Standing};
use crate::{
    Origin, Result, Services,
    audit::{self, Action, Subject, Trail},
    db::{Tx, Work},
};
use conifer_domain::Problem;

/// What a change came to, with what the audit log says of it.
pub(crate) struct Done<T> {
    value: T,
    notes: Vec<(Action, Subject)>,
}

impl<T> Done<T> {
    pub(crate) fn noted(value: T, action: Action, subject: Subject) -> Self {
        Self { value, notes: vec![(action, subject)] }
    }

    /// One note for each of many.
    pub(crate) fn all_noted(value: T, notes: Vec<(Action, Subject)>) -> Self {
        Self { value, notes }
    }

    /// With what else it brought about, told before it.
    pub(crate) fn after(mut self, mut notes: Vec<(Action, Subject)>) -> Self {
        notes.append(&mut self.notes);
        self.notes = notes;
        self
    }

    /// All was as asked for already.
    pub(crate) fn unchanged(value: T) -> Self {
        Self { value, notes: Vec::new() }
    }
}

/// What is done once it is known that somebody may.
type Deed<P, D, T> = for<'t> fn(&'t mut Tx, &'t Granted<P>, &'t D) -> Work<'t, Done<T>>;

impl Services {
    /// Does `deed` if whoever asks may do `P`.
    ///
    /// Changes in one organization come one after the other, so what `deed` reads stays true until it is
    /// done. Who may not is turned away before anything is locked, and again if the right was lost since.
    pub(crate) async fn change<P: Right, D: Send + Sync + 'static, T: Send + 'static>(
        &self,
        origin: &Origin,
        principal: &impl Principal,
        of: P::Of,
        data: D,
        deed: Deed<P, D, T>,
    ) -> Result<T> {
        authorize::<P>(self, origin, principal, of).await?;
        let who = principal.who();
        let trail = Trail::of(self, origin, who.actor());
        let change = Change { of, who: who.clone(), trail, data, deed };
        match self.db().write(change, |tx, change| Box::pin(change.run(tx))).await? {
            Outcome::Done(value) => Ok(value),
            Outcome::Denied(standing, problem) => {
                Err(note_denial::<P>(self, origin, &who, of, standing, problem).await?)
            }
        }
    }
}

struct Change<P: Right, D, T> {
    of: P::Of,
    who: Who,
    trail: Trail,
    data: D,
    deed: Deed<P, D, T>,
}

enum Outcome<T> {
    Done(T),
    Denied(Option<Standing>, Problem),
}

impl<P: Right, D: Sync, T> Change<P, D, T> {
    async fn run(&self, tx: &mut Tx) -> Result<Outcome<T>> {
        let at_ms = self.trail.at_ms;
        let (who, standing) = self.who.locked(tx, self.of, P::ACTION, at_ms).await?;
        let granted = match judge::<P>(standing, who, self.of, at_ms) {
            Ok(granted) => granted,
            Err(problem) => return Ok(Outcome::Denied(standing, problem)),
        };
        let done = (self.deed)(tx, &granted, &self.data).await?;
        for (action, subject) in done.notes {
            audit::record(tx, &self.trail, action, subject).await?;
        }
        Ok(Outcome::Done(done.value))
    }
}
