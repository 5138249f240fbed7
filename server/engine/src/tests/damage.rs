//! Every byte of every file changed, one after the other: it is found, named, and never served.

use super::{
    generate::{Operation, Random, namespace, record, spec},
    model::{open, perform, read_all},
};
use crate::{
    Engine, Error, IndexName, IndexSpec, Metric, Record, Thing, Values,
    engine::examine_on,
    vfs::{MemoryVfs, Unsynced, Vfs},
};
use std::path::{Path, PathBuf};

fn files(vfs: &MemoryVfs) -> Vec<PathBuf> {
    let index = Path::new("/indexes/1");
    let mut files: Vec<_> = vfs.list(index).expect("there").iter().map(|name| index.join(name)).collect();
    files.push(PathBuf::from("/catalog"));
    files
}

/// A catalog, a manifest with deleted rows, a segment, and a log.
fn filled(name: &IndexName) -> MemoryVfs {
    let vfs = MemoryVfs::default();
    let engine = open(&vfs).expect("opened");
    let index = engine.create_index(name, spec(4)).expect("created");
    let mut random = Random(3);
    for batch in 0..4 {
        let namespace = namespace(&mut Random(batch));
        perform(&engine, name, &Operation::Upsert(namespace.clone(), vec![record(&mut random, spec(4))]))
            .expect("written");
        if batch == 1 {
            index.flush().expect("flushed");
        }
        if batch == 2 {
            let ids = index.list_ids(&namespace, "", None, 1).expect("listed").items;
            perform(&engine, name, &Operation::Delete(namespace, ids)).expect("written");
        }
    }
    drop(engine);
    // Old logs are gone for good.
    vfs.sync_dir(Path::new("/indexes/1")).expect("synced");
    vfs.after_crash(Unsynced::Dropped)
}

fn read(vfs: &MemoryVfs, name: &IndexName) -> Result<(), Error> {
    let engine: Engine = open(vfs)?;
    let index = engine.index(name)?;
    index.verify()?;
    read_all(&engine, name);
    Ok(())
}

#[test]
fn every_changed_byte_is_found_and_its_file_named() {
    let name = IndexName::new("index").expect("valid");
    let vfs = filled(&name);
    read(&vfs.after_crash(Unsynced::Kept), &name).expect("intact");
    let files = files(&vfs);
    assert!(files.len() == 4, "{files:?}");
    for file in files {
        let length = vfs.read(&file).expect("there").len();
        for byte in 0..length {
            let damaged = vfs.after_crash(Unsynced::Kept);
            damaged.tamper(&file, |bytes| bytes[byte] ^= 1 << (byte % 8)).expect("there");
            match read(&damaged, &name) {
                Err(Error::Damaged { file: named, .. }) => assert_eq!(named, file, "byte {byte}"),
                other => panic!("byte {byte} of {}: {other:?}", file.display()),
            }
        }
    }
}

#[test]
fn a_damaged_index_is_set_aside_alone() {
    let (name, other) = (IndexName::new("index").expect("valid"), IndexName::new("other").expect("valid"));
    for kind in ["manifest", "log-"] {
        let vfs = filled(&name);
        open(&vfs).expect("opened").create_index(&other, spec(4)).expect("created");
        let of_kind = |file: &PathBuf| file.display().to_string().contains(kind);
        let file = files(&vfs).into_iter().find(of_kind).expect("there");
        vfs.tamper(&file, |bytes| bytes[20] ^= 1).expect("there");
        let engine = open(&vfs).expect("the others are not concerned");
        let refused = engine.index(&name).expect_err("it is damaged").to_string();
        assert!(refused.contains(&file.display().to_string()), "{refused}");
        let names: Vec<_> = engine.indexes().iter().map(|index| index.name().clone()).collect();
        assert_eq!(names, std::slice::from_ref(&other));
        perform(&engine, &other, &Operation::Create(namespace(&mut Random(1)))).expect("written");
        let taken = engine.create_index(&name, spec(4)).expect_err("it keeps its name");
        assert!(matches!(taken, Error::AlreadyExists { what: Thing::Index, .. }), "{taken}");
        assert!(vfs.exists(&file).expect("asked"), "what is left of it is kept");
        engine.drop_index(&name).expect("dropped");
        engine.create_index(&name, spec(4)).expect("the name is free");
        drop(engine);
        open(&vfs).expect("opened").index(&name).expect("intact");
    }
}

#[test]
fn a_log_of_another_index_is_damage() {
    let (name, other) = (IndexName::new("index").expect("valid"), IndexName::new("other").expect("valid"));
    let vfs = MemoryVfs::default();
    let engine = open(&vfs).expect("opened");
    for (name, dimension) in [(&name, 2), (&other, 3)] {
        let spec = IndexSpec::Dense { dimension, metric: Metric::Cosine };
        engine.create_index(name, spec).expect("created");
        let values = Values::new(vec![1.0; dimension]).expect("valid");
        let record = Record { values: Some(values), ..record(&mut Random(1), spec) };
        let written = Operation::Upsert(namespace(&mut Random(1)), vec![record]);
        perform(&engine, name, &written).expect("written");
    }
    drop(engine);
    let log = |index: u32| PathBuf::from(format!("/indexes/{index}/log-{:020}", 1));
    let longer = vfs.read(&log(2)).expect("there");
    vfs.tamper(&log(1), |bytes| *bytes = longer).expect("there");
    let engine = open(&vfs).expect("the other is not concerned");
    let refused = engine.index(&name).expect_err("its rows are too long");
    assert!(matches!(&refused, Error::Damaged { file, .. } if *file == log(1)), "{refused}");
    engine.index(&other).expect("intact");
}

#[test]
fn a_missing_file_is_named() {
    let name = IndexName::new("index").expect("valid");
    let vfs = filled(&name);
    for file in files(&vfs) {
        let damaged = vfs.after_crash(Unsynced::Kept);
        damaged.remove(&file).expect("there");
        let error = read(&damaged, &name).expect_err("must be refused").to_string();
        assert!(error.contains(&file.display().to_string()), "{error}");
    }
}

#[test]
fn an_examination_finds_it_too_and_changes_nothing() {
    let name = IndexName::new("index").expect("valid");
    let vfs = filled(&name);
    let operations = vfs.faults().operations();
    let found = examine_on(&vfs, Path::new("/")).expect("intact");
    let [(Thing::Index, found_name, index)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((found_name.as_str(), index.segments), ("index", 1));
    assert!(index.damage.is_empty() && index.bytes > 0);
    assert_eq!(vfs.faults().operations(), operations, "nothing was written");
    let engine = open(&vfs).expect("opened");
    let stats = engine.index(&name).expect("there").stats().expect("there");
    assert_eq!((index.records, index.namespaces), (stats.records, stats.namespaces));
    assert!(examine_on(&vfs, Path::new("/")).is_err(), "not while it is open");
    drop(engine);
    for file in files(&filled(&name)) {
        let damaged = filled(&name);
        damaged.tamper(&file, |bytes| bytes[20] ^= 1).expect("there");
        let errors = match examine_on(&damaged, Path::new("/")) {
            Err(error) => vec![error],
            Ok(found) => found.into_iter().flat_map(|(_, _, examined)| examined.damage).collect(),
        };
        let [Error::Damaged { file: named, .. }] = errors.as_slice() else { panic!("{errors:?}") };
        assert_eq!(*named, file);
    }
}
