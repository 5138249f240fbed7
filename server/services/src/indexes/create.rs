//! Making an index.

use super::rows::{self, Row};
use crate::{
    Error, Origin, Result, Services,
    audit::{self, Action, Subject, Trail},
    authorize::{Done, Granted, Principal},
    backups,
    db::{Tx, new_id},
    directory::{Entry, name_in_engine},
};
use conifer_domain::{
    Problem,
    ids::{BackupId, IndexId, ProjectId},
    indexes::{IndexName, Metric, NewIndex, Vectors},
    permissions::may,
};
use conifer_engine::{IndexSpec, SnapshotName};
use serde_json::json;
use std::sync::Arc;

/// What a new index begins with.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    Nothing,
    /// A backup of the index that had this name.
    Backup {
        id: BackupId,
        index_name: String,
    },
}

impl Source {
    pub(super) fn backup(&self) -> Option<BackupId> {
        match self {
            Self::Nothing => None,
            Self::Backup { id, .. } => Some(*id),
        }
    }
}

/// A name for an index that was given none.
pub fn new_name() -> Result<IndexName> {
    let id: IndexId = new_id();
    let text = id.to_string();
    let (_, end) = text.rsplit_once('-').unwrap_or(("", &text));
    Ok(IndexName::parse(&format!("index-{end}"))?)
}

/// It is ready when this returns. `Taken` when the project has an index of that name. What asks for a collection to
/// begin with holds what that holds.
pub async fn create(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    project_id: ProjectId,
    new: NewIndex,
) -> Result<Arc<Entry>> {
    match new.deployment.source_collection().map(ToOwned::to_owned) {
        None => make(services, origin, who, project_id, new, Source::Nothing).await,
        Some(name) => backups::from_collection(services, origin, who, project_id, new, &name).await,
    }
}

pub(crate) async fn make(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    project_id: ProjectId,
    new: NewIndex,
    source: Source,
) -> Result<Arc<Entry>> {
    if !services.vectors().is_open() {
        return Err(Problem::Unavailable.into());
    }
    let row = Row {
        id: new_id(),
        new,
        node: services.vectors().node(),
        ports: services.vectors().ports(),
        job_id: new_id(),
        source: source.clone(),
    };
    let (id, spec) = (row.id, spec(row.new.vectors));
    let claim =
        services.change(origin, who, project_id, row, |tx, granted, row| Box::pin(claim(tx, granted, row)));
    let subject = claim.await?;
    let (services, trail) = (services.clone(), Trail::of(services, origin, who.who().actor()));
    // From here on to its end, whether or not somebody waits for the answer.
    services.clone().to_its_end(async move { fill(&services, id, spec, source, trail, subject).await }).await
}

async fn claim(tx: &mut Tx, granted: &Granted<may::CreateIndexes>, row: &Row) -> Result<Done<Subject>> {
    granted.in_index(row.new.name.as_str())?;
    if let Some(backup) = row.source.backup() {
        backups::hold(tx, backup).await?;
    }
    rows::insert(tx, granted.of(), row, granted.at_ms()).await?;
    let details = json!({ "name": row.new.name.as_str(), "restored_from": row.source.backup() });
    let subject = granted.subject().to(row.id).with(details);
    Ok(Done::unchanged(subject))
}

/// Makes it in the engine and tells that it is ready; when the engine cannot, the row goes again.
async fn fill(
    services: &Services,
    id: IndexId,
    spec: IndexSpec,
    source: Source,
    trail: Trail,
    subject: Subject,
) -> Result<Arc<Entry>> {
    let name = name_in_engine(id)?;
    let made = services.vectors().write("create_index", move |engine| match source {
        Source::Nothing => engine.create_index(&name, spec),
        Source::Backup { id, .. } => engine.restore(&SnapshotName::new(&id.to_string())?, &name),
    });
    let outcome = match made.await {
        Ok(()) => tell(services, id, trail, subject).await,
        Err(error) => Err(error),
    };
    if let Err(error) = outcome {
        super::upkeep::undo(services, id).await;
        return Err(error);
    }
    services.directory().reload(services).await?;
    services.directory().get(id).ok_or_else(|| Problem::NotFound.into())
}

async fn tell(services: &Services, id: IndexId, trail: Trail, subject: Subject) -> Result<()> {
    let ready = services.db().write((id, trail, subject), |tx, (id, trail, subject)| {
        Box::pin(async move {
            if !rows::set_state(tx, *id, "making", "ready").await? {
                return Err(Error::Problem(Problem::NotFound));
            }
            rows::complete_job(tx, *id, trail.at_ms).await?;
            audit::record(tx, trail, Action::IndexCreated, subject.clone()).await
        })
    });
    ready.await
}

/// In the words of the engine. Dense vectors of the dot product go together with sparse ones.
pub(crate) fn spec(vectors: Vectors) -> IndexSpec {
    match vectors {
        Vectors::Sparse => IndexSpec::Sparse,
        Vectors::Dense { dimension, metric } => {
            let dimension = dimension as usize;
            match metric {
                Metric::Dotproduct => IndexSpec::Hybrid { dimension },
                Metric::Cosine => IndexSpec::Dense { dimension, metric: conifer_engine::Metric::Cosine },
                Metric::Euclidean => {
                    IndexSpec::Dense { dimension, metric: conifer_engine::Metric::Euclidean }
                }
            }
        }
    }
}
