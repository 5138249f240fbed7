//! No answer takes for ever. What a dropped handler began to write goes on in a task of its own.

use super::answers;
use axum::{extract::Request, middleware::Next, response::Response};
use conifer_domain::Problem;
use std::time::Duration;
use tokio::time::timeout;

const ANSWER_WAIT_MAX: Duration = Duration::from_secs(60);

pub async fn keep(request: Request, next: Next) -> Response {
    match timeout(ANSWER_WAIT_MAX, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            tracing::warn!("no answer in time");
            answers::refuse(Problem::Unavailable)
        }
    }
}
