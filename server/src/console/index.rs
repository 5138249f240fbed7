//! The index that an address names, by its project and by itself.

use super::Console;
use conifer_domain::{Problem, ids::IndexId};

/// An id that is none is as unknown as one of nobody, and an index of another project is not there.
pub fn index_of(console: &Console, project: &str, index: &str) -> Result<IndexId, Problem> {
    let id = index.parse().map_err(|_| Problem::NotFound)?;
    let entry = console.services.directory().get(id).ok_or(Problem::NotFound)?;
    if entry.project_id.to_string() == project { Ok(id) } else { Err(Problem::NotFound) }
}
