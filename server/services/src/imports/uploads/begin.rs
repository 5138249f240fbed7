//! Saying that a file will come, or that it is not wanted.

use super::sweep::remove_strays;
use crate::{
    Origin, Result, Services,
    authorize::{Done, Granted, Principal, authorize},
    db::{Changed, Tx, new_id},
    records::entry,
    vectors::NodeId,
};
use conifer_domain::{
    Field, Problem, Rule,
    ids::{IndexId, UploadId},
    permissions::may,
    problem::Unit,
    uploads::{FileFormat, UPLOAD_BYTES_MAX, UPLOAD_BYTES_WAITING_MAX, UPLOADS_WAITING_MAX, Upload},
};

pub const NAME_CHARS_MAX: usize = 255;

pub struct NewUpload {
    pub name: String,
    pub bytes: u64,
}

impl NewUpload {
    fn format(&self) -> Result<FileFormat, Problem> {
        let found = self.name.chars().count();
        if !(1..=NAME_CHARS_MAX).contains(&found) || self.name.contains(char::is_control) {
            return Err(Problem::invalid(
                Field::File,
                Rule::Length { unit: Unit::Characters, min: 1, max: NAME_CHARS_MAX, found },
            ));
        }
        if self.bytes > UPLOAD_BYTES_MAX {
            return Err(Problem::TooLarge { bytes_max: UPLOAD_BYTES_MAX });
        }
        if self.bytes == 0 {
            return Err(Problem::invalid(Field::File, Rule::Required));
        }
        FileFormat::of_name(&self.name).ok_or(Problem::invalid(Field::File, Rule::NotAFormat))
    }
}

pub async fn begin(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    index_id: IndexId,
    new: NewUpload,
) -> Result<Upload> {
    let granted = authorize::<may::ImportVectors>(services, origin, who, index_id).await?;
    granted.of_the_whole()?;
    entry(services, &granted)?.at_hand()?;
    let upload = Upload {
        id: new_id(),
        index_id,
        format: new.format()?,
        name: new.name,
        bytes: new.bytes,
        received: 0,
        created_at_ms: granted.at_ms(),
    };
    let data = (upload, services.vectors().node());
    let begun =
        services.change::<may::ImportVectors, _, _>(origin, who, index_id, data, |tx, _, (upload, node)| {
            Box::pin(async move {
                insert(tx, upload, *node).await?;
                Ok(Done::unchanged(upload.clone()))
            })
        });
    begun.await
}

async fn insert(tx: &mut Tx, upload: &Upload, node: NodeId) -> Result<()> {
    let waiting: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM uploads WHERE index_id = $1 AND import_id IS NULL")
            .bind(upload.index_id.to_string())
            .fetch_one(&mut *tx)
            .await?;
    if waiting >= UPLOADS_WAITING_MAX {
        return Err(Problem::UploadsFull { waiting_max: UPLOADS_WAITING_MAX }.into());
    }
    let bytes = waiting_bytes(&mut *tx, upload.index_id).await?.saturating_add(upload.bytes);
    if bytes > UPLOAD_BYTES_WAITING_MAX {
        return Err(Problem::UploadBytesFull { bytes_max: UPLOAD_BYTES_WAITING_MAX, bytes }.into());
    }
    sqlx::query(
        "INSERT INTO uploads (id, index_id, node_id, name, format, bytes, created_at, touched_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7)",
    )
    .bind(upload.id.to_string())
    .bind(upload.index_id.to_string())
    .bind(node.to_string())
    .bind(upload.name.clone())
    .bind(upload.format.as_str())
    .bind(i64::try_from(upload.bytes).unwrap_or(i64::MAX))
    .bind(upload.created_at_ms)
    .execute(tx)
    .await?;
    Ok(())
}

/// What lies on the disk for all indexes of the project, or may come to lie there: each upload may still grow to what it
/// was announced as, and one that an import reads stays until that is over.
async fn waiting_bytes(tx: &mut Tx, index_id: IndexId) -> Result<u64> {
    let bytes: i64 = sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(u.bytes), 0) AS BIGINT) FROM uploads u JOIN indexes i ON i.id = u.index_id
         WHERE i.project_id = (SELECT project_id FROM indexes WHERE id = $1)",
    )
    .bind(index_id.to_string())
    .fetch_one(tx)
    .await?;
    Ok(u64::try_from(bytes).unwrap_or(0))
}

/// Its bytes are gone when this returns: room for others is made by it.
pub async fn abandon(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    index_id: IndexId,
    id: UploadId,
) -> Result<()> {
    let gone =
        services.change(origin, who, index_id, id, |tx, granted, id| Box::pin(delete(tx, granted, *id)));
    gone.await?;
    remove_strays(services).await
}

async fn delete(tx: &mut Tx, granted: &Granted<may::ImportVectors>, id: UploadId) -> Result<Done<()>> {
    let gone = sqlx::query("DELETE FROM uploads WHERE id = $1 AND index_id = $2 AND import_id IS NULL")
        .bind(id.to_string())
        .bind(granted.of().to_string())
        .execute(tx)
        .await?;
    if gone.changed() { Ok(Done::unchanged(())) } else { Err(Problem::NotFound.into()) }
}
