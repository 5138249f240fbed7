//! What can be read. A read sees the state of the moment at which it begins.

use super::Index;
use crate::{
    error::{Error, Result, Thing},
    filter::Filter,
    invalid::{Invalid, check_length},
    limits,
    namespace::Namespace,
    records::{NamespaceName, Record, RecordId},
    search::{Answer, Explanation, Query, Search, Target, run_all},
};
use std::{ops::Bound, sync::Arc};

/// A piece of a list. `next` is what to ask for the following piece with, if there is more.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T, N> {
    pub items: Vec<T>,
    pub next: Option<N>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamespaceCount {
    pub name: NamespaceName,
    pub records: u64,
}

impl Index {
    /// The best matches, and how they were found. A missing namespace has none.
    pub fn query(&self, namespace: &NamespaceName, query: &Query) -> Result<Answer> {
        self.check_query(query)?;
        let Some(namespace) = self.namespace(namespace)? else { return no_matches(&query.target) };
        self.search(&namespace, query)?.run()
    }

    /// Answers several queries, each as if it were alone, but all of the same moment.
    pub fn query_all(&self, namespace: &NamespaceName, queries: &[Query]) -> Result<Vec<Answer>> {
        check_length("queries", "queries", (1, limits::QUERIES), queries.len())?;
        for (position, query) in queries.iter().enumerate() {
            self.check_query(query).map_err(|invalid| invalid.within(format!("queries[{position}]")))?;
        }
        let Some(namespace) = self.namespace(namespace)? else {
            return queries.iter().map(|query| no_matches(&query.target)).collect();
        };
        let searches: Result<_> = queries.iter().map(|query| self.search(&namespace, query)).collect();
        run_all(&namespace, searches?)
    }

    fn check_query(&self, query: &Query) -> Result<(), Invalid> {
        check_length("top_k", "matches", (1, limits::TOP_K), query.top_k)?;
        match &query.target {
            Target::Vector { values, sparse } => self.spec.check_query(values.as_ref(), sparse.as_ref()),
            Target::Id(_) => Ok(()),
        }
    }

    fn search<'a>(&self, namespace: &'a Namespace, query: &'a Query) -> Result<Search<'a>> {
        Search::new(self.spec.metric(), self.shared.settings.recall, namespace, query)
    }

    /// Those of these records that there are, in the order of the ids.
    pub fn fetch(&self, namespace: &NamespaceName, ids: &[RecordId]) -> Result<Vec<Arc<Record>>> {
        check_length("ids", "ids", (1, limits::FETCH_IDS), ids.len())?;
        let Some(namespace) = self.namespace(namespace)? else { return Ok(Vec::new()) };
        ids.iter().filter_map(|id| namespace.get(id.as_str()).transpose()).collect()
    }

    /// The records that match, in the order of their ids, after the given one.
    pub fn fetch_matching(
        &self,
        namespace: &NamespaceName,
        filter: &Filter,
        after: Option<&RecordId>,
        limit: usize,
    ) -> Result<Page<Arc<Record>, RecordId>> {
        check_limit(limit)?;
        super::write::check_selective(filter)?;
        self.browse(namespace, "", Some(filter), after, limit)
    }

    /// The records whose ids begin with `prefix`, those that match or all, in the order of their ids, after the given one.
    pub fn browse(
        &self,
        namespace: &NamespaceName,
        prefix: &str,
        filter: Option<&Filter>,
        after: Option<&RecordId>,
        limit: usize,
    ) -> Result<Page<Arc<Record>, RecordId>> {
        check_limit(limit)?;
        check_prefix(prefix)?;
        let Some(namespace) = self.namespace(namespace)? else {
            return Ok(paged(Vec::new(), limit, no_token));
        };
        let records = namespace.list(prefix, filter, &from(after), limit + 1)?;
        Ok(paged(records, limit, |record: &Arc<Record>| record.id.clone()))
    }

    /// The ids that begin with `prefix`, in byte order, after the given one.
    pub fn list_ids(
        &self,
        namespace: &NamespaceName,
        prefix: &str,
        after: Option<&RecordId>,
        limit: usize,
    ) -> Result<Page<RecordId, RecordId>> {
        check_limit(limit)?;
        check_prefix(prefix)?;
        let Some(namespace) = self.namespace(namespace)? else {
            return Ok(paged(Vec::new(), limit, no_token));
        };
        Ok(paged(namespace.list_ids(prefix, &from(after), limit + 1)?, limit, RecordId::clone))
    }

    /// How many records match; all, where nothing is asked. A missing namespace has none.
    pub fn count(&self, namespace: &NamespaceName, filter: Option<&Filter>) -> Result<u64> {
        let Some(namespace) = self.namespace(namespace)? else { return Ok(0) };
        filter.map_or_else(|| Ok(namespace.count()), |filter| namespace.count_matching(filter))
    }

    /// The namespaces whose names begin with `prefix`, in byte order, after the given one.
    pub fn namespaces(
        &self,
        prefix: &str,
        after: Option<&NamespaceName>,
        limit: usize,
    ) -> Result<Page<NamespaceCount, NamespaceName>> {
        check_limit(limit)?;
        self.check_exists()?;
        let state = self.state();
        let start = match after {
            Some(after) if after.as_str() >= prefix => Bound::Excluded(after.as_str()),
            _ => Bound::Included(prefix),
        };
        let counts = state
            .namespaces
            .range::<str, _>((start, Bound::Unbounded))
            .take_while(|(name, _)| name.as_str().starts_with(prefix))
            .map(|(name, namespace)| NamespaceCount { name: name.clone(), records: namespace.count() });
        let counts = counts.take(limit + 1).collect();
        Ok(paged(counts, limit, |count: &NamespaceCount| count.name.clone()))
    }

    pub(super) fn namespace(&self, name: &NamespaceName) -> Result<Option<Arc<Namespace>>> {
        self.check_exists()?;
        Ok(self.state.load().get(name).cloned())
    }
}

fn no_matches(target: &Target) -> Result<Answer> {
    match target {
        Target::Id(id) => Err(Error::NotFound { what: Thing::Record, name: id.to_string() }),
        Target::Vector { .. } => Ok(Answer { matches: Vec::new(), explanation: Explanation::nothing() }),
    }
}

fn check_prefix(prefix: &str) -> Result<()> {
    Ok(check_length("prefix", "bytes", (0, limits::ID_BYTES), prefix.len())?)
}

fn check_limit(limit: usize) -> Result<()> {
    Ok(check_length("limit", "items", (1, limits::PAGE), limit)?)
}

/// The least id that comes after this one: no id has a NUL.
fn from(after: Option<&RecordId>) -> String {
    after.map(|after| format!("{after}\0")).unwrap_or_default()
}

fn no_token<T, N>(_: &T) -> N {
    unreachable!("an empty page has no last item")
}

/// A page of at most `limit` items, of which one more was looked for.
fn paged<T, N>(mut items: Vec<T>, limit: usize, token: impl Fn(&T) -> N) -> Page<T, N> {
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(token);
    Page { items, next }
}
