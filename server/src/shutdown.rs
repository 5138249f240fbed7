//! Stopping: the first signal asks everything to finish, the second ends the process at once.

use crate::stop::{Result, Stop};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// Completes for everybody once stopping began.
#[derive(Clone, Debug, Default)]
pub struct Shutdown(CancellationToken);

impl Shutdown {
    pub fn begun(&self) -> bool {
        self.0.is_cancelled()
    }

    pub async fn wait(self) {
        self.0.cancelled_owned().await;
    }

    /// The stop of a part: it begins with the whole's, or by itself.
    pub fn of_part(&self) -> Self {
        Self(self.0.child_token())
    }

    pub fn begin(&self) {
        self.0.cancel();
    }
}

/// Listens for SIGINT and SIGTERM from now on.
pub fn on_signal() -> Result<Shutdown> {
    let listen =
        |kind| signal(kind).map_err(|error| Stop::while_doing("Listening for signals failed", error));
    let (interrupt, terminate) = (listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?);
    let shutdown = Shutdown::default();
    tokio::spawn(watch_signals(interrupt, terminate, shutdown.clone()));
    Ok(shutdown)
}

async fn watch_signals(mut interrupt: Signal, mut terminate: Signal, shutdown: Shutdown) {
    next(&mut interrupt, &mut terminate).await;
    tracing::info!("stopping: finishing what is in flight; a second signal ends at once");
    shutdown.begin();
    next(&mut interrupt, &mut terminate).await;
    tracing::warn!("ended at once by a second signal");
    std::process::exit(130);
}

async fn next(interrupt: &mut Signal, terminate: &mut Signal) {
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}
