//! Looking at uploads, and into them.

use super::{
    super::formats::{self, Files, Remote},
    place,
};
use crate::{
    Error, Result, Services,
    authorize::{Granted, Right},
    db::{count, parse},
    indexes,
    records::entry,
};
use conifer_domain::{
    Problem,
    ids::{IndexId, UploadId},
    permissions::{Permission, may},
    uploads::{Ids, Preview, Reading, Upload},
};
use object_store::path::Path;
use tokio::{runtime::Handle, task::spawn_blocking};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    index_id: String,
    name: String,
    format: String,
    bytes: i64,
    received: i64,
    created_at: i64,
}

impl Row {
    fn read(self) -> Result<Upload> {
        Ok(Upload {
            id: parse(&self.id)?,
            index_id: parse(&self.index_id)?,
            name: self.name,
            format: parse(&self.format)?,
            bytes: count(self.bytes),
            received: count(self.received),
            created_at_ms: self.created_at,
        })
    }
}

/// Those that no import reads yet, the newest first.
pub async fn list(services: &Services, granted: &Granted<may::ViewImports>) -> Result<Vec<Upload>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, index_id, name, format, bytes, received, created_at FROM uploads
         WHERE index_id = $1 AND import_id IS NULL ORDER BY created_at DESC, id DESC",
    )
    .bind(granted.of().to_string())
    .fetch_all(services.db().pool())
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// One that no import reads yet.
pub async fn get<P>(services: &Services, granted: &Granted<P>, id: UploadId) -> Result<Upload>
where
    P: Right + Permission<Of = IndexId>,
{
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, index_id, name, format, bytes, received, created_at FROM uploads
         WHERE id = $1 AND index_id = $2 AND import_id IS NULL",
    )
    .bind(id.to_string())
    .bind(granted.of().to_string())
    .fetch_optional(services.db().pool())
    .await?;
    row.ok_or(Problem::NotFound)?.read()
}

/// What would become of its first rows.
pub async fn preview(
    services: &Services,
    granted: &Granted<may::ImportVectors>,
    id: UploadId,
    reading: Reading,
) -> Result<Preview> {
    let upload = get(services, granted, id).await?;
    if !upload.is_whole() {
        return Err(Problem::Conflict.into());
    }
    let ids = match reading.ids {
        Ids::From(ids) => Some(get(services, granted, ids).await?),
        _ => None,
    };
    let remote = |upload: &Upload| -> Result<Remote> {
        let path = Path::parse(upload.id.to_string()).map_err(Error::internal)?;
        Ok(Remote { store: place(services)?.store, path, bytes: upload.bytes, runtime: Handle::current() })
    };
    let files = Files { file: remote(&upload)?, ids: ids.as_ref().map(remote).transpose()? };
    let spec = indexes::spec(entry(services, granted)?.vectors);
    let looked = spawn_blocking(move || formats::preview(files, &reading, spec)).await;
    // A file can be so wrong that its reader breaks.
    let broken = || Preview {
        unreadable: Some("the file is so wrong that its reader broke".into()),
        ..Preview::default()
    };
    Ok(looked.unwrap_or_else(|_| broken()))
}
