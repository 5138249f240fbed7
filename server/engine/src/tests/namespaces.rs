//! A hundred thousand namespaces: what they cost does not depend on how many there are.

use super::model::open;
use crate::{
    Index, IndexName, IndexSpec, Metadata, Metric, NamespaceName, Record, RecordId, Values,
    vfs::{MemoryVfs, Vfs},
};
use std::{path::Path, sync::Arc};

const MANY: usize = 100_000;
/// Of so many one has a record, all others are empty.
const ONE_IN: usize = 100;

fn namespace(number: usize) -> NamespaceName {
    NamespaceName::new(&format!("tenant-{number:06}")).expect("valid")
}

fn record() -> Record {
    let values = Some(Values::new([1.0, 2.0]).expect("finite"));
    Record { id: RecordId::new("a").expect("valid"), values, sparse: None, metadata: Metadata::default() }
}

fn write(index: &Index, number: usize) {
    index.upsert(&namespace(number), vec![record()]).expect("written");
}

/// How many operations of the file system one write takes.
fn operations(vfs: &MemoryVfs, index: &Index, number: usize) -> u64 {
    let before = vfs.faults().operations();
    write(index, number);
    vfs.faults().operations() - before
}

fn manifest_bytes(vfs: &MemoryVfs) -> u64 {
    vfs.length(Path::new("/indexes/1/manifest")).expect("there")
}

#[test]
fn an_empty_one_of_many_costs_nothing_but_its_name() {
    let vfs = MemoryVfs::default();
    let engine = open(&vfs).expect("opened");
    let name = IndexName::new("tenants").expect("valid");
    let spec = IndexSpec::Dense { dimension: 2, metric: Metric::Cosine };
    let index: Arc<Index> = engine.create_index(&name, spec).expect("created");
    let at_first = operations(&vfs, &index, 0);
    for number in 1..MANY {
        if number.is_multiple_of(ONE_IN) {
            write(&index, number);
        } else {
            index.create_namespace(&namespace(number)).expect("created");
        }
        if number.is_multiple_of(MANY / 200) {
            index.flush().expect("flushed");
        }
    }
    assert_eq!(operations(&vfs, &index, MANY - 1), at_first, "a write costs what it did");

    let before = vfs.faults().operations();
    index.flush().expect("flushed");
    assert!(vfs.faults().operations() - before < 50, "a file for all, not one for each");
    index.merge().expect("merged");
    let stats = index.stats().expect("there");
    assert_eq!((stats.namespaces, stats.memory_bytes), (MANY as u64, 0));
    assert!(stats.segments < 20, "{} segments", stats.segments);
    assert_eq!(stats.records, (MANY / ONE_IN) as u64 + 1);
    let on_disk = manifest_bytes(&vfs);
    assert!(on_disk < 32 * MANY as u64, "{on_disk} bytes: names, and little more");

    drop((index, engine));
    let engine = open(&vfs).expect("opened again");
    let index = engine.index(&name).expect("there");
    assert_eq!(index.stats().expect("there"), stats, "nothing of a part is in memory before it is asked for");
    let page = index.namespaces("tenant-0500", None, 10).expect("listed");
    assert_eq!((page.items.len(), page.items[0].records, page.items[1].records), (10, 1, 0));
    assert_eq!(operations(&vfs, &index, MANY / 2), at_first, "still");
}
