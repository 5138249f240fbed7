use super::*;
use crate::{
    error::Error,
    records::{Metadata, NamespaceName, Record, RecordId, SparseValues, Value, Values},
    vfs::{Fault, MemoryVfs, Unsynced, Vfs},
};
use std::sync::Arc;

const ROOT: &str = "/";

fn entry(number: u64) -> Entry {
    let id = |text: String| RecordId::new(&text).expect("valid");
    let field = |name: &str, value| (name.to_owned(), value);
    let record = Record {
        id: id(format!("put-{number}")),
        values: Some(Values::new([number as f32 + 0.5; 5]).expect("valid")),
        sparse: Some(SparseValues::new(&[3, u32::MAX], &[1.0, -1.0]).expect("valid")),
        metadata: Metadata::new([
            field("t", Value::Text("text".to_owned())),
            field("n", Value::Number(-1.5)),
            field("b", Value::Boolean(true)),
            field("l", Value::Texts(vec!["x".to_owned(), String::new()])),
        ])
        .expect("valid"),
    };
    let changes = vec![
        Change::Put(Arc::new(record)),
        Change::Delete(id(format!("gone-{number}"))),
        Change::Clear,
        Change::Create,
        Change::Drop,
    ];
    Entry { namespace: NamespaceName::new("space").expect("valid"), changes }
}

fn payloads(numbers: std::ops::Range<u64>) -> Vec<Vec<u8>> {
    numbers.map(|number| entry(number).encode()).collect()
}

fn read(vfs: &MemoryVfs) -> Result<Vec<Entry>, Error> {
    let file = path(Path::new(ROOT), 7);
    let bytes = vfs.read(&file).expect("there");
    let scan = scan(&bytes, 7, &file)?;
    Ok(scan.payloads.iter().map(|(_, payload)| Entry::decode(payload).expect("well-formed")).collect())
}

fn entries(count: u64) -> Vec<Entry> {
    (0..count).map(entry).collect()
}

fn written() -> (MemoryVfs, Log) {
    let vfs = MemoryVfs::default();
    let mut log = Log::create(&vfs, Path::new(ROOT), 7).expect("created");
    log.append(&payloads(0..1)).expect("written");
    log.append(&payloads(1..3)).expect("written");
    assert_eq!(log.next(), 10);
    (vfs, log)
}

#[test]
fn entries_are_read_back() {
    let (vfs, _log) = written();
    assert_eq!(read(&vfs).expect("intact"), entries(3));
    assert_eq!(first_of(&file_name(7)), Some(7));
}

#[test]
fn an_entry_that_lies_is_malformed() {
    let bytes = entry(0).encode();
    assert!((0..bytes.len()).all(|length| Entry::decode(&bytes[..length]).is_err()));
}

#[test]
fn a_log_cut_anywhere_keeps_its_whole_entries() {
    let (vfs, _log) = written();
    let file = path(Path::new(ROOT), 7);
    let whole = vfs.read(&file).expect("there");
    for length in 0..whole.len() {
        let bytes = &whole[..length];
        let scan = scan(bytes, 7, &file).expect("a torn tail is no damage");
        assert!(scan.end <= length && scan.payloads.len() < 3);
        let zeros = [&bytes[..scan.end], &vec![0; whole.len() - scan.end]].concat();
        assert_eq!(super::scan(&zeros, 7, &file).expect("unwritten pages are no damage").end, scan.end);
    }
}

#[test]
fn every_flipped_bit_is_named() {
    let (vfs, _log) = written();
    let file = path(Path::new(ROOT), 7);
    let good = vfs.read(&file).expect("there");
    for bit in 0..good.len() * 8 {
        let mut bad = good.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        match scan(&bad, 7, &file) {
            Err(Error::Damaged { offset, .. }) => assert!(offset as usize <= bit / 8, "bit {bit}"),
            Err(other) => panic!("bit {bit}: {other}"),
            Ok(scan) => panic!("bit {bit} was not found: {} entries", scan.payloads.len()),
        }
    }
}

#[test]
fn a_missing_entry_is_named() {
    let (vfs, _log) = written();
    let file = path(Path::new(ROOT), 7);
    let bytes = vfs.read(&file).expect("there");
    let starts: Vec<_> =
        scan(&bytes, 7, &file).expect("intact").payloads.iter().map(|(at, _)| at - 16).collect();
    let without_second = [&bytes[..starts[1]], &bytes[starts[2]..]].concat();
    assert!(scan(&without_second, 7, &file).is_err());
}

#[test]
fn what_was_acknowledged_survives_every_fault() {
    let (vfs, log) = written();
    drop(log);
    let count = vfs.faults().operations();
    for n in 0..count {
        for fault in [Fault::Once(n), Fault::From(n), Fault::Full(n)] {
            let vfs = MemoryVfs::default();
            vfs.faults().set(Some(fault));
            let Ok(mut log) = Log::create(&vfs, Path::new(ROOT), 7) else { continue };
            let mut acknowledged = 0;
            for step in [0..1, 1..3] {
                let begin = acknowledged;
                let kept = begin == step.start && log.append(&payloads(step.clone())).is_ok();
                acknowledged = if kept { step.end } else { begin };
            }
            for unsynced in
                [Unsynced::Dropped, Unsynced::Kept, Unsynced::Torn(n), Unsynced::Torn(n * 999 + 1)]
            {
                let found = read(&vfs.after_crash(unsynced)).expect("readable");
                assert!(found.len() >= acknowledged as usize, "{fault:?} {unsynced:?}");
                assert_eq!(found, entries(found.len() as u64));
            }
        }
    }
}

#[test]
fn a_full_disk_refuses_and_goes_on_when_there_is_space() {
    let (vfs, mut log) = written();
    vfs.faults().set(Some(Fault::Full(0)));
    assert!(log.append(&payloads(3..4)).expect_err("full").to_string().starts_with("cannot write the log"));
    assert!(log.check().is_ok());
    vfs.faults().set(None);
    log.append(&payloads(3..4)).expect("space again");
    assert_eq!(read(&vfs.after_crash(Unsynced::Dropped)).expect("intact"), entries(4));
}

#[test]
fn after_a_failed_sync_nothing_more_is_promised() {
    let (vfs, mut log) = written();
    vfs.faults().set(Some(Fault::Once(vfs.faults().operations() + 1)));
    assert!(matches!(log.append(&payloads(3..4)), Err(Error::Io { action: "sync the log", .. })));
    assert!(matches!(log.append(&payloads(3..4)), Err(Error::ReadOnly { .. })));
    assert_eq!(read(&vfs.after_crash(Unsynced::Dropped)).expect("intact"), entries(3));
}
