//! Failures on demand. Every operation that changes the disk is counted from 0.

use std::{
    io::{self, ErrorKind},
    sync::Mutex,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Just this operation fails.
    Once(u64),
    /// This operation and all after it fail.
    From(u64),
    /// From this operation on there is no space: what needs some fails, writes after half of their bytes.
    Full(u64),
}

#[derive(Debug, Default)]
pub struct Faults(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    operations: u64,
    fault: Option<Fault>,
}

impl Faults {
    /// Plans a failure, or none any more.
    pub fn set(&self, fault: Option<Fault>) {
        self.state().fault = fault;
    }

    /// How many operations there have been.
    pub fn operations(&self) -> u64 {
        self.state().operations
    }

    /// Counts an operation, and fails it if that is planned.
    pub(super) fn count(&self, needs_space: bool) -> io::Result<()> {
        let mut state = self.state();
        let this = state.operations;
        state.operations += 1;
        match state.fault {
            Some(Fault::Once(n)) if n == this => Err(io::Error::other("injected fault")),
            Some(Fault::From(n)) if n <= this => Err(io::Error::other("injected fault")),
            Some(Fault::Full(n)) if n <= this && needs_space => Err(ErrorKind::StorageFull.into()),
            _ => Ok(()),
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().expect("nobody panics while counting")
    }
}
