//! The database: reachable, up to date, sound.

use super::Finding;
use crate::state::State;
use conifer_services::Db;

const DATABASE: &str = "database";

pub async fn examine(state: &State) -> Vec<Finding> {
    let db = match state.connect().await {
        Ok(db) => db,
        Err(stop) => return vec![Finding::fail(DATABASE, stop.to_string())],
    };
    let findings = vec![answers(&db).await];
    db.close().await;
    findings
}

async fn answers(db: &Db) -> Finding {
    match db.ping().await {
        Ok(()) => Finding::ok(DATABASE, format!("{:?} answers", db.kind())),
        Err(error) => Finding::fail(DATABASE, error.to_string()),
    }
}
