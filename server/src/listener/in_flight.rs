//! What a connection owes its client: answers that are not sent to their last byte.

use crate::shutdown::Shutdown;
use axum::{body::Body, response::Response};
use http_body_util::BodyExt as _;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use std::time::Duration;
use tokio::time::sleep;

/// How long a client with nothing to wait for may take to hear that stopping began.
const FAREWELL: Duration = Duration::from_secs(1);

#[derive(Clone, Debug, Default)]
pub struct InFlight(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    owed: AtomicUsize,
    /// Of all that were ever made.
    asked: AtomicUsize,
}

/// One request, until its answer is gone.
#[derive(Debug)]
pub struct Owed(InFlight);

impl InFlight {
    pub fn begin(&self) -> Owed {
        self.0.owed.fetch_add(1, Ordering::Relaxed);
        self.0.asked.fetch_add(1, Ordering::Relaxed);
        Owed(self.clone())
    }

    fn is_empty(&self) -> bool {
        self.0.owed.load(Ordering::Relaxed) == 0
    }

    /// Completes when nothing was asked at `first`, or later for at least `pause`: a client that only answers pings would
    /// hold its connection for ever.
    pub async fn idle(self, first: Duration, pause: Duration) {
        let asked = || self.0.asked.load(Ordering::Relaxed);
        let (mut before, mut wait) = (0, first);
        loop {
            sleep(wait).await;
            if self.is_empty() && asked() == before {
                return;
            }
            (before, wait) = (asked(), pause);
        }
    }

    /// Completes once stopping began and nothing is owed: some clients answer a farewell only when they next ask something.
    pub async fn nothing_after(self, shutdown: Shutdown) {
        shutdown.wait().await;
        sleep(FAREWELL).await;
        while !self.is_empty() {
            sleep(FAREWELL).await;
        }
    }
}

impl Owed {
    pub fn until_sent(self, answer: Response) -> Response {
        let owed = move |frame| {
            let _ = &self;
            frame
        };
        answer.map(|body| Body::new(body.map_frame(owed)))
    }
}

impl Drop for Owed {
    fn drop(&mut self) {
        self.0.0.owed.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_answer_is_owed_until_it_is_gone() {
        let in_flight = InFlight::default();
        let answer = in_flight.begin().until_sent(Response::new(Body::from("text")));
        assert!(!in_flight.is_empty());
        let sent = answer.into_body().collect().await.map(http_body_util::Collected::to_bytes);
        assert_eq!(sent.ok().as_deref(), Some(b"text".as_slice()));
        assert!(in_flight.is_empty());
    }

    #[tokio::test]
    async fn who_asks_nothing_is_idle() {
        const SHORT: Duration = Duration::from_millis(50);
        InFlight::default().idle(SHORT, Duration::MAX).await;
        let in_flight = InFlight::default();
        let owed = in_flight.begin();
        let idle = tokio::spawn(in_flight.idle(SHORT, SHORT));
        sleep(6 * SHORT).await;
        assert!(!idle.is_finished(), "an answer is owed");
        drop(owed);
        assert!(idle.await.is_ok());
    }

    #[tokio::test]
    async fn what_is_owed_is_waited_for() {
        let (in_flight, shutdown) = (InFlight::default(), Shutdown::default());
        let answer = in_flight.begin().until_sent(Response::new(Body::from("text")));
        let ending = tokio::spawn(in_flight.nothing_after(shutdown.clone()));
        shutdown.begin();
        sleep(FAREWELL * 2).await;
        assert!(!ending.is_finished());
        drop(answer);
        assert!(ending.await.is_ok());
    }
}
