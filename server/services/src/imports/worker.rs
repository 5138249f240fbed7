//! Doing what was asked: read some rows, write them, note how far it is.

use super::{
    blocks::Remote,
    files::File,
    jobs::{self, Job, Progress},
    rows,
};
use crate::{Error, Result, Services, directory::Entry, indexes};
use conifer_domain::imports::{OnError, Refusal};
use conifer_engine::{IndexSpec, Record, limits::UPSERT_RECORDS};
use object_store::path::Path;
use parquet::{
    file::reader::{FileReader as _, SerializedFileReader},
    record::reader::RowIter,
};
use std::{collections::HashSet, sync::Arc, time::Duration};
use tokio::{
    sync::mpsc::{Sender, channel},
    task::spawn_blocking,
    time::{sleep, timeout},
};

/// Others on the same database may have asked for what lies here.
const LOOK_EVERY: Duration = Duration::from_secs(5);
const PATIENCE: Duration = Duration::from_secs(1);
const BATCH_BYTES: usize = 8 << 20;
/// Read while those before are written.
const BATCHES_AHEAD: usize = 2;

/// Until `stop`. What is being read then goes on with the next start.
pub async fn run_worker(services: Services, stop: impl Future<Output = ()>) {
    tokio::select! {
        () = stop => {}
        () = work(&services) => {}
    }
}

async fn work(services: &Services) {
    loop {
        match jobs::next(services).await {
            Ok(Some(job)) => {
                let id = job.id;
                if let Err(error) = import(services, job).await {
                    tracing::warn!(import = %id, %error, "an import cannot go on; it is tried again");
                    sleep(PATIENCE).await;
                }
            }
            Ok(None) => drop(timeout(LOOK_EVERY, services.imports().asked.notified()).await),
            Err(error) => {
                tracing::warn!(%error, "what is to be imported cannot be read; it is tried again");
                sleep(PATIENCE).await;
            }
        }
    }
}

/// Why an import is over before its last file.
enum End {
    /// Somebody cancelled it, or its index is gone.
    Unwanted,
    Failed(String),
    /// The machine or the database fails: it is tried again from where it is.
    Later(Error),
}

impl From<Error> for End {
    /// What the engine refuses it would refuse again.
    fn from(error: Error) -> Self {
        match error {
            Error::Invalid(invalid) => Self::Failed(invalid.to_string()),
            error => Self::Later(error),
        }
    }
}

async fn import(services: &Services, mut job: Job) -> Result<()> {
    let error = match all_files(services, &mut job).await {
        Ok(()) => None,
        Err(End::Unwanted) => return Ok(()),
        Err(End::Failed(error)) => Some(error),
        Err(End::Later(error)) => return Err(error),
    };
    jobs::finish(services, job.id, error).await
}

async fn all_files(services: &Services, job: &mut Job) -> Result<(), End> {
    let entry = services.directory().get(job.index_id).ok_or(End::Unwanted)?;
    note(services, job, Vec::new()).await?;
    while let Some(file) = job.files.get(job.progress.files).cloned() {
        let before = job.progress.bytes;
        if let Err(refusal) = one_file(services, &entry, job, &file).await? {
            refuse(services, job, refusal).await?;
        }
        job.progress =
            Progress { files: job.progress.files + 1, rows: 0, bytes: before + file.bytes, ..job.progress };
        note(services, job, Vec::new()).await?;
    }
    Ok(())
}

/// Counts what could not be read, and fails where that is wished.
async fn refuse(services: &Services, job: &mut Job, refusal: Refusal) -> Result<(), End> {
    job.progress.refused += 1;
    let told = refusal.to_string();
    note(services, job, vec![refusal]).await?;
    match job.on_error {
        OnError::Abort => Err(End::Failed(told)),
        OnError::Continue => Ok(()),
    }
}

async fn note(services: &Services, job: &Job, refusals: Vec<Refusal>) -> Result<(), End> {
    match jobs::note(services, job.id, job.progress, refusals).await? {
        true => Ok(()),
        false => Err(End::Unwanted),
    }
}

