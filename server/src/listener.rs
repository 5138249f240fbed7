//! A port that serves a router until the server stops. Slow or silent clients cannot hold it for ever.

mod heard_out;
mod in_flight;
mod slots;

use crate::{
    shutdown::Shutdown,
    stop::{Result, Stop},
    tls::Tls,
};
use axum::{Router, http::Request};
use heard_out::HeardOut;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{
        conn::auto,
        graceful::{GracefulShutdown, Watcher},
    },
    service::TowerToHyperService,
};
use in_flight::InFlight;
use slots::Slot;
pub use slots::Slots;
use std::{io, net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    time::{sleep, timeout},
};
use tokio_rustls::server::TlsStream;
use tower::{ServiceExt, service_fn};

/// The address of whoever opened the connection: a browser, or a proxy before it.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// From the first byte, or the last answer, to the end of the next request's head.
const HEAD_WAIT_MAX: Duration = Duration::from_secs(30);
/// How long a connection is kept on which nothing is asked. What has HTTP/1.1 ends sooner.
const IDLE_MAX: Duration = Duration::from_secs(300);
const AFTER_ACCEPT_ERROR: Duration = Duration::from_millis(100);

pub struct Listener {
    socket: TcpListener,
    pub address: SocketAddr,
    tls: Option<Tls>,
    slots: Slots,
}

impl Listener {
    pub fn bind(flag: &str, address: SocketAddr) -> Result<Self> {
        let refuse = |error| {
            Stop::wrong_setting(format!(
                "{flag} {address} cannot be listened on: {error}. Is it in use? Choose another port."
            ))
        };
        std::net::TcpListener::bind(address).and_then(Self::of).map_err(refuse)
    }

    /// Of a port that is bound already.
    pub fn of(socket: std::net::TcpListener) -> io::Result<Self> {
        socket.set_nonblocking(true)?;
        let socket = TcpListener::from_std(socket)?;
        let address = socket.local_addr()?;
        Ok(Self { socket, address, tls: None, slots: Slots::default() })
    }

    pub fn sharing(self, slots: Slots) -> Self {
        Self { slots, ..self }
    }

    pub fn with_tls(self, tls: Option<Tls>) -> Self {
        Self { tls, ..self }
    }

    pub fn has_tls(&self) -> bool {
        self.tls.is_some()
    }

    /// Takes a connection, and waits until there is room for it. A port where nobody comes takes none; a peer that has
    /// too many gets none.
    async fn accept(&self) -> io::Result<(TcpStream, SocketAddr, Slot)> {
        loop {
            let (stream, peer) = self.socket.accept().await?;
            match self.slots.take(peer.ip()).await {
                Some(slot) => return Ok((stream, peer, slot)),
                None => {
                    tracing::debug!(%peer, "a connection was refused: its peer has as many as are left for others")
                }
            }
        }
    }

    /// Serves until stopping begins, then waits for the requests in flight, `grace` at most.
    pub async fn serve(self, router: Router, shutdown: Shutdown, grace: Duration) {
        let connections = GracefulShutdown::new();
        let stop = shutdown.clone().wait();
        tokio::pin!(stop);
        loop {
            let accepted = tokio::select! {
                () = &mut stop => break,
                accepted = self.accept() => accepted,
            };
            let (stream, peer, slot) = match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    sleep(AFTER_ACCEPT_ERROR).await;
                    continue;
                }
            };
            let (router, watcher, shutdown) = (router.clone(), connections.watcher(), shutdown.clone());
            let tls = self.tls.clone();
            tokio::spawn(async move {
                if says_something(&stream, shutdown.clone()).await {
                    let _ = stream.set_nodelay(true);
                    match tls {
                        None => serve_connection(stream, Peer(peer), router, watcher, shutdown).await,
                        Some(tls) => {
                            if let Some(stream) = shake_hands(&tls, stream, shutdown.clone()).await {
                                serve_connection(stream, Peer(peer), router, watcher, shutdown).await;
                            }
                        }
                    }
                }
                drop(slot);
            });
        }
        drop(self.socket);
        if timeout(grace, connections.shutdown()).await.is_err() {
            tracing::warn!(address = %self.address, "requests were cut off: they outlasted the grace period");
        }
    }
}

/// Before the first byte hyper has no timer running, and a browser's spare connection must not delay a stop.
async fn says_something(stream: &TcpStream, shutdown: Shutdown) -> bool {
    tokio::select! {
        () = shutdown.wait() => false,
        spoken = timeout(HEAD_WAIT_MAX, stream.readable()) => spoken.is_ok(),
    }
}

async fn shake_hands(tls: &Tls, stream: TcpStream, shutdown: Shutdown) -> Option<TlsStream<TcpStream>> {
    tokio::select! {
        () = shutdown.wait() => None,
        shaken = timeout(HEAD_WAIT_MAX, tls.accept(stream)) => match shaken.ok()? {
            Ok(stream) => Some(stream),
            Err(error) => {
                tracing::debug!(%error, "a client did not get through the handshake");
                None
            }
        },
    }
}

async fn serve_connection<S>(stream: S, peer: Peer, router: Router, watcher: Watcher, shutdown: Shutdown)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut server = auto::Builder::new(TokioExecutor::new());
    server.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_WAIT_MAX);
    server.http2().timer(TokioTimer::new()).keep_alive_interval(HEAD_WAIT_MAX);
    let in_flight = InFlight::default();
    let owing = in_flight.clone();
    let service = service_fn(move |mut request: Request<_>| {
        request.extensions_mut().insert(peer);
        let (owed, answer) = (owing.begin(), router.clone().oneshot(request.map(HeardOut::new)));
        async move { answer.await.map(|answer| owed.until_sent(answer)) }
    });
    let connection =
        server.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service)).into_owned();
    let ended = tokio::select! {
        ended = watcher.watch(connection) => ended,
        () = in_flight.clone().nothing_after(shutdown) => return,
        () = in_flight.idle(HEAD_WAIT_MAX, IDLE_MAX) => return,
    };
    // Errors here are clients that went away.
    if let Err(error) = ended {
        tracing::debug!(error, "connection ended");
    }
}
