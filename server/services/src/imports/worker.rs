//! Doing what was asked: read some rows, write them, note how far it is.

use super::{
    files::File,
    formats::{self, Files, Line, Remote},
    jobs::{self, Job, Progress},
    uploads,
};
use crate::{Error, Result, Services, directory::Entry, indexes, namespaces, records};
use conifer_domain::{
    Problem,
    imports::{OnError, Refusal},
    uploads::Reading,
};
use conifer_engine::{IndexSpec, Record, limits::UPSERT_RECORDS};
use object_store::path::Path;
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
const ROWS_MAX: u64 = 100_000_000;
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
        // Between imports, so that no file is taken from one that reads it.
        if let Err(error) = uploads::sweep(services).await {
            tracing::warn!(%error, "files that nobody wants cannot be removed; it is tried again");
        }
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
            Error::Problem(problem @ Problem::CapacityReached { .. }) => Self::Failed(problem.to_string()),
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
        let before = bytes_before(job);
        if let Err(refusal) = one_file(services, &entry, job, &file).await? {
            refuse(services, job, refusal).await?;
        }
        job.progress =
            Progress { files: job.progress.files + 1, rows: 0, bytes: before + file.bytes, ..job.progress };
        note(services, job, Vec::new()).await?;
    }
    Ok(())
}

/// Of the files that were read as a whole; what is noted counts a part of the next as well.
fn bytes_before(job: &Job) -> u64 {
    job.files.iter().take(job.progress.files).map(|file| file.bytes).sum()
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
    let (files, reading) = opened(services, job, file)?;
    let format = reading.format.label();
    let namespace =
        namespaces::parse(&reading.namespace).map_err(|invalid| End::Failed(invalid.to_string()))?;
    let (send, mut batches) = channel(BATCHES_AHEAD);
    let (spec, from) = (indexes::spec(entry.vectors), job.progress.rows);
    let reading = spawn_blocking(move || read(files, &reading, spec, from, &send));
    let before = bytes_before(job);
    while let Some(batch) = batches.recv().await {
        let (namespace, records) = (namespace.clone(), batch.records);
        let count = records.len() as u64;
        if count > 0 {
            records::put(services, "import", entry, namespace, records).await?;
        }
        let (part, of) = batch.share;
        let done = u128::from(file.bytes) * u128::from(part) / u128::from(of.max(1));
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
        Err(_) => Ok(Err(unreadable(format!(
            "it is no file of {format}, or has a column of a kind that cannot be read"
        )))),
    }
}

/// What there is to be read, and how.
fn opened(services: &Services, job: &Job, file: &File) -> Result<(Files, Reading), End> {
    let failed = |error: Error| End::Failed(error.to_string());
    let runtime = tokio::runtime::Handle::current();
    let place = match &job.reading {
        Some(_) => uploads::place(services),
        None => services.imports().place(&job.uri),
    };
    let store = place.map_err(failed)?.store;
    let remote = |path: &str, bytes| -> Result<Remote, End> {
        let path = Path::parse(path).map_err(Error::internal)?;
        Ok(Remote { store: store.clone(), path, bytes, runtime: runtime.clone() })
    };
    let ids = match &job.ids {
        Some(ids) => Some(remote(&ids.path, ids.bytes)?),
        None => None,
    };
    let reading = match &job.reading {
        Some(reading) => reading.clone(),
        None => file.reading(),
    };
    Ok((Files { file: remote(&file.path, file.bytes)?, ids }, reading))
}

/// Rows that are written together: no id is among them twice.
#[derive(Default)]
struct Batch {
    records: Vec<Record>,
    /// Rows that are no records, by their numbers.
    refusals: Vec<(u64, String)>,
    /// How many rows of the file are read with it.
    rows: u64,
    /// The same as a part of something, and of how much.
    share: (u64, u64),
}

impl Batch {
    fn is_full(&self, bytes: usize) -> bool {
        self.records.len() == UPSERT_RECORDS || bytes >= BATCH_BYTES || self.refusals.len() >= UPSERT_RECORDS
    }
}

/// Sends all rows after the first `from`; an error is of the file. For a thread that may wait.
fn read(
    files: Files,
    reading: &Reading,
    spec: IndexSpec,
    from: u64,
    send: &Sender<Batch>,
) -> Result<(), String> {
    let mut rows = formats::open(files, reading, spec)?;
    let (mut batch, mut ids, mut bytes) = (Batch::default(), HashSet::new(), 0);
    let mut last = 0;
    loop {
        let share = rows.share();
        let line = rows.next();
        let is_twice = matches!(&line, Some(Ok(Line { record: Ok(record), .. })) if ids.contains(&record.id));
        // What was read before a file breaks is written.
        if batch.is_full(bytes) || is_twice || !matches!(&line, Some(Ok(_))) {
            let full = Batch { rows: last, share, ..std::mem::take(&mut batch) };
            if send.blocking_send(full).is_err() {
                return Ok(());
            }
            ids.clear();
            bytes = 0;
        }
        let Some(line) = line else { return Ok(()) };
        let Line { number, record } = line?;
        if number > ROWS_MAX {
            return Err(format!(
                "a file must have at most {ROWS_MAX} rows, but this one has more: divide it"
            ));
        }
        last = number;
        if number <= from {
            continue;
        }
        match record {
            Ok(record) => {
                bytes += weight(&record);
                ids.insert(record.id.clone());
                batch.records.push(record);
            }
            Err(reason) => batch.refusals.push((number, reason)),
        }
    }
}

fn weight(record: &Record) -> usize {
    let values = record.values.as_ref().map_or(0, |values| 4 * values.len());
    let sparse = record.sparse.as_ref().map_or(0, |sparse| 8 * sparse.indices().len());
    record.id.as_str().len() + values + sparse + record.metadata.bytes()
}
