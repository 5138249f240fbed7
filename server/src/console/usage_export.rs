//! Usage as a file: a line for each hour or day, index and key.

use super::{Console, answers, download};
use axum::{
    Extension, Router,
    extract::{
        Path, Query, State,
        rejection::{PathRejection, QueryRejection},
    },
    http::HeaderMap,
    response::Response,
    routing::get,
};
use conifer_app::{Failure, server::Visitor};
use conifer_domain::{Problem, limits::SECOND_MS, permissions::may, usage::UsageQuery};
use conifer_services::{
    authorize::{Granted, Right, authorize},
    usage::{self, Export, Figures, Row},
};
use futures_util::{StreamExt as _, stream};
use serde::Deserialize;
use std::fmt::Write;
use time::OffsetDateTime;

const HEAD: &str = "begin,project_id,index_id,key_id,requests,errors,read_units,write_units,records_written,bytes_received\n";

/// As the address of the page has it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    days: String,
    index: String,
    key: String,
}

type Id = Result<Path<String>, PathRejection>;
type Search = Result<Query<Asked>, QueryRejection>;

pub fn routes() -> Router<Console> {
    Router::new()
        .route("/projects/{project_id}/usage/export", get(of_project))
        .route("/organizations/{organization_id}/usage/export", get(of_organization))
}

async fn of_project(
    State(console): State<Console>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    id: Id,
    search: Search,
) -> Response {
    let export = async {
        let (granted, query) =
            begin::<may::ViewProjectUsage>(&console, visitor, &headers, id, search).await?;
        Ok(usage::export_project(&console.services, &granted, query).await)
    };
    answer(export.await).await
}

async fn of_organization(
    State(console): State<Console>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    id: Id,
    search: Search,
) -> Response {
    let export = async {
        let (granted, query) = begin::<may::ViewUsage>(&console, visitor, &headers, id, search).await?;
        Ok(usage::export_organization(&console.services, &granted, query).await)
    };
    answer(export.await).await
}

async fn begin<P>(
    console: &Console,
    visitor: Visitor,
    headers: &HeaderMap,
    id: Id,
    search: Search,
) -> Result<(Granted<P>, UsageQuery), Failure>
where
    P: Right,
    P::Of: std::str::FromStr,
{
    if download::is_from_elsewhere(headers) {
        return Err(Problem::Forbidden.into());
    }
    let current = visitor.current.ok_or(Problem::SignedOut)?;
    // An id that is none is as unknown as one of nobody.
    let id = id.ok().and_then(|Path(id)| id.parse().ok()).ok_or(Problem::NotFound)?;
    let granted = authorize::<P>(&console.services, &visitor.origin, &current, id).await?;
    let Query(Asked { days, index, key }) = search.map_err(|_| Problem::BadRequest)?;
    Ok((granted, UsageQuery::read(&days, &index, &key)?))
}

async fn answer(export: Result<Export, Failure>) -> Response {
    let file = async {
        let name = format!("conifer-usage-{}.csv", OffsetDateTime::now_utc().date());
        let lines = stream::unfold(export?, async |mut export| Some((lines(export.next().await?), export)));
        let pieces = stream::once(async { Ok(HEAD.to_owned()) }).chain(lines);
        download::file(&name, "text/csv; charset=utf-8", pieces).await
    };
    file.await.unwrap_or_else(|Failure(problem)| answers::refuse(problem))
}

fn lines(rows: conifer_services::Result<Vec<Row>>) -> conifer_services::Result<String> {
    Ok(rows?.iter().fold(String::new(), |mut text, row| {
        write_line(&mut text, row);
        text
    }))
}

fn write_line(text: &mut String, row: &Row) {
    let Row { at_ms, project_id, index_id, key_id, figures } = row;
    let Figures { requests, errors, read_units, write_units, records, bytes } = figures;
    let at = OffsetDateTime::from_unix_timestamp(at_ms / SECOND_MS).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let begin = format!("{}T{:02}:00:00Z", at.date(), at.hour());
    _ = writeln!(
        text,
        "{begin},{project_id},{index_id},{key_id},{requests},{errors},{read_units},{write_units},{records},{bytes}"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_what_its_head_names() {
        let figures = Figures { requests: 3, errors: 1, bytes: 70, ..Figures::default() };
        let (project_id, key_id) = ("p".to_owned(), "k".to_owned());
        let row = Row { at_ms: 1_790_002_800_000, project_id, index_id: String::new(), key_id, figures };
        let mut text = String::new();
        write_line(&mut text, &row);
        assert_eq!(text, "2026-09-21T15:00:00Z,p,,k,3,1,0,0,0,70\n");
        assert_eq!(text.split(',').count(), HEAD.split(',').count());
    }
}
