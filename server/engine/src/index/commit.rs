//! Group commit. Whoever gets hold of the log commits what everybody waits for, with one sync.

use super::{Index, State, lock, resolve::resolve, write::Write, write::Written};
use crate::{
    error::Result,
    invalid::check_length,
    limits,
    log::{Entry, Log},
    records::NamespaceName,
};
use std::sync::{Arc, Mutex};

#[derive(Debug)]
pub struct Request {
    namespace: NamespaceName,
    write: Write,
    answer: Mutex<Option<Result<Written>>>,
}

/// What a request comes to, given the state before it.
struct Step {
    state: State,
    payload: Option<Vec<u8>>,
    records: u64,
}

impl Request {
    pub fn new(namespace: NamespaceName, write: Write) -> Arc<Self> {
        Arc::new(Self { namespace, write, answer: Mutex::default() })
    }

    fn answer(&self, answer: Result<Written>) {
        *lock(&self.answer) = Some(answer);
    }
}

impl Index {
    pub(super) fn commit(&self, request: Arc<Request>) -> Result<Written> {
        lock(&self.waiting).push(Arc::clone(&request));
        let mut log = lock(&self.writer);
        if lock(&request.answer).is_none() {
            self.commit_waiting(&mut log);
        }
        drop(log);
        let answer = lock(&request.answer).take();
        answer.unwrap_or_else(|| unreachable!("a request that waited was answered"))
    }

    /// Readers see nothing of it before it is on disk, and all of it at once when it is.
    fn commit_waiting(&self, log: &mut Log) {
        let requests = std::mem::take(&mut *lock(&self.waiting));
        let mut state = State::clone(&self.state());
        let (mut payloads, mut done) = (Vec::new(), Vec::new());
        for request in &requests {
            match self.step(log, &state, request) {
                Err(error) => request.answer(Err(error)),
                Ok(step) => {
                    state = step.state;
                    payloads.extend(step.payload);
                    done.push((request, Written { number: state.last, records: step.records }));
                }
            }
        }
        let appended = if payloads.is_empty() { Ok(()) } else { log.append(&payloads) };
        if appended.is_ok() {
            self.state.store(Arc::new(state));
            if self.wants_flush(log) {
                self.shared.upkeep_wanted.raise();
            }
        }
        for (request, written) in done {
            request.answer(appended.clone().map(|()| written));
        }
    }

    /// Whether enough has come since the last flush. Deletes take no memory, but the log that keeps them grows.
    pub(super) fn wants_flush(&self, log: &Log) -> bool {
        let flush_bytes = self.shared.settings.flush_bytes;
        self.state.load().fresh_bytes > flush_bytes || log.length() > 4 * flush_bytes as u64
    }

    fn step(&self, log: &Log, state: &State, request: &Request) -> Result<Step> {
        self.check_exists()?;
        log.check()?;
        let Request { namespace, write, .. } = request;
        let (changes, records) = resolve(write, namespace, state.get(namespace).map(|n| &**n))?;
        if changes.is_empty() {
            return Ok(Step { state: state.clone(), payload: None, records });
        }
        let entry = Entry { namespace: namespace.clone(), changes };
        let payload = entry.encode();
        check_length("request", "bytes of changes", (0, limits::COMMIT_BYTES), payload.len())?;
        let mut after = state.after(&entry)?;
        after.make_blocks(namespace, self.spec.metric());
        Ok(Step { state: after, payload: Some(payload), records })
    }
}
