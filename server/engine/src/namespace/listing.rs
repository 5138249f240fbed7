//! Records in the order of their ids, from any id on.

use super::{Namespace, View};
use crate::{
    error::Result,
    filter::Filter,
    records::{Record, RecordId},
    segment::RowSet,
};
use std::sync::Arc;

/// One place that has records, and its next one.
trait Source {
    /// Its id, if there is one.
    fn peek(&self) -> Result<Option<&str>>;
    fn record(&self) -> Result<Arc<Record>>;
    fn advance(&mut self);
}

impl Namespace {
    /// The first `limit` ids that begin with `prefix` and are not less than `from`.
    pub fn list_ids(&self, prefix: &str, from: &str, limit: usize) -> Result<Vec<RecordId>> {
        let mut ids = Vec::new();
        self.merge(None, from.max(prefix), |source| {
            let Some(id) = source.peek()?.filter(|id| id.starts_with(prefix)) else { return Ok(false) };
            ids.push(RecordId::new(id)?);
            Ok(ids.len() < limit)
        })?;
        Ok(ids)
    }

    /// The same as records, of those that match a filter.
    pub fn list(
        &self,
        prefix: &str,
        filter: Option<&Filter>,
        from: &str,
        limit: usize,
    ) -> Result<Vec<Arc<Record>>> {
        let mut records = Vec::new();
        self.merge(filter, from.max(prefix), |source| {
            if source.peek()?.is_none_or(|id| !id.starts_with(prefix)) {
                return Ok(false);
            }
            records.push(source.record()?);
            Ok(records.len() < limit)
        })?;
        Ok(records)
    }

    /// Visits records in the order of their ids while `visit` wants more.
    fn merge(
        &self,
        filter: Option<&Filter>,
        from: &str,
        mut visit: impl FnMut(&dyn Source) -> Result<bool>,
    ) -> Result<()> {
        let mut sources: Vec<Box<dyn Source + '_>> = Vec::new();
        for table in self.tables() {
            let wanted = move |record: &&Arc<Record>| filter.is_none_or(|f| f.matches(&record.metadata));
            let mut records = table.iter_from(from).filter(wanted);
            sources.push(Box::new(InTable { next: records.next(), records }));
        }
        for view in &self.parts {
            let rows = view.matching(filter)?;
            let next = rows.next(view.part.first_from(from)?);
            sources.push(Box::new(InPart { view, rows, next }));
        }
        while let Some(source) = first(&mut sources)? {
            if !visit(&**source)? {
                break;
            }
            source.advance();
        }
        Ok(())
    }
}

fn first<'a, 'b>(sources: &'a mut [Box<dyn Source + 'b>]) -> Result<Option<&'a mut Box<dyn Source + 'b>>> {
    let mut first: Option<(usize, &str)> = None;
    for (position, source) in sources.iter().enumerate() {
        if let Some(id) = source.peek()?
            && first.is_none_or(|(_, best)| id < best)
        {
            first = Some((position, id));
        }
    }
    let position = first.map(|(position, _)| position);
    Ok(position.map(|position| &mut sources[position]))
}

struct InTable<'a, I> {
    next: Option<&'a Arc<Record>>,
    records: I,
}

impl<'a, I: Iterator<Item = &'a Arc<Record>>> Source for InTable<'a, I> {
    fn peek(&self) -> Result<Option<&str>> {
        Ok(self.next.map(|record| record.id.as_str()))
    }

    fn record(&self) -> Result<Arc<Record>> {
        Ok(self.next.map(Arc::clone).unwrap_or_else(|| unreachable!("only asked after an id was seen")))
    }

    fn advance(&mut self) {
        self.next = self.records.next();
    }
}

struct InPart<'a> {
    view: &'a View,
    rows: Arc<RowSet>,
    next: Option<u32>,
}

impl InPart<'_> {
    fn row(&self) -> u32 {
        self.next.unwrap_or_else(|| unreachable!("only asked after an id was seen"))
    }
}

impl Source for InPart<'_> {
    fn peek(&self) -> Result<Option<&str>> {
        self.next.map(|row| self.view.part.id(row)).transpose()
    }

    fn record(&self) -> Result<Arc<Record>> {
        self.view.part.record(self.row()).map(Arc::new)
    }

    fn advance(&mut self) {
        self.next = self.rows.next(self.row() + 1);
    }
}
