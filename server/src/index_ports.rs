//! A port for each index: open from before anybody learns that the index is there until it is gone.

use crate::{
    api::{self, Door},
    cli::values,
    listener::{Listener, Slots},
    shutdown::Shutdown,
    tls::Tls,
};
use axum::Router;
use conifer_domain::ids::IndexId;
use conifer_services::indexes::Ports;
use std::{
    collections::HashMap,
    fmt,
    net::{IpAddr, SocketAddr, TcpListener},
    ops::RangeInclusive,
    sync::{Mutex, MutexGuard},
    time::Duration,
};
use tokio::task::JoinHandle;

pub struct IndexPorts {
    settings: Settings,
    state: Mutex<State>,
}

/// What all of them have in common.
pub struct Settings {
    pub address: IpAddr,
    pub range: values::IndexPorts,
    pub slots: Slots,
    pub tls: Option<Tls>,
    pub shutdown: Shutdown,
    pub grace: Duration,
}

#[derive(Default)]
struct State {
    /// Nothing is opened before there is something to serve.
    router: Option<Router>,
    wanted: HashMap<u16, IndexId>,
    open: HashMap<u16, Open>,
    /// Of ports that are closed already but finish what is in flight.
    closing: Vec<JoinHandle<()>>,
}

struct Open {
    index: IndexId,
    stop: Shutdown,
    served: JoinHandle<()>,
}

impl IndexPorts {
    pub fn new(settings: Settings) -> Self {
        Self { settings, state: Mutex::default() }
    }

    /// Opens the ports of all indexes that there are, and from now on those that come.
    pub fn serve(&self, router: Router) {
        let mut state = self.state();
        state.router = Some(router);
        self.open_wanted(&mut state);
    }

    /// To be called now and then: a port that another program had may be free now.
    pub fn retry(&self) {
        self.open_wanted(&mut self.state());
    }

    /// Waits for what is in flight, once the whole server stops.
    pub async fn finished(&self) {
        let served = {
            let mut state = self.state();
            let open: Vec<_> = state.open.drain().map(|(_, open)| open.served).collect();
            open.into_iter().chain(state.closing.drain(..)).collect::<Vec<_>>()
        };
        for served in served {
            let _ = served.await;
        }
    }

    fn open_wanted(&self, state: &mut State) {
        let State { router: Some(router), wanted, open, closing } = state else { return };
        closing.retain(|served| !served.is_finished());
        if self.settings.shutdown.begun() {
            return;
        }
        for (&port, &index) in &*wanted {
            if open.contains_key(&port) {
                continue;
            }
            match self.open(port, index, router) {
                Ok(opened) => drop(open.insert(port, opened)),
                Err(error) => tracing::error!(
                    port, %index, %error,
                    "the port of an index cannot be opened; it is tried again"
                ),
            }
        }
    }

    fn open(&self, port: u16, index: IndexId, router: &Router) -> std::io::Result<Open> {
        let Settings { slots, tls, shutdown, grace, .. } = &self.settings;
        let listener = Listener::of(self.bind(port)?)?.sharing(slots.clone()).with_tls(tls.clone());
        let stop = shutdown.of_part();
        let router = api::behind(Door { index: Some(index), tls: tls.is_some() }, router);
        let served = tokio::spawn(listener.serve(router, stop.clone(), *grace));
        tracing::info!(port, %index, "index listens");
        Ok(Open { index, stop, served })
    }

    fn bind(&self, port: u16) -> std::io::Result<TcpListener> {
        TcpListener::bind(SocketAddr::new(self.settings.address, port))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

impl Ports for IndexPorts {
    fn range(&self) -> RangeInclusive<u16> {
        self.settings.range.into()
    }

    fn is_free(&self, port: u16) -> bool {
        self.bind(port).is_ok()
    }

    fn is_open(&self, port: u16, index: IndexId) -> bool {
        self.state().open.get(&port).is_some_and(|open| open.index == index)
    }

    fn follow(&self, indexes: &HashMap<u16, IndexId>) {
        let mut state = self.state();
        state.wanted.clone_from(indexes);
        let gone: Vec<u16> = state
            .open
            .iter()
            .filter(|(port, open)| indexes.get(port) != Some(&open.index))
            .map(|(port, _)| *port)
            .collect();
        for port in gone {
            if let Some(Open { stop, served, .. }) = state.open.remove(&port) {
                stop.begin();
                state.closing.push(served);
            }
        }
        self.open_wanted(&mut state);
    }
}

impl fmt::Debug for IndexPorts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IndexPorts({})", self.settings.range)
    }
}
