//! The playground: what a query finds, beside what looking at every record finds.

use super::{
    super::{at_hand, read::see},
    read::{self, Unread},
    shown::{self, microseconds},
};
use crate::{Error, Result, Services, authorize::Granted, directory::Entry};
use conifer_domain::{
    Field, Problem,
    permissions::may,
    records::{self, By, Expected, Found, Search, TOP_K, TOP_K_SHOWN_MAX, recall},
};
use conifer_engine::{
    Filter, IndexName, Invalid, Match, NamespaceName, Query, RecordId, Rule, SparseValues, Target,
    VectorEngine, filter, limits,
};
use rand::Rng;
use std::time::Instant;

/// Of one record, in a graph of them.
const NEIGHBOURS: usize = 7;

/// What is wrong with the question is told in the answer.
pub async fn search(
    services: &Services,
    granted: &Granted<may::QueryVectors>,
    asked: &Search,
) -> Result<Found> {
    let entry = super::super::entry(services, granted)?;
    let question = match Question::read(&entry, asked) {
        Ok(question) => question,
        Err(unread) => return Ok(refused(unread.sentence())),
    };
    let index = at_hand(services, granted, &question.namespace)?;
    let seen = see(services, "query", index, move |engine, index| question.answer(engine, index)).await;
    match seen {
        Ok(seen) => Ok(seen.value),
        Err(Error::Invalid(invalid)) => Ok(refused(format!("{invalid}."))),
        Err(Error::Missing { name, .. }) => Ok(refused(format!("There is no record {name:?} here."))),
        Err(error) => Err(error),
    }
}

/// The ids that programs would get, and how long the engine took; or what is wrong with the question.
pub async fn quick(
    services: &Services,
    granted: &Granted<may::QueryVectors>,
    asked: &Search,
) -> Result<Result<(Vec<String>, u64), String>> {
    let entry = super::super::entry(services, granted)?;
    let Question { namespace, query, .. } = match Question::read(&entry, asked) {
        Ok(question) => question,
        Err(unread) => return Ok(Err(unread.sentence())),
    };
    let query = Query { include_metadata: false, ..query };
    match super::super::query(services, granted, namespace, query).await {
        Ok(seen) => {
            let ids = seen.value.matches.iter().map(|found| found.id.to_string()).collect();
            Ok(Ok((ids, microseconds(seen.value.explanation.took.total()))))
        }
        Err(Error::Invalid(invalid)) => Ok(Err(format!("{invalid}."))),
        Err(Error::Missing { name, .. }) => Ok(Err(format!("There is no record {name:?} here."))),
        Err(error) => Err(error),
    }
}

/// The records most like one of these, without itself. `NotFound` when it is not there.
pub async fn neighbours(
    services: &Services,
    granted: &Granted<may::QueryVectors>,
    namespace: &str,
    record: &str,
) -> Result<Vec<records::Match>> {
    let namespace = read::namespace(namespace).map_err(|_| Problem::NotFound)?;
    // Nobody typed it: blanks around it are its own.
    let record = read::id(record).map_err(|_| Problem::NotFound)?;
    let query = Query {
        target: Target::Id(record.clone()),
        top_k: NEIGHBOURS + 1,
        filter: None,
        exact: false,
        include_values: false,
        include_metadata: true,
    };
    match super::super::query(services, granted, namespace, query).await {
        Ok(seen) => {
            let mut found: Vec<_> = seen.value.matches.into_iter().map(shown::found).collect();
            found.retain(|found| found.id != record.as_str());
            found.truncate(NEIGHBOURS);
            Ok(found)
        }
        Err(Error::Missing { .. } | Error::Invalid(_)) => Err(Problem::NotFound.into()),
        Err(error) => Err(error),
    }
}

fn refused(sentence: String) -> Found {
    Found { refused: Some(sentence), ..Found::default() }
}

struct Question {
    namespace: NamespaceName,
    query: Query,
    filter_json: Option<serde_json::Value>,
    expected: Option<RecordId>,
}

impl Question {
    fn read(entry: &Entry, asked: &Search) -> Result<Self, Unread> {
        let filter_json = read::optional(Field::Filter, &asked.filter)?;
        let expected = Some(asked.expected.trim()).filter(|id| !id.is_empty());
        let query = Query {
            target: target(entry, asked)?,
            top_k: top_k(&asked.top_k)?,
            filter: read::filter_of(&asked.filter)?,
            exact: false,
            include_values: false,
            include_metadata: true,
        };
        Ok(Self {
            namespace: read::namespace(&asked.namespace)?,
            query,
            filter_json,
            expected: expected.map(read::id).transpose()?,
        })
    }

