//! Where files may lie: what the operator allowed, and nothing else.

use crate::{Error, Result};
use conifer_engine::{Invalid, Rule};
use object_store::{ObjectStore, aws::AmazonS3Builder, local::LocalFileSystem, path::Path};
use std::{path::PathBuf, sync::Arc};
use tokio::sync::{Mutex, Notify};

const URI_MAX_CHARS: usize = 1_500;

/// Without any, nothing can be imported.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// `file://` and what lies under it.
    pub directory: Option<PathBuf>,
    /// `s3://`, its name, and what lies in it.
    pub bucket: Option<Bucket>,
}

#[derive(Clone, Debug)]
pub struct Bucket {
    pub name: String,
    /// Of another service than Amazon's; credentials and region are read from the environment as its own tools do.
    pub endpoint: Option<String>,
}

/// A store, and a place in it.
pub(super) struct Place {
    pub(super) store: Arc<dyn ObjectStore>,
    pub(super) path: Path,
}

/// What the services keep of it.
pub(crate) struct Imports {
    sources: Sources,
    /// Something is to be done.
    pub(super) asked: Notify,
    /// Held while a chunk is put behind what was counted: another one for the same place would cut it off.
    pub(super) chunks: Arc<Mutex<()>>,
}

impl Imports {
    pub(crate) fn new(sources: Sources) -> Self {
        Self { sources, asked: Notify::new(), chunks: Arc::default() }
    }

    /// The place that a program names.
    pub(super) fn place(&self, uri: &str) -> Result<Place> {
        let found = uri.chars().count();
        if !(1..=URI_MAX_CHARS).contains(&found) {
            let rule = Rule::Length { unit: "characters", min: 1, max: URI_MAX_CHARS, found };
            return Err(Invalid::new("uri", rule).into());
        }
        let place = match uri.split_once("://") {
            Some(("file", path)) => self.in_directory(path)?,
            Some(("s3", path)) => self.in_bucket(path)?,
            _ => None,
        };
        place.ok_or_else(|| self.refuse(uri))
    }

    /// Links are followed before it is asked where the place is.
    fn in_directory(&self, path: &str) -> Result<Option<Place>> {
        let Some(root) = &self.sources.directory else { return Ok(None) };
        let root = root.canonicalize().map_err(Error::internal)?;
        let Ok(wanted) = PathBuf::from(path).canonicalize() else { return Ok(None) };
        let Ok(inside) = wanted.strip_prefix(&root) else { return Ok(None) };
        let Some(Ok(path)) = inside.to_str().map(Path::parse) else { return Ok(None) };
        let store = LocalFileSystem::new_with_prefix(&root).map_err(Error::internal)?;
        Ok(wanted.is_dir().then(|| Place { store: Arc::new(store), path }))
    }

    fn in_bucket(&self, path: &str) -> Result<Option<Place>> {
        let Some(bucket) = &self.sources.bucket else { return Ok(None) };
        let (name, path) = path.split_once('/').unwrap_or((path, ""));
        let Ok(path) = Path::parse(path) else { return Ok(None) };
        if name != bucket.name {
            return Ok(None);
        }
        Ok(Some(Place { store: bucket.open()?, path }))
    }

    fn refuse(&self, uri: &str) -> Error {
        let expected = match (&self.sources.directory, &self.sources.bucket) {
            (None, None) => {
                "left out, as this server imports from nowhere: its operator can set --import-dir or --import-bucket"
            }
            (Some(_), None) => "file:// and the path of a directory that this server imports from",
            (None, Some(_)) => "s3:// and the bucket that this server imports from, and a path in it",
            (Some(_), Some(_)) => {
                "file:// and the path of a directory, or s3://, a bucket and a path, that this server imports from"
            }
        };
        Invalid::new("uri", Rule::Type { expected, found: format!("{uri:?}") }).into()
    }
}

impl Bucket {
    fn open(&self) -> Result<Arc<dyn ObjectStore>> {
        // The client for HTTP has no library for TLS of its own. Another part may have said the same.
        let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
        let mut builder = AmazonS3Builder::from_env().with_bucket_name(&self.name);
        if let Some(endpoint) = &self.endpoint {
            builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
        }
        Ok(Arc::new(builder.build().map_err(Error::internal)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(imports: &Imports, uri: &str) -> String {
        imports.place(uri).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_directory_is_never_left() -> std::io::Result<()> {
        let home = tempfile::tempdir()?;
        let (root, outside) = (home.path().join("root"), home.path().join("outside"));
        std::fs::create_dir_all(root.join("in"))?;
        std::fs::create_dir_all(&outside)?;
        std::os::unix::fs::symlink(&outside, root.join("link"))?;
        let imports = Imports::new(Sources { directory: Some(root.clone()), bucket: None });
        let place = imports.place(&format!("file://{}/in", root.display()));
        assert!(place.is_ok_and(|place| place.path.as_ref() == "in"));
        assert!(imports.place(&format!("file://{}", root.display())).is_ok());
        for path in ["outside", "root/../outside", "root/link", "root/missing", ""] {
            let uri = format!("file://{}", home.path().join(path).display());
            assert!(told(&imports, &uri).starts_with("uri: must be file://"), "{uri}");
        }
        assert!(told(&imports, "s3://bucket/x").starts_with("uri: must be file://"));
        Ok(())
    }

    #[test]
    fn a_bucket_is_the_one_that_was_allowed() {
        let bucket = Bucket { name: "ours".into(), endpoint: Some("http://127.0.0.1:1".into()) };
        let imports = Imports::new(Sources { directory: None, bucket: Some(bucket) });
        assert!(imports.place("s3://ours/a/b").is_ok_and(|place| place.path.as_ref() == "a/b"));
        for uri in ["s3://theirs/a", "s3://", "file:///etc", "ours", "http://ours/a"] {
            assert!(told(&imports, uri).starts_with("uri: must be s3://"), "{uri}");
        }
        assert!(told(&imports, "").starts_with("uri: must be 1 to 1500 characters"));
    }

    #[test]
    fn a_server_that_imports_from_nowhere_says_so() {
        let imports = Imports::new(Sources::default());
        assert!(told(&imports, "s3://ours/a").contains("--import-dir"));
    }
}
