//! Taking away what nobody wants any more.

use super::directory;
use crate::{Error, Result, Services, db::Changed as _};
use conifer_domain::uploads::UPLOAD_AGE_MAX_MS;
use std::{collections::HashSet, fs, io::ErrorKind, path::Path};
use tokio::task::spawn_blocking;

macro_rules! unwanted {
    () => {
        "WHERE node_id = $1 AND (import_id IS NULL AND touched_at < $2 OR import_id IN
             (SELECT id FROM imports WHERE state NOT IN ('pending', 'in-progress')))"
    };
}

/// Uploads whose import is over or that wait too long, and files without an upload. Only between imports.
pub(in crate::imports) async fn sweep(services: &Services) -> Result<()> {
    let node = services.vectors().node().to_string();
    let data = (node, services.clock().now_ms() - UPLOAD_AGE_MAX_MS);
    let old: Option<i64> = sqlx::query_scalar(concat!("SELECT 1 FROM uploads ", unwanted!(), " LIMIT 1"))
        .bind(data.0.clone())
        .bind(data.1)
        .fetch_optional(services.db().pool())
        .await?;
    if old.is_some() {
        let delete = services.db().write(data, |tx, (node, before_ms)| {
            Box::pin(async move {
                let gone = sqlx::query(concat!("DELETE FROM uploads ", unwanted!()));
                Ok(gone.bind(node.clone()).bind(*before_ms).execute(tx).await?.changed())
            })
        });
        delete.await?;
    }
    remove_strays(services).await
}

/// Removes the files without an upload. No import that goes on reads one of them.
pub(crate) async fn remove_strays(services: &Services) -> Result<()> {
    // What is being sent is written and counted before, or finds that it is not wanted.
    let _turn = services.imports().chunks.lock().await;
    let directory = directory(services);
    // The names come first: what is begun meanwhile has a row before it has a file.
    let names = spawn_blocking(move || names(&directory)).await.map_err(Error::internal)??;
    if names.is_empty() {
        return Ok(());
    }
    let known: Vec<(String,)> = sqlx::query_as("SELECT id FROM uploads WHERE node_id = $1")
        .bind(services.vectors().node().to_string())
        .fetch_all(services.db().pool())
        .await?;
    let known: HashSet<String> = known.into_iter().map(|(id,)| id).collect();
    let directory = super::directory(services);
    let remove = move || {
        for name in names.into_iter().filter(|name| !known.contains(name)) {
            if let Err(error) = fs::remove_file(directory.join(&name)) {
                tracing::warn!(%error, file = name, "an uploaded file cannot be removed");
            }
        }
    };
    spawn_blocking(remove).await.map_err(Error::internal)
}

fn names(directory: &Path) -> Result<Vec<String>> {
    let entries = match fs::read_dir(directory) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(Error::internal)?,
    };
    let names = entries.map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()));
    names.collect::<Result<_, _>>().map_err(Error::internal)
}
