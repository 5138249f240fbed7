//! Stopping: the first signal asks everything to finish, the second ends the process at once.

use crate::stop::{Result, Stop};
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
};

/// Completes for everybody once stopping began.
#[derive(Clone, Debug)]
pub struct Shutdown(watch::Receiver<bool>);

impl Shutdown {
    pub fn begun(&self) -> bool {
        *self.0.borrow()
    }

    pub async fn wait(mut self) {
        // An error means that the sender is gone, which is a stop as well.
        let _ = self.0.wait_for(|begun| *begun).await;
    }
}

/// Listens for SIGINT and SIGTERM from now on.
pub fn on_signal() -> Result<Shutdown> {
    let listen =
        |kind| signal(kind).map_err(|error| Stop::while_doing("Listening for signals failed", error));
    let (interrupt, terminate) = (listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?);
    let (sender, receiver) = watch::channel(false);
    tokio::spawn(watch_signals(interrupt, terminate, sender));
    Ok(Shutdown(receiver))
}

async fn watch_signals(mut interrupt: Signal, mut terminate: Signal, begun: watch::Sender<bool>) {
    next(&mut interrupt, &mut terminate).await;
    tracing::info!("stopping: finishing what is in flight; a second signal ends at once");
    begun.send_replace(true);
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
