//! What the pages of records ask the server for and tell it to do.

use crate::Failure;
#[cfg(feature = "ssr")]
use crate::{indexes::Addressed, server};
#[cfg(feature = "ssr")]
use conifer_domain::{
    Field, Problem, Rule,
    namespaces::DEFAULT_NAMESPACE,
    notices::Notice,
    permissions::may,
    records::{Metadata, Sparse},
};
use conifer_domain::{
    lint::Lint,
    namespaces::Namespace,
    records::{Browse, Browsed, Record},
};
#[cfg(feature = "ssr")]
use conifer_services::{indexes, namespaces, records::console};
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

#[server(prefix = "/fn", endpoint = "records/browse")]
pub async fn browse_records(id: String, #[server(default)] query: Browse) -> Result<Browsed, Failure> {
    let services = server::services()?;
    let granted = server::granted::<may::FetchVectors>(&services, &id).await?;
    Ok(console::browse(&services, &granted, &query).await?)
}

#[server(prefix = "/fn", endpoint = "records/lint")]
pub async fn lint_records(id: String, #[server(default)] namespace: String) -> Result<Lint, Failure> {
    let services = server::services()?;
    let granted = server::granted::<may::FetchVectors>(&services, &id).await?;
    Ok(console::lint(&services, &granted, &namespace).await?)
}

/// None while no id is given.
#[server(prefix = "/fn", endpoint = "records/get")]
pub async fn fetch_record(
    id: String,
    #[server(default)] namespace: String,
    record_id: String,
) -> Result<Option<Record>, Failure> {
    let services = server::services()?;
    let granted = server::granted::<may::FetchVectors>(&services, &id).await?;
    if record_id.is_empty() {
        return Ok(None);
    }
    Ok(Some(console::one(&services, &granted, &namespace, &record_id).await?))
}

/// Puts in what was pasted: one record, a list of them, or one a line.
#[server(prefix = "/fn", endpoint = "records/add")]
pub async fn add_records(
    id: String,
    #[server(default)] namespace: String,
    records: String,
) -> Result<(), Failure> {
    let services = server::services()?;
    let granted = server::granted::<may::UpsertVectors>(&services, &id).await?;
    let records = console::parse_many(&records)?;
    if records.is_empty() {
        return Err(Problem::invalid(Field::Records, Rule::Required).into());
    }
    console::add(&services, &granted, &namespace, records).await?;
    server::done(&browse_address(&services, &id, &namespace).await?, Notice::RecordsSaved);
    Ok(())
}

/// Replaces a record by what its form holds.
#[server(prefix = "/fn", endpoint = "records/save")]
pub async fn save_record(
    id: String,
    #[server(default)] namespace: String,
    record_id: String,
    #[server(default)] values: String,
    #[server(default)] sparse_values: String,
    #[server(default)] metadata: String,
) -> Result<(), Failure> {
    let services = server::services()?;
    let granted = server::granted::<may::UpsertVectors>(&services, &id).await?;
    let record = Record {
        id: record_id,
        values: typed::<Vec<f32>>(Field::Values, &values)?,
        sparse: typed::<Sparse>(Field::SparseValues, &sparse_values)?,
        metadata: typed::<Metadata>(Field::Metadata, &metadata)?.unwrap_or_default(),
    };
    let record_id = record.id.clone();
    console::replace(&services, &granted, &namespace, record).await?;
    let index = server::granted::<may::ViewIndex>(&services, &id).await?;
    let index = indexes::describe(&services, &index).await?;
    let address = record_address(&index.address().page("record"), &namespace, &record_id);
    server::done(&address, Notice::RecordsSaved);
    Ok(())
}

#[cfg(feature = "ssr")]
fn typed<T: serde::de::DeserializeOwned>(field: Field, text: &str) -> Result<Option<T>, Problem> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let not_json = |error: serde_json::Error| {
        Problem::invalid(field, Rule::NotJson { line: error.line(), column: error.column() })
    };
    serde_json::from_str(text).map(Some).map_err(not_json)
}

