//! Where the pages of an index are.

use conifer_domain::ids::{IndexId, ProjectId};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::fmt;

/// Written as the address of the index's first page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexAddress {
    pub project: ProjectId,
    pub index: IndexId,
}

impl IndexAddress {
    pub fn page(self, name: &str) -> String {
        format!("{self}/{name}")
    }
}

impl fmt::Display for IndexAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", of_project(self.project), self.index)
    }
}

/// The list of a project's indexes.
pub fn of_project(project: ProjectId) -> String {
    format!("/projects/{project}/indexes")
}

/// The ids in the address of the page: of the project, and of the index. There may be no such thing.
pub fn use_ids() -> Memo<(String, String)> {
    let params = use_params_map();
    Memo::new(move |_| {
        params.with(|params| {
            let of = |name| params.get(name).unwrap_or_default();
            (of("project_id"), of("index_id"))
        })
    })
}
