//! The last queries of a person, kept on the server: they are there without scripts and in any browser, nobody else
//! who uses the browser finds them, and they go with the index.

use super::read::hidden_from;
use crate::{
    Result, Services,
    authorize::Granted,
    db::{Select, Tx},
    directory::json,
    indexes::json as to_json,
};
use conifer_domain::{
    ids::{IndexId, UserId},
    limits::{RECENT_QUERIES_MAX, SAVED_QUERY_MAX_BYTES},
    permissions::may,
    records::Search,
};
use sha2::{Digest, Sha256};

struct Asked {
    index_id: IndexId,
    user_id: UserId,
    digest: String,
    search: String,
    at_ms: i64,
}

/// Remembers what a person asked, without making them wait for it; a program's queries are its own business, and what is
/// too long is forgotten.
pub fn note(services: &Services, granted: &Granted<may::QueryVectors>, asked: &Search) -> Result<()> {
    let Ok(user_id) = granted.person() else { return Ok(()) };
    if !asked.is_asked() || asked.bytes() > SAVED_QUERY_MAX_BYTES || asked.holds_nul() {
        return Ok(());
    }
    let search = to_json(asked)?;
    let digest = format!("{:x}", Sha256::digest(&search));
    let asked = Asked { index_id: granted.of(), user_id, digest, search, at_ms: granted.at_ms() };
    let db = services.db().clone();
    services.background().start(async move { db.write(asked, |tx, asked| Box::pin(insert(tx, asked))).await })
}

async fn insert(tx: &mut Tx, asked: &Asked) -> Result<()> {
    sqlx::query(
        "INSERT INTO recent_queries (index_id, user_id, digest, search, asked_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (index_id, user_id, digest) DO UPDATE SET asked_at = excluded.asked_at",
    )
    .bind(asked.index_id.to_string())
    .bind(asked.user_id.to_string())
    .bind(asked.digest.clone())
    .bind(asked.search.clone())
    .bind(asked.at_ms)
    .execute(&mut *tx)
    .await?;
    sqlx::query(
        "DELETE FROM recent_queries WHERE index_id = $1 AND user_id = $2 AND digest NOT IN
             (SELECT digest FROM recent_queries WHERE index_id = $1 AND user_id = $2
              ORDER BY asked_at DESC, digest LIMIT $3)",
    )
    .bind(asked.index_id.to_string())
    .bind(asked.user_id.to_string())
    .bind(RECENT_QUERIES_MAX)
    .execute(tx)
    .await?;
    Ok(())
}

/// The last first.
pub async fn recent(services: &Services, granted: &Granted<may::QueryVectors>) -> Result<Vec<Search>> {
    let Ok(user_id) = granted.person() else { return Ok(Vec::new()) };
    let select = Select::new("SELECT search FROM recent_queries WHERE index_id =")
        .bind(granted.of().to_string())
        .push("AND user_id =")
        .bind(user_id.to_string())
        .push("ORDER BY asked_at DESC, digest LIMIT")
        .bind(RECENT_QUERIES_MAX);
    let rows: Vec<(String,)> = select.fetch(services.db()).await?;
    let all: Result<Vec<Search>> = rows.iter().map(|(search,)| json(search)).collect();
    Ok(all?.into_iter().filter(|search| !hidden_from(granted, search)).collect())
}