/// The inner error is of the file as a whole.
async fn one_file(
    services: &Services,
    entry: &Arc<Entry>,
    job: &mut Job,
    file: &File,
) -> Result<Result<(), Refusal>, End> {
    let unreadable = |reason: String| Refusal { file: file.name.clone(), row: None, reason };
    let namespace = file.namespace().map_err(|invalid| End::Failed(invalid.to_string()))?;
    let index = entry.at_hand()?.clone();
    let place = services.imports().place(&job.uri).map_err(|error| End::Failed(error.to_string()))?;
    let remote = Remote {
        store: place.store,
        path: Path::parse(&file.path).map_err(Error::internal)?,
        bytes: file.bytes,
        runtime: tokio::runtime::Handle::current(),
    };
    let (send, mut batches) = channel(BATCHES_AHEAD);
    let (spec, from) = (indexes::spec(entry.vectors), job.progress.rows);
    let reading = spawn_blocking(move || read(remote, spec, from, &send));
    let before = job.progress.bytes;
    while let Some(batch) = batches.recv().await {
        let (index, namespace, records) = (index.clone(), namespace.clone(), batch.records);
        let count = records.len() as u64;
        if count > 0 {
            services
                .vectors()
                .write("import", move |engine| engine.upsert(&index, &namespace, records))
                .await?;
        }
        let done = u128::from(file.bytes) * u128::from(batch.rows) / u128::from(batch.of.max(1));
        job.progress.rows = batch.rows;
        job.progress.bytes = before + u64::try_from(done).unwrap_or(file.bytes);
        job.progress.records += count;
        job.progress.refused += batch.refusals.len() as u64;
        let name = |(row, reason)| Refusal { file: file.name.clone(), row: Some(row), reason };
        let refusals: Vec<Refusal> = batch.refusals.into_iter().map(name).collect();
        let first = refusals.first().map(ToString::to_string).filter(|_| job.on_error == OnError::Abort);
        note(services, job, refusals).await?;
        if let Some(told) = first {
            return Err(End::Failed(told));
        }
    }
    job.progress.bytes = before;
    match reading.await {
        Ok(Ok(())) => Ok(Ok(())),
        Ok(Err(reason)) => Ok(Err(unreadable(reason))),
        // There are files that break their reader, and would again.
        Err(_) => Ok(Err(unreadable(
            "it is no file of Parquet, or has a column of a kind that cannot be read".into(),
        ))),
    }
}

/// Rows that are written together: no id is among them twice.
#[derive(Default)]
struct Batch {
    records: Vec<Record>,
    /// Rows that are no records, by their numbers.
    refusals: Vec<(u64, String)>,
    /// How many rows of the file are read with it, and how many it has.
    rows: u64,
    of: u64,
}

/// Sends all rows after the first `from`; an error is of the file. For a thread that may wait.
fn read(remote: Remote, spec: IndexSpec, from: u64, send: &Sender<Batch>) -> Result<(), String> {
    let file = SerializedFileReader::new(remote).map_err(|error| error.to_string())?;
    let of = u64::try_from(file.metadata().file_metadata().num_rows()).unwrap_or(0);
    let rows = RowIter::from_file_into(Box::new(file));
    let mut batch = Batch { of, ..Batch::default() };
    let (mut ids, mut bytes) = (HashSet::new(), 0);
    for (number, row) in (1..).zip(rows) {
        let row = row.map_err(|error| error.to_string())?;
        if number <= from {
            continue;
        }
        match rows::record(row, spec) {
            Ok(record) => {
                let is_full = batch.records.len() == UPSERT_RECORDS || bytes >= BATCH_BYTES;
                if is_full || ids.contains(&record.id) {
                    let full = std::mem::replace(&mut batch, Batch { of, ..Batch::default() });
                    if send.blocking_send(Batch { rows: number - 1, ..full }).is_err() {
                        return Ok(());
                    }
                    ids.clear();
                    bytes = 0;
                }
                bytes += weight(&record);
                ids.insert(record.id.clone());
                batch.records.push(record);
            }
            Err(invalid) => batch.refusals.push((number, invalid.to_string())),
        }
    }
    let _ = send.blocking_send(Batch { rows: of, ..batch });
    Ok(())
}

fn weight(record: &Record) -> usize {
    let values = record.values.as_ref().map_or(0, |values| 4 * values.len());
    let sparse = record.sparse.as_ref().map_or(0, |sparse| 8 * sparse.indices().len());
    record.id.as_str().len() + values + sparse + record.metadata.bytes()
}
