//! Writing down what was counted: added to what other servers wrote.

use super::tally::Tallies;
use crate::{Result, db::Tx};
use conifer_domain::ids::{ApiKeyId, ProjectId};

pub(crate) async fn write(
    tx: &mut Tx,
    project_id: ProjectId,
    key_id: ApiKeyId,
    tallies: &Tallies,
) -> Result<()> {
    let (project, key) = (project_id.to_string(), key_id.to_string());
    for ((index, hour), tally) in tallies {
        let index = index.map_or_else(String::new, |id| id.to_string());
        let figures = tally.figures;
        let mut add = sqlx::query(
            "INSERT INTO usage_hours (project_id, hour, index_id, key_id, requests, errors, read_units, write_units, records, bytes)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             ON CONFLICT (project_id, hour, index_id, key_id) DO UPDATE SET
                 requests = usage_hours.requests + $5, errors = usage_hours.errors + $6,
                 read_units = usage_hours.read_units + $7, write_units = usage_hours.write_units + $8,
                 records = usage_hours.records + $9, bytes = usage_hours.bytes + $10",
        )
        .bind(project.clone())
        .bind(*hour)
        .bind(index.clone())
        .bind(key.clone());
        for count in [
            figures.requests,
            figures.errors,
            figures.read_units,
            figures.write_units,
            figures.records,
            figures.bytes,
        ] {
            add = add.bind(i64::try_from(count).unwrap_or(i64::MAX));
        }
        add.execute(&mut *tx).await?;
        for (range, requests) in &tally.latencies {
            sqlx::query(
                "INSERT INTO usage_latencies (project_id, hour, index_id, key_id, bucket, requests)
                 VALUES ($1, $2, $3, $4, $5, $6)
                 ON CONFLICT (project_id, hour, index_id, key_id, bucket) DO UPDATE SET
                     requests = usage_latencies.requests + $6",
            )
            .bind(project.clone())
            .bind(*hour)
            .bind(index.clone())
            .bind(key.clone())
            .bind(i64::from(*range))
            .bind(i64::try_from(*requests).unwrap_or(i64::MAX))
            .execute(&mut *tx)
            .await?;
        }
    }
    Ok(())
}
