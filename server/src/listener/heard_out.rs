//! Who is refused before all of its body was read is heard out for a while: a client that finds the connection closed
//! while it still sends never reads why.

use axum::body::HttpBody;
use bytes::Buf;
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt as _;
use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};
use tokio::time::timeout;

const BYTES_MAX: usize = 32 << 20;
const WAIT_MAX: Duration = Duration::from_secs(10);

/// A body whose rest is read, and forgotten, when nobody wants it any more.
pub struct HeardOut<B: Rest>(Option<B>);

pub trait Rest: HttpBody<Data: Send> + Send + Unpin + 'static {}
impl<B: HttpBody<Data: Send> + Send + Unpin + 'static> Rest for B {}

impl<B: Rest> HeardOut<B> {
    pub fn new(body: B) -> Self {
        Self(Some(body))
    }
}

impl<B: Rest> HttpBody for HeardOut<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        let Some(body) = &mut self.0 else { return Poll::Ready(None) };
        let frame = Pin::new(body).poll_frame(context);
        if matches!(frame, Poll::Ready(None | Some(Err(_)))) {
            self.0 = None;
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.0.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.0.as_ref().map_or_else(|| SizeHint::with_exact(0), HttpBody::size_hint)
    }
}

impl<B: Rest> Drop for HeardOut<B> {
    fn drop(&mut self) {
        if let Some(body) = self.0.take().filter(|body| !body.is_end_stream()) {
            tokio::spawn(timeout(WAIT_MAX, forget(body)));
        }
    }
}

async fn forget(mut body: impl Rest) {
    let mut bytes = 0;
    while let Some(Ok(frame)) = body.frame().await {
        bytes += frame.data_ref().map_or(0, Buf::remaining);
        if bytes > BYTES_MAX {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, Bytes};
    use futures_util::{StreamExt as _, stream};
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };

    const PIECE: usize = 1 << 20;

    /// A body of so many pieces that counts those which were taken.
    fn counted(pieces: usize) -> (HeardOut<Body>, Arc<AtomicUsize>) {
        let taken = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&taken);
        let pieces = stream::iter(0..pieces).map(move |_| {
            counter.fetch_add(1, Ordering::SeqCst);
            Ok::<_, std::io::Error>(Bytes::from_static(&[0; PIECE]))
        });
        (HeardOut::new(Body::from_stream(pieces)), taken)
    }

    async fn settled(taken: &AtomicUsize) -> usize {
        for _ in 0..200 {
            tokio::task::yield_now().await;
        }
        taken.load(Ordering::SeqCst)
    }

    #[tokio::test]
    async fn the_rest_of_a_body_is_read_but_not_for_ever() {
        let (mut body, taken) = counted(5);
        assert!(body.frame().await.is_some_and(|frame| frame.is_ok()));
        drop(body);
        assert_eq!(settled(&taken).await, 5);

        let (body, taken) = counted(100);
        drop(body);
        assert_eq!(settled(&taken).await, BYTES_MAX / PIECE + 1);
    }

    #[tokio::test]
    async fn what_was_read_whole_comes_as_it_was() {
        let (body, taken) = counted(3);
        assert_eq!(body.collect().await.expect("whole").to_bytes().len(), 3 * PIECE);
        assert_eq!(settled(&taken).await, 3);
    }
}
