//! The database: reachable, up to date, sound.

use super::Finding;
use crate::state::State;
use conifer_services::Db;

const DATABASE: &str = "database";
const MIGRATIONS: &str = "migrations";
const INTEGRITY: &str = "integrity";

pub async fn examine(state: &State) -> Vec<Finding> {
    let db = match state.connect().await {
        Ok(db) => db,
        Err(stop) => return vec![Finding::fail(DATABASE, stop.to_string())],
    };
    let findings = vec![answers(&db).await, migrations(&db).await, integrity(&db).await];
    db.close().await;
    findings
}

async fn answers(db: &Db) -> Finding {
    match db.ping().await {
        Ok(()) => Finding::ok(DATABASE, format!("{:?} answers", db.kind())),
        Err(error) => Finding::fail(DATABASE, error.to_string()),
    }
}

async fn migrations(db: &Db) -> Finding {
    match db.pending_migrations().await {
        Ok(pending) if pending.is_empty() => Finding::ok(MIGRATIONS, "all applied"),
        Ok(pending) => Finding::warn(
            MIGRATIONS,
            format!("to be applied at the next start, or by `conifer migrate`: {}", pending.join(", ")),
        ),
        Err(error) => Finding::fail(MIGRATIONS, error.to_string()),
    }
}

async fn integrity(db: &Db) -> Finding {
    match db.damage().await {
        Ok(damage) if damage.is_empty() => Finding::ok(INTEGRITY, "no damage found"),
        Ok(damage) => Finding::fail(INTEGRITY, format!("restore a backup; {}", damage.join("; "))),
        Err(error) => Finding::fail(INTEGRITY, format!("restore a backup; {error}")),
    }
}
