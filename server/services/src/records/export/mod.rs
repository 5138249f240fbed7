//! Records as a file, read in pieces while it is sent: what is held at once does not grow with the namespace.
//!
//! Pages come in the order of ids. A record that is written meanwhile is in it or not, one that stays is in it.

mod csv;
mod jsonl;
mod parquet;

use super::{at_hand, bounded, console::read, entry, read::see};
use crate::{
    Error, Origin, Result, Services,
    audit::{self, Action, Trail},
    authorize::{Granted, Principal, authorize},
    sessions::Current,
};
use conifer_domain::{
    Problem,
    exports::{ExportAsked, ExportFormat, Included, file_name},
    ids::IndexId,
    permissions::may,
};
use conifer_engine::{Filter, IndexName, NamespaceName, Record, RecordId, Thing, VectorEngine};
use serde_json::json;
use std::sync::Arc;

const RECORDS_PER_PIECE: usize = 5_000;

/// A format: it writes what is to be sent next behind what is in `out`.
trait Writer: Send {
    fn begin(&mut self, out: &mut Vec<u8>) -> Result<()>;
    fn write(&mut self, records: &[Arc<Record>], out: &mut Vec<u8>) -> Result<()>;
    fn end(&mut self, out: &mut Vec<u8>) -> Result<()>;
}

fn writer(format: ExportFormat, values: Included) -> Result<Box<dyn Writer>> {
    Ok(match format {
        ExportFormat::Jsonl => Box::new(jsonl::Jsonl { values }),
        ExportFormat::Csv => Box::new(csv::Csv { values }),
        ExportFormat::Parquet => Box::new(parquet::Parquet::new(values)?),
    })
}

/// What is left to be sent.
pub struct Export {
    services: Services,
    origin: Origin,
    current: Current,
    index_id: IndexId,
    which: Which,
    name: String,
    /// None when all is sent.
    next: Option<Next>,
}

#[derive(Clone)]
struct Which {
    namespace: NamespaceName,
    prefix: String,
    filter: Option<Filter>,
}

struct Next {
    writer: Box<dyn Writer>,
    /// None before the first piece.
    after: Option<RecordId>,
}

/// Begins an export.
pub async fn export(
    services: &Services,
    origin: &Origin,
    current: &Current,
    index_id: IndexId,
    asked: &ExportAsked,
) -> Result<Export> {
    let granted = authorize::<may::FetchVectors>(services, origin, current, index_id).await?;
    let which = Which::read(asked).map_err(Problem::from)?;
    let name = file_name(&entry(services, &granted)?.name, which.namespace.as_str(), asked.format);
    note(services, origin, current, &granted, asked).await?;
    let next = Some(Next { writer: writer(asked.format, asked.values)?, after: None });
    let (services, origin, current) = (services.clone(), origin.clone(), current.clone());
    Ok(Export { services, origin, current, index_id, which, name, next })
}

/// Records leave the house: the log says whose, and which.
async fn note(
    services: &Services,
    origin: &Origin,
    current: &Current,
    granted: &Granted<may::FetchVectors>,
    asked: &ExportAsked,
) -> Result<()> {
    let details = json!({
        "namespace": asked.namespace, "prefix": asked.prefix, "filter": asked.filter, "format": asked.format,
    });
    let trail = Trail::of(services, origin, current.who().actor());
    let data = (trail, granted.subject().with(details));
    let note = services.db().write(data, |tx, (trail, subject)| {
        Box::pin(audit::record(tx, trail, Action::RecordsExported, subject.clone()))
    });
    note.await
}

impl Which {
    fn read(asked: &ExportAsked) -> Result<Self, read::Unread> {
        Ok(Self {
            namespace: read::namespace(&asked.namespace)?,
            prefix: asked.prefix.clone(),
            filter: read::filter_of(&asked.filter)?,
        })
    }
}

impl Export {
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The next bytes, until there are none. Whoever loses the right meanwhile gets no more of them.
    pub async fn next(&mut self) -> Option<Result<Vec<u8>>> {
        let next = self.next.take()?;
        Some(self.piece(next).await)
    }

    async fn piece(&mut self, next: Next) -> Result<Vec<u8>> {
        let Self { services, origin, current, index_id, which, .. } = self;
        let granted = authorize::<may::FetchVectors>(services, origin, current, *index_id).await?;
        let (bytes, next) = written(services, &granted, which.clone(), next).await?;
        self.next = next;
        Ok(bytes)
    }
}

/// Read and written in one hop: the writing is work as well.
async fn written(
    services: &Services,
    granted: &Granted<may::FetchVectors>,
    which: Which,
    Next { mut writer, after }: Next,
) -> Result<(Vec<u8>, Option<Next>)> {
    let index = at_hand(services, granted, &which.namespace)?;
    let seen = see(services, "export", index, move |engine, index| {
        let Which { namespace, prefix, filter } = &which;
        let read = |after: Option<&RecordId>, limit: usize| {
            engine.browse(index, namespace, prefix, filter.as_ref(), after, limit)
        };
        let page = bounded::page(RECORDS_PER_PIECE, after.clone(), read)?;
        // One that is gone reads like one that is at its end. The default one is always there, if without records.
        let may_be_missing = namespace.as_str().is_empty() && after.is_none();
        if !may_be_missing && !is_there(engine, index, namespace)? {
            let name = namespace.to_string();
            return Err(conifer_engine::Error::NotFound { what: Thing::Namespace, name });
        }
        let mut bytes = Vec::new();
        let mut write = || -> Result<()> {
            if after.is_none() {
                writer.begin(&mut bytes)?;
            }
            writer.write(&page.items, &mut bytes)?;
            if page.next.is_none() {
                writer.end(&mut bytes)?;
            }
            Ok(())
        };
        let done = write();
        Ok(done.map(|()| (bytes, page.next.map(|after| Next { writer, after: Some(after) }))))
    });
    match seen.await {
        Ok(seen) => seen.value,
        Err(Error::Missing { .. }) => Err(Problem::NotFound.into()),
        Err(error) => Err(error),
    }
}

fn is_there(
    engine: &dyn VectorEngine,
    index: &IndexName,
    namespace: &NamespaceName,
) -> conifer_engine::Result<bool> {
    let found = engine.namespaces(index, namespace.as_str(), None, 1)?.items;
    Ok(found.first().is_some_and(|found| found.name == *namespace))
}
