//! Which server holds vectors: a random id that is kept beside them.

use crate::{Error, Result, files, secrets};
use std::{fmt, fs, io::Write, path::Path};
use uuid::Uuid;

const FILE: &str = "node";

/// Two servers on one database have vectors of their own, and each looks after its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NodeId(Uuid);

impl NodeId {
    /// That of the data directory, made when it has none.
    pub(crate) fn of(data_dir: &Path) -> Result<Self> {
        files::private_dir(data_dir)?;
        let file = data_dir.join(FILE);
        match fs::read_to_string(&file) {
            Ok(text) => text.trim().parse().map(Self).map_err(|_| damaged(&file)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => make(data_dir, &file),
            Err(error) => Err(Error::internal(error)),
        }
    }
}

/// Written aside first, so that it is there whole or not at all. Of two that make one, the first wins.
fn make(data_dir: &Path, file: &Path) -> Result<NodeId> {
    let aside = data_dir.join(format!("{FILE}-{}", secrets::hex(&secrets::random::<8>()?)));
    let write = || {
        let mut made = files::create(&aside)?;
        writeln!(made, "{}", Uuid::now_v7())?;
        made.sync_all()?;
        fs::hard_link(&aside, file).or_else(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => Ok(()),
            _ => Err(error),
        })
    };
    let written = write();
    fs::remove_file(&aside).ok();
    written.map_err(Error::internal)?;
    let text = fs::read_to_string(file).map_err(Error::internal)?;
    text.trim().parse().map(NodeId).map_err(|_| damaged(file))
}

fn damaged(file: &Path) -> Error {
    Error::Operator(format!("{} does not hold this server's id. Restore it from a copy.", file.display()))
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_keeps_its_node() {
        let dir = tempfile::tempdir().expect("a directory");
        let node = NodeId::of(dir.path()).expect("an id");
        assert_eq!(NodeId::of(dir.path()).expect("the same"), node);
        assert_eq!(fs::read_dir(dir.path()).expect("a list").count(), 1, "nothing is left aside");
        let other = tempfile::tempdir().expect("a directory");
        assert_ne!(NodeId::of(other.path()).expect("an id"), node);
        fs::write(dir.path().join(FILE), "").expect("damage");
        assert!(NodeId::of(dir.path()).is_err());
    }
}
