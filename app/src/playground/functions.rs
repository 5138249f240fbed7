//! What the playground asks the server for.

use crate::Failure;
#[cfg(feature = "ssr")]
use crate::indexes::Addressed;
#[cfg(feature = "ssr")]
use crate::server;
#[cfg(feature = "ssr")]
use conifer_domain::{Problem, ids::IndexId, notices::Notice, permissions::may, playground::NewQuery};
use conifer_domain::{
    playground::{MetadataKey, SavedQuery, TestedQuery},
    records::{Found, Match, Picture, Search},
};
#[cfg(feature = "ssr")]
use conifer_services::{Services, indexes, playground, records::console};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// None while nothing is looked for.
#[server(prefix = "/fn", endpoint = "playground/search")]
pub async fn search_records(id: String, #[server(default)] query: Search) -> Result<Option<Found>, Failure> {
    let services = server::services()?;
    let granted = server::granted::<may::QueryVectors>(&services, &id).await?;
    if !query.is_asked() {
        return Ok(None);
    }
    let found = console::search(&services, &granted, &query).await?;
    if let Err(error) = playground::note(&services, &granted, &query) {
        tracing::warn!(%error, "a query is not remembered");
    }
    Ok(Some(found))
}

/// Where these records lie, among others of their namespace, in two dimensions.
#[server(prefix = "/fn", endpoint = "playground/picture")]
pub async fn picture_records(
    id: String,
    #[server(default)] namespace: String,
    #[server(default)] ids: Vec<String>,
) -> Result<Picture, Failure> {
    let services = server::services()?;
    let granted = server::granted::<may::FetchVectors>(&services, &id).await?;
    Ok(console::picture(&services, &granted, &namespace, &ids).await?)
}

/// The records most like one.
#[server(prefix = "/fn", endpoint = "playground/neighbours")]
pub async fn neighbours(
    id: String,
    #[server(default)] namespace: String,
    record_id: String,
) -> Result<Vec<Match>, Failure> {
    let services = server::services()?;
    let granted = server::granted::<may::QueryVectors>(&services, &id).await?;
    Ok(console::neighbours(&services, &granted, &namespace, &record_id).await?)
}

/// The keys and values that filters of a namespace can be made of.
#[server(prefix = "/fn", endpoint = "playground/keys")]
pub async fn metadata_keys(
    id: String,
    #[server(default)] namespace: String,
) -> Result<Vec<MetadataKey>, Failure> {
    let services = server::services()?;
    let granted = server::granted::<may::FetchVectors>(&services, &id).await?;
    Ok(playground::metadata_keys(&services, &granted, &namespace).await?)
}

/// What is kept of an index's queries.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Queries {
    pub saved: Vec<SavedQuery>,
    /// The last ones of who asks.
    pub recent: Vec<Search>,
    /// What came of the tests, if they were to be run.
    pub tested: Vec<TestedQuery>,
}

#[server(prefix = "/fn", endpoint = "playground/queries")]
pub async fn list_queries(id: String, #[server(default)] run: bool) -> Result<Queries, Failure> {
    let services = server::services()?;
    let granted = server::granted::<may::QueryVectors>(&services, &id).await?;
    let tested = if run { playground::run_tests(&services, &granted).await? } else { Vec::new() };
    let saved = playground::list(&services, &granted).await?;
    Ok(Queries { saved, recent: playground::recent(&services, &granted).await?, tested })
}

/// Keeps a query under a name, or changes the one that is named by its id.
#[server(prefix = "/fn", endpoint = "playground/save")]
pub async fn save_query(
    id: String,
    #[server(default)] query_id: String,
    name: String,
    #[server(default)] query: Search,
    #[server(default)] expected: String,
) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let services = server::services()?;
    let index: IndexId = server::id(&id)?;
    server::granted::<may::SaveQueries>(&services, &id).await?;
    let new = NewQuery::parse(&name, query, &expected)?;
    let notice = if query_id.is_empty() {
        playground::save(&services, &origin, &current, index, new).await?;
        Notice::QuerySaved
    } else {
        playground::change(&services, &origin, &current, index, server::id(&query_id)?, new).await?;
        Notice::QueryChanged
    };
    server::done(&queries_address(&services, &id).await?, notice);
    Ok(())
}

#[server(prefix = "/fn", endpoint = "playground/forget")]
pub async fn delete_query(id: String, query_id: String) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let services = server::services()?;
    server::granted::<may::SaveQueries>(&services, &id).await?;
    let deleted =
        playground::delete(&services, &origin, &current, server::id(&id)?, server::id(&query_id)?).await;
    // What somebody else deleted meanwhile is gone as well.
    deleted.or_else(|error| if error.problem() == Problem::NotFound { Ok(()) } else { Err(error) })?;
    server::done(&queries_address(&services, &id).await?, Notice::QueryDeleted);
    Ok(())
}

#[cfg(feature = "ssr")]
async fn queries_address(services: &Services, id: &str) -> Result<String, Failure> {
    let granted = server::granted::<may::ViewIndex>(services, id).await?;
    Ok(indexes::describe(services, &granted).await?.address().page("playground/queries"))
}

/// Two answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answers {
    pub left: Found,
    pub right: Found,
}

/// None while one of them asks nothing. The other query is of the same index unless another is named.
#[server(prefix = "/fn", endpoint = "playground/compare")]
pub async fn compare_queries(
    id: String,
    #[server(default)] query: Search,
    #[server(default)] other_id: String,
    #[server(default)] other: Search,
) -> Result<Option<Answers>, Failure> {
    let services = server::services()?;
    let left = server::granted::<may::QueryVectors>(&services, &id).await?;
    let other_id = if other_id.is_empty() { id } else { other_id };
    let right = server::granted::<may::QueryVectors>(&services, &other_id).await?;
    if !query.is_asked() || !other.is_asked() {
        return Ok(None);
    }
    let left = console::search(&services, &left, &query).await?;
    Ok(Some(Answers { left, right: console::search(&services, &right, &other).await? }))
}
