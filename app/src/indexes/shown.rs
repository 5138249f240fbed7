//! What the pages of indexes ask the server for.

use crate::{
    Failure,
    loaded::{Loaded, load},
};
#[cfg(feature = "ssr")]
use crate::{list::part_of, server};
#[cfg(feature = "ssr")]
use conifer_domain::{Problem, permissions::may};
use conifer_domain::{
    indexes::Index,
    paging::{Page, Paging},
    permissions::Role,
};
#[cfg(feature = "ssr")]
use conifer_services::{authorize::authorize, indexes};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// An index as its pages show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShownIndex {
    pub index: Index,
    /// Where programs reach it.
    pub host: String,
    /// Where programs make and describe indexes.
    pub api: String,
    /// None when it cannot be asked here.
    pub held: Option<Held>,
    /// What the reader is to it.
    pub access: Role,
}

/// How much an index holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    pub records: u64,
    pub namespaces: u64,
    pub disk_bytes: u64,
    pub memory_bytes: u64,
    pub segments: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndexList {
    pub project_id: String,
    pub project_name: String,
    pub access: Role,
    pub page: Page<ShownIndex>,
}

/// Which indexes of a project, in which order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct IndexQuery {
    #[serde(default)]
    pub search: String,
    #[serde(default)]
    pub sort: IndexSort,
    #[serde(default)]
    pub paging: Paging,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IndexSort {
    #[default]
    Name,
    Newest,
    Records,
    Size,
}

impl IndexSort {
    pub const ALL: [Self; 4] = [Self::Name, Self::Newest, Self::Records, Self::Size];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Newest => "newest",
            Self::Records => "records",
            Self::Size => "size",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "Name, A to Z",
            Self::Newest => "Newest first",
            Self::Records => "Most records first",
            Self::Size => "Largest first",
        }
    }

    #[cfg(feature = "ssr")]
    fn apply(self, items: &mut [ShownIndex]) {
        use std::cmp::Reverse;
        let held = |shown: &ShownIndex, of: fn(Held) -> u64| shown.held.map(of);
        match self {
            Self::Name => {}
            Self::Newest => items.sort_by_key(|shown| Reverse(shown.index.created_at_ms)),
            Self::Records => items.sort_by_key(|shown| Reverse(held(shown, |held| held.records))),
            Self::Size => items.sort_by_key(|shown| Reverse(held(shown, |held| held.disk_bytes))),
        }
    }
}

impl FromStr for IndexSort {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == text).ok_or(())
    }
}

#[server(prefix = "/fn", endpoint = "indexes/list")]
pub async fn list_indexes(id: String, #[server(default)] query: IndexQuery) -> Result<IndexList, Failure> {
    let services = server::services()?;
    let reached = server::reached()?;
    let granted = server::granted::<may::ViewIndexes>(&services, &id).await?;
    let access = granted.role();
    let project_name =
        conifer_services::projects::get(&services, &server::granted(&services, &id).await?).await?.name;
    let found = indexes::measure_all(&services, &granted).await?;
    let wanted = query.search.trim().to_lowercase();
    let mut items: Vec<_> = found
        .into_iter()
        .filter(|(entry, _)| entry.name.contains(&wanted))
        .map(|(entry, stats)| shown(&entry, stats, access, &reached))
        .collect();
    query.sort.apply(&mut items);
    let page = part_of(items, &query.paging, |shown| shown.index.name.clone());
    Ok(IndexList { project_id: id, project_name, access, page })
}

/// The index at an address: one of another project is not there.
#[server(prefix = "/fn", endpoint = "indexes/get")]
pub async fn fetch_index(project_id: String, id: String) -> Result<ShownIndex, Failure> {
    let (current, origin) = server::signed_in()?;
    let services = server::services()?;
    let granted = authorize::<may::ViewIndex>(&services, &origin, &current, server::id(&id)?).await?;
    let entry = indexes::describe(&services, &granted).await?;
    if entry.project_id.to_string() != project_id {
        return Err(Problem::NotFound.into());
    }
    let held = indexes::measure(&services, &granted).await.ok();
    Ok(shown(&entry, held, granted.role(), &server::reached()?))
}

#[cfg(feature = "ssr")]
fn shown(
    index: &Index,
    stats: Option<indexes::IndexStats>,
    access: Role,
    reached: &server::Reached,
) -> ShownIndex {
    let held = stats.map(|stats| Held {
        records: stats.records,
        namespaces: stats.namespaces,
        disk_bytes: stats.disk_bytes,
        memory_bytes: stats.memory_bytes,
        segments: stats.segments,
    });
    let (host, api) = (reached.host_of(index), reached.api.url());
    ShownIndex { index: index.clone(), host, api, held, access }
}

/// The index that the page is about.
pub fn load_index() -> Loaded<ShownIndex> {
    let ids = super::address::use_ids();
    load(move || {
        let (project_id, id) = ids.get();
        FetchIndex { project_id, id }
    })
}
