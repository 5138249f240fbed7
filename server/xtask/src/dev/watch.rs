//! What changed in the source: by looking at modification times, which a few hundred files make cheap, and which works the same
//! on every system and in every container.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::Result;

use crate::front_end::files_under;

/// What has to be built again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    pub front_end: bool,
    pub server: bool,
}

impl Change {
    pub const ALL: Self = Self { front_end: true, server: true };
    const FRONT_END: Self = Self { front_end: true, server: false };
    const SERVER: Self = Self { front_end: false, server: true };

    /// Pages are compiled into both.
    fn of(file: &Path) -> Option<Self> {
        if file.starts_with("server/xtask") {
            return None;
        }
        let first = file.components().next()?.as_os_str().to_str()?;
        Some(match first {
            "style" | "public" => Self::FRONT_END,
            "server" => Self::SERVER,
            _ if file.starts_with("app/frontend") => Self::FRONT_END,
            _ => Self::ALL,
        })
    }

    pub fn and(self, other: Self) -> Self {
        Self { front_end: self.front_end || other.front_end, server: self.server || other.server }
    }
}

type Times = BTreeMap<PathBuf, SystemTime>;

pub struct Watch {
    root: PathBuf,
    seen: Times,
}

impl Watch {
    pub fn start(root: &Path) -> Result<Self> {
        Ok(Self { root: root.to_owned(), seen: times(root)? })
    }

    /// What the changes since the last call ask for.
    pub fn change(&mut self) -> Result<Option<Change>> {
        let now = times(&self.root)?;
        let changed = now.iter().filter(|(file, time)| self.seen.get(*file) != Some(time));
        let gone = self.seen.iter().filter(|(file, _)| !now.contains_key(*file));
        let change = changed.chain(gone).filter_map(|(file, _)| Change::of(file)).reduce(Change::and);
        self.seen = now;
        Ok(change)
    }
}

fn times(root: &Path) -> Result<Times> {
    let mut times = Times::new();
    for place in ["app", "server", "style", "public", "Cargo.toml", "Cargo.lock"] {
        let place = root.join(place);
        let files = if place.is_dir() { files_under(&place)? } else { vec![place] };
        for file in files {
            // A file may go between being listed and being looked at.
            if let Ok(time) = fs::metadata(&file).and_then(|meta| meta.modified()) {
                times.insert(file.strip_prefix(root)?.to_owned(), time);
            }
        }
    }
    Ok(times)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_asks_for_what_it_is_built_into() {
        let of = |file: &str| Change::of(Path::new(file));
        assert_eq!(of("style/tokens.css"), Some(Change::FRONT_END));
        assert_eq!(of("app/frontend/src/lib.rs"), Some(Change::FRONT_END));
        assert_eq!(of("app/src/home.rs"), Some(Change::ALL));
        assert_eq!(of("server/services/src/lib.rs"), Some(Change::SERVER));
        assert_eq!(of("server/xtask/src/main.rs"), None);
    }

    #[test]
    fn written_new_and_removed_files_are_seen_once() -> Result<()> {
        let root = tempfile::tempdir()?;
        for dir in ["app", "server", "style", "public"] {
            fs::create_dir(root.path().join(dir))?;
        }
        let mut watch = Watch::start(root.path())?;
        assert_eq!(watch.change()?, None);
        fs::write(root.path().join("style/a.css"), ".a{}")?;
        fs::write(root.path().join("server/main.rs"), "fn main() {}")?;
        assert_eq!(watch.change()?, Some(Change::ALL));
        assert_eq!(watch.change()?, None);
        fs::remove_file(root.path().join("style/a.css"))?;
        assert_eq!(watch.change()?, Some(Change::FRONT_END));
        Ok(())
    }
}
