//! Where the vectors are: the engine, opened in the data directory, and the threads that work for it.

mod errors;
mod measured;
mod node;

use crate::{
    Error, Result, files,
    indexes::Ports,
    workers::{Workers, cores},
};
use conifer_domain::Problem;
use conifer_engine::{Engine, Result as EngineResult, Settings, VectorEngine};
pub(crate) use errors::is_unavailable;
use measured::measured;
pub use measured::{OPERATION_BUCKETS_S, OPERATION_TIME};
pub(crate) use node::NodeId;
use std::{
    path::Path,
    sync::{Arc, RwLock},
};

/// Writes wait for each other's sync, so that many are made durable by one.
const WRITES_AT_ONCE: usize = 64;
/// How many reads or writes may wait for each that is done.
const WAITING_MAX_PER_READ: usize = 256;
const WAITING_MAX_PER_WRITE: usize = 16;

/// What a server that holds vectors needs to know. A command that runs beside it holds none: their directory has one
/// holder.
#[derive(Clone, Debug)]
pub struct VectorSettings {
    /// None where indexes have no ports of their own.
    pub ports: Option<Arc<dyn Ports>>,
}

/// The engine of this server.
pub(crate) struct Vectors {
    engine: RwLock<Option<Arc<dyn VectorEngine>>>,
    reads: Workers,
    writes: Workers,
    node: NodeId,
    settings: Option<VectorSettings>,
}

impl Vectors {
    pub(crate) async fn open(data_dir: &Path, settings: Option<VectorSettings>) -> Result<Self> {
        let node = NodeId::of(data_dir)?;
        let engine = match settings {
            Some(_) => Some(open_engine(data_dir).await?),
            None => None,
        };
        Ok(Self {
            engine: RwLock::new(engine),
            reads: Workers::of_width(cores(), WAITING_MAX_PER_READ),
            writes: Workers::of_width(WRITES_AT_ONCE, WAITING_MAX_PER_WRITE),
            node,
            settings,
        })
    }

    pub(crate) fn node(&self) -> NodeId {
        self.node
    }

    pub(crate) fn ports(&self) -> Option<Arc<dyn Ports>> {
        self.settings.as_ref()?.ports.clone()
    }

    /// Whether this process holds them.
    pub(crate) fn is_open(&self) -> bool {
        self.engine().is_ok()
    }

    /// What runs and what waits: reads, then writes.
    pub(crate) fn occupied(&self) -> [usize; 2] {
        [self.reads.occupied(), self.writes.occupied()]
    }

    /// Runs on a thread of its own, a few at a time. It goes on to its end when nobody waits for it any more.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        operation: &'static str,
        work: impl FnOnce(&dyn VectorEngine) -> EngineResult<T> + Send + 'static,
    ) -> Result<T> {
        let engine = self.engine()?;
        Ok(self.reads.run(move || measured(operation, || work(&*engine))).await??)
    }

    pub(crate) async fn write<T: Send + 'static>(
        &self,
        operation: &'static str,
        work: impl FnOnce(&dyn VectorEngine) -> EngineResult<T> + Send + 'static,
    ) -> Result<T> {
        let engine = self.engine()?;
        Ok(self.writes.run(move || measured(operation, || work(&*engine))).await??)
    }

    /// Lets go of the directory, once what runs has ended.
    pub(crate) fn close(&self) {
        *self.engine.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = None;
    }

    fn engine(&self) -> Result<Arc<dyn VectorEngine>> {
        let engine = self.engine.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        Ok(engine.clone().ok_or(Problem::Unavailable)?)
    }
}

async fn open_engine(data_dir: &Path) -> Result<Arc<dyn VectorEngine>> {
    let directory = data_dir.join("vectors");
    files::private_dir(&directory)?;
    let open = move || {
        Engine::open(&directory, Settings::default())
            .map_err(|error| Error::Operator(format!("The vectors cannot be opened: {error}.")))
    };
    let engine = tokio::task::spawn_blocking(open).await.map_err(Error::internal)??;
    Ok(Arc::new(engine))
}
