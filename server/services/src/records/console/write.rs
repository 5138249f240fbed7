//! Adding, replacing and deleting records by forms.

use super::{
    super::{at_hand, read::see},
    read,
};
use crate::{Error, Result, Services, authorize::Granted};
use conifer_domain::{Field, Problem, permissions::may, records::Record};

/// One record, or several: a list, or one a line.
pub fn parse_many(text: &str) -> Result<Vec<Record>, Problem> {
    let text = text.trim();
    if text.starts_with('[') {
        return Ok(read::json(Field::Records, text)?);
    }
    let records = serde_json::Deserializer::from_str(text).into_iter::<Record>();
    records.map(|record| record.map_err(|error| not_a_record(&error))).collect()
}

fn not_a_record(error: &serde_json::Error) -> Problem {
    let (line, column) = (error.line(), error.column());
    Problem::invalid(Field::Records, conifer_domain::Rule::NotJson { line, column })
}

/// Puts these in, and tells how many they were. Records of the same id are replaced.
pub async fn add(
    services: &Services,
    granted: &Granted<may::UpsertVectors>,
    namespace: &str,
    records: Vec<Record>,
) -> Result<usize> {
    let namespace = read::namespace(namespace).map_err(Problem::from)?;
    let records: Result<Vec<_>, _> = records.into_iter().map(read::record).collect();
    let records = records.map_err(Problem::from)?;
    let count = records.len();
    super::super::upsert(services, granted, namespace, records).await.map_err(told)?;
    Ok(count)
}

/// Replaces a record that is there, as its form shows it.
pub async fn replace(
    services: &Services,
    granted: &Granted<may::UpsertVectors>,
    namespace: &str,
    record: Record,
) -> Result<()> {
    let kept = read::namespace(namespace).map_err(Problem::from)?;
    let index = at_hand(services, granted, &kept)?;
    let id = read::id(&record.id).map_err(Problem::from)?;
    let ids = [id];
    let found = see(services, "fetch", index, move |engine, index| engine.fetch(index, &kept, &ids)).await?;
    if found.value.is_empty() {
        return Err(Problem::NotFound.into());
    }
    add(services, granted, namespace, vec![record]).await.map(drop)
}

pub async fn delete(
    services: &Services,
    granted: &Granted<may::DeleteAVector>,
    namespace: &str,
    ids: &[String],
) -> Result<()> {
    let namespace = read::namespace(namespace).map_err(Problem::from)?;
    let ids: Result<Vec<_>, _> = ids.iter().map(|id| read::id(id)).collect();
    let ids = ids.map_err(Problem::from)?;
    super::super::delete(services, granted, namespace, ids).await.map_err(told).map(drop)
}

/// A rule of the engine, told at the input that broke it.
fn told(error: Error) -> Error {
    match error {
        Error::Invalid(invalid) => read::problem(invalid).into(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_alone_in_lines_and_in_lists() {
        let ids = |text: &str| {
            parse_many(text).map(|records| records.into_iter().map(|record| record.id).collect::<Vec<_>>())
        };
        assert_eq!(ids(r#"{"id": "a"}"#), Ok(vec!["a".into()]));
        assert_eq!(ids("{\"id\": \"a\"}\n{\"id\": \"b\"}\n"), Ok(vec!["a".into(), "b".into()]));
        assert_eq!(ids(r#"[{"id": "a"}, {"id": "b", "values": [1]}]"#), Ok(vec!["a".into(), "b".into()]));
        assert_eq!(ids(""), Ok(Vec::new()));
        let wrong = ids("{\"id\": \"a\"}\n{\"id\": 3}").expect_err("refused");
        assert!(wrong.to_string().starts_with("Records is not JSON: see line 2"), "{wrong}");
    }
}
