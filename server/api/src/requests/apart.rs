//! Work that takes long enough to hold up everybody else on the runtime's threads.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use std::{panic::resume_unwind, sync::LazyLock, thread::available_parallelism};
use tokio::{sync::Semaphore, task::spawn_blocking};

/// JSON of this length is read or written in well under a millisecond.
const AT_ONCE_MAX_BYTES: usize = 64 << 10;

static TURNS: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(available_parallelism().map_or(1, usize::from)));

/// Does what takes about as long as reading so many bytes: here when that is short, and otherwise on a thread of its
/// own, of which there are as many as cores.
pub async fn apart<T: Send + 'static>(bytes: usize, work: impl FnOnce() -> T + Send + 'static) -> T {
    if bytes <= AT_ONCE_MAX_BYTES {
        return work();
    }
    let _turn = TURNS.acquire().await;
    spawn_blocking(work).await.unwrap_or_else(|error| resume_unwind(error.into_panic()))
}

/// JSON of about so many bytes.
pub async fn answer<T: Serialize + Send + 'static>(bytes: usize, value: T) -> Response {
    apart(bytes, move || Json(value).into_response()).await
}
