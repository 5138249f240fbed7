//! Beginning to read an upload.

use super::{
    super::{files::File, jobs, jobs::New},
    read,
};
use crate::{
    Origin, Result, Services,
    audit::Action,
    authorize::{Done, Granted, Principal, authorize},
    db::{Changed, Tx, new_id},
    namespaces,
    records::entry,
};
use conifer_domain::{
    Field, Problem, Rule,
    ids::{ImportId, IndexId, UploadId},
    imports::OnError,
    permissions::may,
    uploads::{FileFormat, Ids, Reading, Upload},
};
use serde_json::json;

pub struct Start {
    pub upload: UploadId,
    pub reading: Reading,
    pub on_error: OnError,
}

pub async fn start(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    index_id: IndexId,
    start: Start,
) -> Result<ImportId> {
    let granted = authorize::<may::ImportVectors>(services, origin, who, index_id).await?;
    granted.of_the_whole()?;
    entry(services, &granted)?.at_hand()?;
    let upload = whole(services, &granted, start.upload).await?;
    let ids = match start.reading.ids {
        Ids::From(ids) => Some(whole(services, &granted, ids).await?),
        _ => None,
    };
    if ids.as_ref().is_some_and(|ids| ids.format != FileFormat::Ids) {
        return Err(Problem::invalid(Field::File, Rule::NotAFormat).into());
    }
    let namespace = namespaces::parse(&start.reading.namespace);
    namespace.map_err(|_| Problem::invalid(Field::Namespace, Rule::NotANamespace))?;
    let reading = Reading { format: upload.format, ..start.reading };
    let new = New {
        id: new_id(),
        node: services.vectors().node(),
        uri: format!("upload:///{}", upload.name),
        on_error: start.on_error,
        files: vec![file(&upload)],
        reading: Some(reading),
        ids: ids.as_ref().map(file),
    };
    let id = new.id;
    let uploads: Vec<UploadId> = [Some(upload.id), ids.map(|ids| ids.id)].into_iter().flatten().collect();
    let begun = services.change(origin, who, index_id, (new, uploads), |tx, granted, (new, uploads)| {
        Box::pin(insert(tx, granted, new, uploads))
    });
    begun.await?;
    services.imports().asked.notify_one();
    Ok(id)
}

async fn whole(services: &Services, granted: &Granted<may::ImportVectors>, id: UploadId) -> Result<Upload> {
    let upload = read::get(services, granted, id).await?;
    if upload.is_whole() { Ok(upload) } else { Err(Problem::invalid(Field::File, Rule::NotWhole).into()) }
}

fn file(upload: &Upload) -> File {
    File { path: upload.id.to_string(), name: upload.name.clone(), bytes: upload.bytes }
}

async fn insert(
    tx: &mut Tx,
    granted: &Granted<may::ImportVectors>,
    new: &New,
    uploads: &[UploadId],
) -> Result<Done<()>> {
    jobs::insert(tx, new, granted.of(), granted.at_ms()).await?;
    for upload in uploads {
        let taken = sqlx::query("UPDATE uploads SET import_id = $2 WHERE id = $1 AND import_id IS NULL")
            .bind(upload.to_string())
            .bind(new.id.to_string())
            .execute(&mut *tx)
            .await?;
        if !taken.changed() {
            return Err(Problem::Conflict.into());
        }
    }
    let details = json!({ "uri": new.uri, "files": new.files.len() });
    Ok(Done::noted((), Action::ImportStarted, granted.subject().to(new.id).with(details)))
}