#[server(prefix = "/fn", endpoint = "records/delete")]
pub async fn delete_records(
    id: String,
    #[server(default)] namespace: String,
    #[server(default)] ids: Vec<String>,
) -> Result<(), Failure> {
    let services = server::services()?;
    let granted = server::granted::<may::DeleteAVector>(&services, &id).await?;
    if ids.is_empty() {
        return Err(Problem::invalid(Field::Records, Rule::Required).into());
    }
    console::delete(&services, &granted, &namespace, &ids).await?;
    server::done(&browse_address(&services, &id, &namespace).await?, Notice::RecordsDeleted);
    Ok(())
}

#[cfg(feature = "ssr")]
async fn browse_address(
    services: &conifer_services::Services,
    id: &str,
    namespace: &str,
) -> Result<String, Failure> {
    let granted = server::granted::<may::ViewIndex>(services, id).await?;
    let index = indexes::describe(services, &granted).await?;
    Ok(with_namespace(&index.address().page("records"), namespace))
}

/// All namespaces of an index, as far as a page can show.
#[server(prefix = "/fn", endpoint = "namespaces/list")]
pub async fn list_namespaces(id: String) -> Result<Vec<Namespace>, Failure> {
    let services = server::services()?;
    let granted = server::granted::<may::GetIndexStats>(&services, &id).await?;
    Ok(namespaces::list(&services, &granted, String::new(), None, NAMESPACES_SHOWN_MAX).await?.items)
}

#[cfg(feature = "ssr")]
const NAMESPACES_SHOWN_MAX: usize = 1_000;

#[server(prefix = "/fn", endpoint = "namespaces/create")]
pub async fn create_namespace(id: String, namespace: String) -> Result<(), Failure> {
    use conifer_services::Error;

    let services = server::services()?;
    let granted = server::granted::<may::CreateNamespaces>(&services, &id).await?;
    let name = namespaces::parse(namespace.trim()).map_err(Error::from)?;
    if name.as_str().is_empty() {
        return Err(Problem::invalid(Field::Namespace, Rule::Required).into());
    }
    namespaces::create(&services, &granted, name).await.map_err(|error| match error {
        Error::Exists { .. } => Failure(Problem::invalid(Field::Namespace, Rule::Taken)),
        error => error.into(),
    })?;
    server::done(&namespaces_address(&services, &id).await?, Notice::NamespaceCreated);
    Ok(())
}

#[server(prefix = "/fn", endpoint = "namespaces/delete")]
pub async fn delete_namespace(id: String, namespace: String, confirm: String) -> Result<(), Failure> {
    let services = server::services()?;
    let granted = server::granted::<may::DeleteNamespaces>(&services, &id).await?;
    let name = namespaces::parse(&namespace).map_err(conifer_services::Error::from)?;
    let shown = if name.as_str().is_empty() { DEFAULT_NAMESPACE } else { name.as_str() };
    if confirm.trim() != shown {
        return Err(Problem::invalid(Field::TypedName, Rule::Mismatch).into());
    }
    namespaces::delete(&services, &granted, name).await?;
    server::done(&namespaces_address(&services, &id).await?, Notice::NamespaceDeleted);
    Ok(())
}

#[cfg(feature = "ssr")]
async fn namespaces_address(services: &conifer_services::Services, id: &str) -> Result<String, Failure> {
    let granted = server::granted::<may::ViewIndex>(services, id).await?;
    Ok(indexes::describe(services, &granted).await?.address().page("namespaces"))
}

/// An address with what stands after its question mark.
pub fn with_namespace(path: &str, namespace: &str) -> String {
    address(path, &[("namespace", namespace)])
}

pub fn record_address(path: &str, namespace: &str, id: &str) -> String {
    address(path, &[("namespace", namespace), ("id", id)])
}

pub fn address(path: &str, parameters: &[(&str, &str)]) -> String {
    let said = parameters.iter().filter(|(_, value)| !value.is_empty());
    let query: ParamsMap = said.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    format!("{path}{}", query.to_query_string())
}
