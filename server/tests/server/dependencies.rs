//! Versions below which a dependency has a known hole.

use std::{collections::BTreeMap, fs, path::Path};

const FLOORS: [(&str, [u64; 3]); 5] = [
    ("bytes", [1, 11, 1]),
    ("h2", [0, 4, 16]),
    ("memmap2", [0, 9, 11]),
    ("sqlx", [0, 8, 1]),
    ("time", [0, 3, 47]),
];
/// Nobody looks after these any more.
const ABANDONED: [&str; 1] = ["bincode"];

fn locked() -> BTreeMap<String, Vec<[u64; 3]>> {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    let lock = fs::read_to_string(lock).expect("a lock file");
    let mut versions = BTreeMap::<String, Vec<_>>::new();
    for package in lock.split("[[package]]").skip(1) {
        let value = |key: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(key)).expect("a line");
            line.trim_matches([' ', '=', '"'])
        };
        versions.entry(value("name").to_owned()).or_default().push(version(value("version")));
    }
    versions
}

fn version(text: &str) -> [u64; 3] {
    let plain = text.split(['-', '+']).next().unwrap_or_default();
    let mut parts = plain.split('.').map(|part| part.parse().expect("a number"));
    [(); 3].map(|()| parts.next().unwrap_or(0))
}

#[test]
fn no_dependency_has_a_known_hole() {
    let locked = locked();
    assert!(locked.len() > 100 && locked.contains_key("sqlx"), "{}", locked.len());
    for (name, floor) in FLOORS {
        let low = locked.get(name).into_iter().flatten().find(|version| **version < floor);
        assert!(low.is_none(), "{name} {low:?} is below {floor:?}");
    }
    for name in ABANDONED {
        assert!(!locked.contains_key(name), "{name}");
    }
}