    fn answer(self, engine: &dyn VectorEngine, index: &IndexName) -> conifer_engine::Result<Found> {
        let began = Instant::now();
        let near = engine.query(index, &self.namespace, &self.query)?;
        let total = began.elapsed();
        let exactly = Query { exact: true, ..self.query.clone() };
        let exact = engine.query(index, &self.namespace, &exactly)?;
        let expected = match &self.expected {
            Some(id) => Some(self.expected(engine, index, id)?),
            None => None,
        };
        let shown = |matches: Vec<Match>| matches.into_iter().map(shown::found).collect::<Vec<_>>();
        let explanation = shown::explanation(&near.explanation, total);
        let exact_us = microseconds(exact.explanation.took.total());
        let (matches, exact) = (shown(near.matches), shown(exact.matches));
        let vector = match &self.query.target {
            Target::Vector { values, .. } => values.as_ref().map(|values| values.to_vec()),
            Target::Id(_) => None,
        };
        let recall = recall(&matches, &exact);
        Ok(Found { matches, exact, explanation, exact_us, recall, expected, vector, refused: None })
    }

    /// Why this record is among the results, or is not.
    fn expected(
        &self,
        engine: &dyn VectorEngine,
        index: &IndexName,
        id: &RecordId,
    ) -> conifer_engine::Result<Expected> {
        let records = engine.fetch(index, &self.namespace, std::slice::from_ref(id))?;
        let Some(record) = records.first() else { return Ok(Expected::Missing) };
        let clauses = self.failed_clauses(&record.metadata)?;
        if !clauses.is_empty() {
            return Ok(Expected::Excluded { clauses, metadata: record.metadata.to_json() });
        }
        let all = Query { exact: true, top_k: limits::TOP_K, include_metadata: false, ..self.query.clone() };
        let matches = engine.query(index, &self.namespace, &all)?.matches;
        let rank = matches.iter().position(|found| found.id == *id);
        let score = rank.map(|rank| matches[rank].score);
        Ok(Expected::Ranked { rank: rank.map(|rank| rank + 1), score, looked_at: matches.len() })
    }

    /// Each condition on the top of the filter by itself.
    fn failed_clauses(&self, metadata: &conifer_engine::Metadata) -> conifer_engine::Result<Vec<String>> {
        let clauses = self.filter_json.as_ref().and_then(|json| json.as_object());
        let mut failed = Vec::new();
        for (key, condition) in clauses.into_iter().flatten() {
            let clause = serde_json::json!({ key: condition });
            let test: Filter = filter::parse(&clause)?;
            if !test.matches(metadata) {
                failed.push(clause.to_string());
            }
        }
        Ok(failed)
    }
}

fn target(entry: &Entry, asked: &Search) -> Result<Target, Unread> {
    let dense = || read::json(Field::Values, &asked.vector).and_then(read::values);
    let sparse = || read::json(Field::SparseValues, &asked.sparse).and_then(|typed| read::sparse(&typed));
    Ok(match asked.by {
        By::Record => Target::Id(read::id(asked.record.trim())?),
        By::Vector => Target::Vector { values: Some(dense()?), sparse: None },
        By::Sparse => Target::Vector { values: None, sparse: Some(sparse()?) },
        By::Random => {
            let dimension = entry.vectors.dimension().unwrap_or(1) as usize;
            Target::Vector { values: Some(read::values(random(dimension))?), sparse: None }
        }
        By::Hybrid => {
            let share = asked.weight.trim().parse::<f32>().unwrap_or(50.0).clamp(0.0, 100.0) / 100.0;
            let values = dense()?.iter().map(|value| value * share).collect::<Vec<_>>();
            let weighed: Vec<f32> = sparse()?.values().iter().map(|value| value * (1.0 - share)).collect();
            let sparse = SparseValues::new(sparse()?.indices(), &weighed);
            let sparse = sparse.map_err(|invalid| Unread::Broken { field: Field::SparseValues, invalid })?;
            Target::Vector { values: Some(read::values(values)?), sparse: Some(sparse) }
        }
    })
}

/// A direction that nothing prefers.
fn random(dimension: usize) -> Vec<f32> {
    let mut random = rand::rng();
    // The sum of a few even numbers is as good as normal here.
    (0..dimension).map(|_| (0..4).map(|_| random.random_range(-1.0_f32..1.0)).sum()).collect()
}

fn top_k(text: &str) -> Result<usize, Unread> {
    let wanted = match text.trim() {
        "" => return Ok(TOP_K),
        text => text.parse().unwrap_or(0),
    };
    if (1..=TOP_K_SHOWN_MAX).contains(&wanted) {
        return Ok(wanted);
    }
    let rule = Rule::Length { unit: "results", min: 1, max: TOP_K_SHOWN_MAX, found: wanted };
    Err(Unread::Broken { field: Field::Records, invalid: Invalid::new("top_k", rule) })
}
