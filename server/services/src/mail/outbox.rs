//! The outbox: one private file a letter, named so that the oldest comes first.
//!
//! A letter is written aside, synced and renamed, so a crash leaves it whole or not at all.

use crate::{Error, Result, db::new_id, files};
use conifer_domain::{Problem, limits::DAY_MS};
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, DirEntry, File},
    io::{self, Write},
    path::{Path, PathBuf},
    time::Duration,
};
use uuid::Uuid;

/// Links in mails are dead long before.
const KEPT_FOR_MS: i64 = 30 * DAY_MS;
const ENDING: &str = "json";
const UNFINISHED: &str = "tmp";
const UNFINISHED_FOR_MAX: Duration = Duration::from_secs(3600);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MailState {
    Waiting,
    /// Given up after the last try.
    Failed,
}

/// A mail in the outbox, without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxEntry {
    pub id: String,
    pub to: String,
    pub subject: String,
    pub created_at_ms: i64,
    pub state: MailState,
}

/// A mail in the outbox with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxMail {
    pub entry: OutboxEntry,
    pub text: String,
    pub html: String,
}

/// What a file of the outbox holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Mail {
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
    pub(crate) created_at_ms: i64,
    pub(crate) state: MailState,
    pub(crate) tries: u32,
    pub(crate) next_try_at_ms: i64,
}

impl Mail {
    pub(crate) fn new(to: &str, subject: &str, text: String, html: String, now_ms: i64) -> Self {
        Self {
            to: to.to_owned(),
            subject: subject.to_owned(),
            text,
            html,
            created_at_ms: now_ms,
            state: MailState::Waiting,
            tries: 0,
            next_try_at_ms: now_ms,
        }
    }

    fn entry(&self, id: Uuid) -> OutboxEntry {
        OutboxEntry {
            id: id.to_string(),
            to: self.to.clone(),
            subject: self.subject.clone(),
            created_at_ms: self.created_at_ms,
            state: self.state,
        }
    }
}

/// What is in the outbox under a data directory, oldest first.
pub fn list(data_dir: &Path) -> Result<Vec<OutboxEntry>> {
    Ok(read_all(data_dir)?.into_iter().map(|(id, mail)| mail.entry(id)).collect())
}

/// One mail; `NotFound` for an unknown id.
pub fn show(data_dir: &Path, id: &str) -> Result<OutboxMail> {
    let id: Uuid = id.parse().map_err(|_| Problem::NotFound)?;
    let mail = read(data_dir, id)?.ok_or(Problem::NotFound)?;
    Ok(OutboxMail { entry: mail.entry(id), text: mail.text, html: mail.html })
}

/// Makes the directory private, even one that was not.
pub(super) fn open(data_dir: &Path) -> Result<()> {
    let dir = dir(data_dir);
    files::private_dir(&dir)?;
    files::make_private(&dir)
}

pub(super) fn put(data_dir: &Path, mail: &Mail) -> Result<Uuid> {
    let id = new_id();
    write(data_dir, id, mail)?;
    Ok(id)
}

/// All letters that can be read, oldest first.
pub(super) fn read_all(data_dir: &Path) -> Result<Vec<(Uuid, Mail)>> {
    let entries = match fs::read_dir(dir(data_dir)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(Error::internal)?,
    };
    let mut ids: Vec<Uuid> = entries.filter_map(|entry| id_of(&entry.ok()?.path())).collect();
    ids.sort_unstable();
    let mut mails = Vec::with_capacity(ids.len());
    for id in ids {
        match read(data_dir, id) {
            // Delivered since.
            Ok(None) => {}
            Ok(Some(mail)) => mails.push((id, mail)),
            Err(error) => tracing::warn!(mail = %id, %error, "a letter in the outbox cannot be read"),
        }
    }
    Ok(mails)
}

pub(super) fn read(data_dir: &Path, id: Uuid) -> Result<Option<Mail>> {
    match fs::read(path(data_dir, id)) {
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(Error::internal),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::internal(error)),
    }
}

pub(super) fn write(data_dir: &Path, id: Uuid, mail: &Mail) -> Result<()> {
    let bytes = serde_json::to_vec_pretty(mail).map_err(Error::internal)?;
    replace(&path(data_dir, id), &bytes).map_err(Error::internal)
}

pub(super) fn remove(data_dir: &Path, id: Uuid) -> Result<()> {
    match fs::remove_file(path(data_dir, id)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done.map_err(Error::internal),
    }
}

/// Deletes old letters, and what a crash left unfinished.
pub(super) fn sweep(data_dir: &Path, now_ms: i64) -> Result<()> {
    for (id, mail) in read_all(data_dir)? {
        if mail.created_at_ms + KEPT_FOR_MS <= now_ms {
            remove(data_dir, id)?;
        }
    }
    for entry in fs::read_dir(dir(data_dir)).map_err(Error::internal)?.flatten() {
        if is_left_over(&entry) {
            fs::remove_file(entry.path()).map_err(Error::internal)?;
        }
    }
    Ok(())
}

/// Unfinished for so long that nobody writes it any more.
fn is_left_over(entry: &DirEntry) -> bool {
    let age = entry.metadata().and_then(|file| file.modified()).ok().and_then(|at| at.elapsed().ok());
    entry.path().extension().is_some_and(|ending| ending == UNFINISHED)
        && age.is_some_and(|age| age >= UNFINISHED_FOR_MAX)
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let unfinished = path.with_extension(UNFINISHED);
    let done = write_synced(&unfinished, bytes).and_then(|()| fs::rename(&unfinished, path));
    if done.is_err() {
        fs::remove_file(&unfinished).ok();
    }
    done?;
    // The new name itself must survive a loss of power.
    #[cfg(unix)]
    if let Some(dir) = path.parent() {
        File::open(dir)?.sync_all()?;
    }
    Ok(())
}

fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = files::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn dir(data_dir: &Path) -> PathBuf {
    data_dir.join("outbox")
}

fn path(data_dir: &Path, id: Uuid) -> PathBuf {
    dir(data_dir).join(id.to_string()).with_extension(ENDING)
}

fn id_of(path: &Path) -> Option<Uuid> {
    let is_letter = path.extension()? == ENDING;
    is_letter.then(|| path.file_stem()?.to_str()?.parse().ok())?
}
