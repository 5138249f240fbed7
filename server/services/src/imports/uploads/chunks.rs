//! The bytes of an upload: each chunk is on disk before it is counted, so that sending goes on from there.

use super::{directory, read};
use crate::{
    Error, Result, Services,
    authorize::Granted,
    db::Changed,
    files::{create, private_dir},
};
use conifer_domain::{
    Problem,
    ids::UploadId,
    permissions::may,
    uploads::{CHUNK_BYTES_MAX, Upload},
};
use std::{
    fs::OpenOptions,
    io::{self, ErrorKind, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::task::spawn_blocking;

/// How many bytes there are now. A chunk that is not the next one is `Conflict`: what was received tells where to go on.
pub async fn append(
    services: &Services,
    granted: &Granted<may::ImportVectors>,
    id: UploadId,
    offset: u64,
    chunk: Vec<u8>,
) -> Result<u64> {
    let turn = Arc::clone(&services.imports().chunks).lock_owned().await;
    let upload = read::get(services, granted, id).await?;
    let received = check(&upload, offset, chunk.len() as u64)?;
    let file = path(&directory(services), id)?;
    let their = services.clone();
    // Whoever sent it may be gone before it is counted: the next one waits for that all the same.
    let counted = services.background().to_its_end(async move {
        let _turn = turn;
        spawn_blocking(move || put(&file, offset, &chunk))
            .await
            .map_err(Error::internal)?
            .map_err(Error::internal)?;
        count(&their, id, offset, received).await
    });
    // Only another server could have counted one meanwhile.
    if counted.await? { Ok(received) } else { Err(Problem::Conflict.into()) }
}

async fn count(services: &Services, id: UploadId, offset: u64, received: u64) -> Result<bool> {
    let data = (id, offset, received, services.clock().now_ms());
    let counted = services.db().write(data, |tx, (id, offset, received, now_ms)| {
        Box::pin(async move {
            let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
            let set = sqlx::query(
                "UPDATE uploads SET received = $3, touched_at = $4 WHERE id = $1 AND received = $2 AND import_id IS NULL",
            )
            .bind(id.to_string())
            .bind(number(*offset))
            .bind(number(*received))
            .bind(*now_ms);
            Ok(set.execute(tx).await?.changed())
        })
    });
    counted.await
}

fn check(upload: &Upload, offset: u64, length: u64) -> Result<u64, Problem> {
    if length > CHUNK_BYTES_MAX {
        return Err(Problem::TooLarge { bytes_max: CHUNK_BYTES_MAX });
    }
    match offset == upload.received {
        true if offset + length <= upload.bytes && length > 0 => Ok(offset + length),
        true => Err(Problem::BadRequest),
        false => Err(Problem::Conflict),
    }
}

pub(super) fn path(directory: &Path, id: UploadId) -> Result<PathBuf> {
    private_dir(directory)?;
    Ok(directory.join(id.to_string()))
}

/// What lies behind `offset` is of a chunk that was never counted.
fn put(path: &Path, offset: u64, chunk: &[u8]) -> io::Result<()> {
    let mut file = match OpenOptions::new().write(true).open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound && offset == 0 => create(path)?,
        opened => opened?,
    };
    file.set_len(offset)?;
    file.seek(SeekFrom::Start(offset))?;
    file.write_all(chunk)?;
    file.sync_data()
}
