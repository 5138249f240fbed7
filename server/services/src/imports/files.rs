//! The files of an import: those under a place that end in `.parquet`, each in the namespace that its directory is called.

use super::sources::Place;
use crate::{Error, Result, namespaces};
use conifer_domain::uploads::{FileFormat, Ids, Mapping, Reading};
use conifer_engine::{Invalid, NamespaceName, Rule};
use futures_util::TryStreamExt as _;
use object_store::path::Path;
use serde::{Deserialize, Serialize};

const FILES_MAX: usize = 10_000;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct File {
    /// In the store.
    pub(super) path: String,
    /// As the program knows it.
    pub(super) name: String,
    pub(super) bytes: u64,
}

impl File {
    pub(super) fn namespace(&self) -> Result<NamespaceName, Invalid> {
        let directory = self.name.rsplit_once('/').map_or("", |(directory, _)| directory);
        namespaces::parse(directory).map_err(|invalid| invalid.within(&self.name))
    }

    /// How what programs import is read.
    pub(super) fn reading(&self) -> Reading {
        let namespace = self.namespace().map(|namespace| namespace.to_string()).unwrap_or_default();
        let mapping = Mapping::of_programs();
        Reading { format: FileFormat::Parquet, namespace, mapping, ids: Ids::InFile }
    }
}

/// In the order of their names.
pub(super) async fn list(place: &Place) -> Result<Vec<File>> {
    let mut files = Vec::new();
    let mut found = place.store.list(Some(&place.path));
    while let Some(object) = found.try_next().await.map_err(unreadable)? {
        let Some(name) = name_of(&object.location, &place.path) else { continue };
        files.push(File { path: object.location.to_string(), name, bytes: object.size });
        if files.len() > FILES_MAX {
            let rule = Rule::Length { unit: "files", min: 1, max: FILES_MAX, found: files.len() };
            return Err(Invalid::new("uri", rule).into());
        }
    }
    if files.is_empty() {
        let rule = Rule::Length { unit: "files that end in .parquet", min: 1, max: FILES_MAX, found: 0 };
        return Err(Invalid::new("uri", rule).into());
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files.iter().try_for_each(|file| file.namespace().map(drop))?;
    Ok(files)
}

fn name_of(location: &Path, place: &Path) -> Option<String> {
    let parts: Vec<String> = location.prefix_match(place)?.map(|part| part.as_ref().to_owned()).collect();
    let name = parts.join("/");
    name.ends_with(".parquet").then_some(name)
}

/// Why is for the operator: it may name what the program has no business with.
fn unreadable(error: object_store::Error) -> Error {
    tracing::warn!(%error, "a place of imports cannot be listed");
    Invalid::new("uri", Rule::Type { expected: "a place that this server can read", found: "none".into() })
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_is_a_namespace() {
        let namespace = |name: &str| {
            let file = File { path: String::new(), name: name.into(), bytes: 0 };
            file.namespace().map(|namespace| namespace.to_string())
        };
        assert_eq!(namespace("a.parquet").as_deref(), Ok(""));
        assert_eq!(namespace("__default__/a.parquet").as_deref(), Ok(""));
        assert_eq!(namespace("one/a.parquet").as_deref(), Ok("one"));
        assert!(namespace("é/a.parquet").is_err());
    }

    #[test]
    fn only_parquet_counts() {
        let (place, name) = (Path::from("in"), |path| name_of(&Path::from(path), &Path::from("in")));
        assert_eq!(name("in/one/a.parquet").as_deref(), Some("one/a.parquet"));
        assert_eq!(name("in/readme.txt"), None);
        assert_eq!(name_of(&Path::from("other/a.parquet"), &place), None);
    }
}
