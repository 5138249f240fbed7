//! The vectors: every file read and checked, without opening it for writing.

use super::Finding;
use conifer_engine::{Error, Examined, examine};
use std::{io::ErrorKind, path::Path};

const VECTORS: &str = "vectors";

pub fn findings(directory: &Path) -> Vec<Finding> {
    match directory.try_exists() {
        Ok(true) => {}
        Ok(false) => return vec![Finding::ok(VECTORS, "none yet")],
        Err(error) => return vec![Finding::fail(VECTORS, format!("{}: {error}", directory.display()))],
    }
    match examine(directory) {
        Ok(found) if found.is_empty() => vec![Finding::ok(VECTORS, "no indexes yet")],
        Ok(found) => {
            found.iter().flat_map(|(what, name, found)| of_one(&format!("{what} {name}"), found)).collect()
        }
        Err(Error::Io { source, .. }) if source.kind() == ErrorKind::WouldBlock => {
            vec![Finding::warn(VECTORS, "a running Conifer has them open; stop it to have them examined")]
        }
        Err(error) => vec![Finding::fail(VECTORS, error.to_string())],
    }
}

fn of_one(name: &str, found: &Examined) -> Vec<Finding> {
    if found.damage.is_empty() {
        let Examined { records, namespaces, segments, files, bytes, .. } = found;
        let message = format!(
            "{name}: {records} records in {namespaces} namespaces; {files} files with {segments} segments, {bytes} bytes, \
             all intact"
        );
        return vec![Finding::ok(VECTORS, message)];
    }
    found.damage.iter().map(|damage| Finding::fail(VECTORS, format!("{name}: {damage}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Outcome;
    use super::*;
    use conifer_engine::{Engine, IndexName, IndexSpec, Settings};
    use std::fs;

    #[test]
    fn intact_in_use_and_damaged_are_told_apart() {
        let directory = tempfile::tempdir().expect("a directory");
        let outcomes = || {
            let findings = findings(directory.path());
            findings.into_iter().map(|finding| (finding.outcome, finding.message)).collect::<Vec<_>>()
        };
        assert_eq!(findings(&directory.path().join("none"))[0].outcome, Outcome::Ok);
        let engine = Engine::open(directory.path(), Settings::default()).expect("opened");
        engine.create_index(&IndexName::new("trees").expect("valid"), IndexSpec::Sparse).expect("created");
        assert_eq!(outcomes()[0].0, Outcome::Warn, "while it is open");
        drop(engine);
        let (outcome, message) = outcomes().remove(0);
        assert!(outcome == Outcome::Ok && message.contains("trees: 0 records"), "{message}");
        let manifest = directory.path().join("indexes/1/manifest");
        let mut bytes = fs::read(&manifest).expect("there");
        bytes[20] ^= 1;
        fs::write(&manifest, bytes).expect("written");
        let (outcome, message) = outcomes().remove(0);
        assert!(outcome == Outcome::Fail && message.contains("manifest is damaged at byte"), "{message}");
    }
}
