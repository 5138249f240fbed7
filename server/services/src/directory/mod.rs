//! Which indexes there are, held in memory: finding the one that a request is about costs no SQL.
//!
//! What this server changes it sees at once; what others on the same database change, within [`POLL_EVERY`].

mod read;

use crate::{Error, Result, Services, db::DbKind, vectors::NodeId};
use arc_swap::ArcSwap;
use conifer_domain::{
    Problem, hosts,
    ids::{IndexId, ProjectId},
    indexes::{Index, IndexState},
};
use conifer_engine::IndexName;
pub(crate) use read::json;
use std::{
    collections::{BTreeMap, HashMap},
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};
use tokio::sync::Mutex;

pub(crate) const POLL_EVERY: Duration = Duration::from_millis(500);

/// An index, and how the engine calls it.
#[derive(Debug)]
pub struct Entry {
    index: Index,
    name_in_engine: IndexName,
}

impl Deref for Entry {
    type Target = Index;
    fn deref(&self) -> &Index {
        &self.index
    }
}

impl Entry {
    /// How the engine calls it, if it can be read and written here.
    pub(crate) fn at_hand(&self) -> Result<&IndexName> {
        match self.index.state {
            IndexState::Ready => Ok(&self.name_in_engine),
            IndexState::Elsewhere => Err(Problem::Elsewhere.into()),
            IndexState::Making => Err(Problem::Unavailable.into()),
            IndexState::Deleting => Err(Problem::NotFound.into()),
        }
    }
}

#[derive(Default)]
pub struct Directory {
    known: ArcSwap<Known>,
    revision: AtomicI64,
    /// Held while it is read, so that an older reading never replaces a newer one.
    reading: Mutex<()>,
}

#[derive(Default)]
struct Known {
    by_id: HashMap<IndexId, Arc<Entry>>,
    by_name: HashMap<ProjectId, BTreeMap<String, Arc<Entry>>>,
    by_label: HashMap<String, IndexId>,
    by_port: HashMap<u16, IndexId>,
}

impl Directory {
    pub fn get(&self, id: IndexId) -> Option<Arc<Entry>> {
        self.known.load().by_id.get(&id).cloned()
    }

    pub fn by_name(&self, project_id: ProjectId, name: &str) -> Option<Arc<Entry>> {
        self.known.load().by_name.get(&project_id)?.get(name).cloned()
    }

    /// By what stands for it in the name of a host or in a path, see [`hosts::label`]. It may be in any case.
    pub fn by_label(&self, label: &str) -> Option<IndexId> {
        let known = self.known.load();
        let found = known.by_label.get(label).copied();
        found.or_else(|| known.by_label.get(&label.to_ascii_lowercase()).copied())
    }

    /// Ports are those of this server.
    pub fn by_port(&self, port: u16) -> Option<IndexId> {
        self.known.load().by_port.get(&port).copied()
    }

    /// The ports that this server's indexes have now.
    pub fn ports(&self) -> Vec<u16> {
        self.known.load().by_port.keys().copied().collect()
    }

    pub(crate) fn all(&self) -> Vec<Arc<Entry>> {
        self.known.load().by_id.values().cloned().collect()
    }

    /// Those of a project in the order of their names.
    pub fn of_project(&self, project_id: ProjectId) -> Vec<Arc<Entry>> {
        let known = self.known.load();
        known.by_name.get(&project_id).map(|names| names.values().cloned().collect()).unwrap_or_default()
    }

    pub(crate) async fn reload(&self, services: &Services) -> Result<()> {
        let _reading = self.reading.lock().await;
        let (revision, indexes) = read::all(services).await?;
        let known = Known::of(indexes)?;
        if let Some(ports) = services.vectors().ports() {
            ports.follow(&known.by_port);
        }
        self.known.store(Arc::new(known));
        self.revision.store(revision, Ordering::Release);
        Ok(())
    }

    /// Looks whether another server changed something. One process alone has SQLite.
    pub(crate) async fn poll(&self, services: &Services) -> Result<()> {
        if services.db().kind() == DbKind::Sqlite {
            return Ok(());
        }
        let revision = read::revision(services).await?;
        if revision == self.revision.load(Ordering::Acquire) {
            return Ok(());
        }
        self.reload(services).await
    }
}

impl Known {
    fn of(indexes: Vec<Index>) -> Result<Self> {
        let mut known = Self::default();
        for index in indexes {
            let name_in_engine = name_in_engine(index.id)?;
            if let Some(port) = index.port {
                known.by_port.insert(port, index.id);
            }
            known.by_label.insert(hosts::label(&index.name, index.project_id), index.id);
            let entry = Arc::new(Entry { index, name_in_engine });
            known.by_id.insert(entry.id, Arc::clone(&entry));
            known.by_name.entry(entry.project_id).or_default().insert(entry.name.clone(), entry);
        }
        Ok(known)
    }
}

/// The engine's names of indexes are ids, so that an index may get any name.
pub(crate) fn name_in_engine(id: IndexId) -> Result<IndexName> {
    IndexName::new(&id.to_string()).map_err(Error::internal)
}

/// The state of a row as it is seen from `here`.
fn seen_from(here: NodeId, node: &str, state: &str) -> Result<IndexState> {
    match state {
        _ if node != here.to_string() => Ok(IndexState::Elsewhere),
        "making" => Ok(IndexState::Making),
        "ready" => Ok(IndexState::Ready),
        "deleting" => Ok(IndexState::Deleting),
        _ => Err(Error::internal("an index in no known state")),
    }
}
