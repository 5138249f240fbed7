//! Whatever stands in the files of a directory, it opens and is read, or an error says what is wrong: logs, segments
//! and manifests. Fuzzed code takes every checksum for right, or no change would come further than there.
#![no_main]

use conifer_engine::{
    Engine, IndexName, IndexSpec, Metadata, Metric, NamespaceName, Query, Record, RecordId, Settings, SparseValues, Target,
    Value, Values, filter,
    vfs::{MemoryVfs, Unsynced, Vfs},
};
use libfuzzer_sys::fuzz_target;
use std::{
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
};

/// A directory with everything in it, and its files.
static WRITTEN: LazyLock<(MemoryVfs, Vec<PathBuf>)> = LazyLock::new(|| {
    let vfs = MemoryVfs::default();
    // What is written first goes to a segment, what comes after stays in the log.
    for (round, flush_bytes) in [(0, 1), (1, 1 << 20)] {
        let engine = open(&vfs, flush_bytes).expect("a whole directory opens");
        if round == 0 {
            engine.create_index(&index(), IndexSpec::Hybrid { dimension: 2 }).expect("a free name");
        }
        let index = engine.index(&index()).expect("it was made");
        let records = (0..5).map(|at| record(round * 3 + at)).collect();
        index.upsert(&namespace(), records).expect("written");
        index.delete(&namespace(), vec![record(round).id]).expect("written");
        engine.upkeep().expect("flushed");
    }
    let mut files = Vec::new();
    collect(&vfs, Path::new("/"), &mut files);
    (vfs, files)
});

fn collect(vfs: &MemoryVfs, directory: &Path, files: &mut Vec<PathBuf>) {
    for name in vfs.list(directory).unwrap_or_default() {
        let path = directory.join(name);
        match vfs.read(&path) {
            Ok(_) => files.push(path),
            Err(_) => collect(vfs, &path, files),
        }
    }
}

fn open(vfs: &MemoryVfs, flush_bytes: usize) -> conifer_engine::Result<Engine> {
    let settings = Settings { flush_bytes, near_rows: 4, background: false, ..Settings::default() };
    Engine::open_on(Arc::new(vfs.clone()), Path::new("/"), settings)
}

fn namespace() -> NamespaceName {
    NamespaceName::new("n").expect("a name")
}

fn index() -> IndexName {
    IndexName::new("i").expect("a name")
}

fn record(at: usize) -> Record {
    let fields = [("k".to_owned(), Value::Number(at as f64)), ("t".to_owned(), Value::Texts(vec![format!("v{at}")]))];
    Record {
        id: RecordId::new(&format!("r{at}")).expect("an id"),
        values: Some(Values::new([at as f32, 1.0]).expect("finite")),
        sparse: Some(SparseValues::new(&[at as u32, 9], &[1.0, 2.0]).expect("sorted")),
        metadata: Metadata::new(fields).expect("small"),
    }
}

// The first byte chooses a file, each three after it change a byte of it; the second byte may cut it.
fuzz_target!(|bytes: &[u8]| {
    let [which, cut, changes @ ..] = bytes else { return };
    let (written, files) = &*WRITTEN;
    let vfs = written.after_crash(Unsynced::Kept);
    let file = &files[usize::from(*which) % files.len()];
    vfs.tamper(file, |content| {
        for change in changes.chunks_exact(3) {
            let at = usize::from(u16::from_le_bytes([change[0], change[1]])) % content.len().max(1);
            if let Some(byte) = content.get_mut(at) {
                *byte = change[2];
            }
        }
        content.truncate(content.len() - usize::from(*cut) % (content.len() + 1));
    })
    .expect("it is there");
    if let Ok(engine) = open(&vfs, 1) {
        read_all(&engine);
    }
});

/// Every way to read, without a word on what comes of it.
fn read_all(engine: &Engine) {
    let Ok(index) = engine.index(&index()) else { return };
    let namespace = namespace();
    let all = index.list_ids(&namespace, "", None, 100).map(|page| page.items).unwrap_or_default();
    if !all.is_empty() {
        _ = index.fetch(&namespace, &all);
    }
    let filter = filter::parse(&serde_json::json!({ "k": { "$gt": 2 }, "t": { "$ne": "v3" } })).expect("a filter");
    _ = index.count(&namespace, Some(&filter));
    let target = Target::Vector { values: Values::new([1.0, 2.0]).ok(), sparse: SparseValues::new(&[9], &[1.0]).ok() };
    _ = index.query(
        &namespace,
        &Query { target, top_k: 3, filter: Some(filter), exact: false, include_values: true, include_metadata: true },
    );
    _ = engine.upkeep();
}
