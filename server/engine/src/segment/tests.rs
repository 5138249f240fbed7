use super::*;
use crate::{
    error::{Error, Result},
    filter,
    log::{put_record, read_record},
    records::{Metadata, Record, RecordId, SparseValues, Value, Values, samples},
    score::Metric,
    vfs::{MemoryVfs, Vfs},
};
use proptest::{collection::vec, prelude::*};
use std::{path::Path, sync::Arc};

const ROOT: &str = "/";
const LAYOUT: Layout = Layout { dimension: 3, metric: Metric::Euclidean, near_rows: 1_000 };

fn record(number: u32, metadata: Metadata) -> Record {
    let sparse = SparseValues::new(&[number % 3, 10 + number % 2], &[1.0, number as f32]).expect("valid");
    Record {
        id: RecordId::new(&format!("id-{number:05}")).expect("valid"),
        values: Some(Values::new([number as f32, 1.0, 2.0]).expect("valid")),
        sparse: (!number.is_multiple_of(4)).then_some(sparse),
        metadata,
    }
}

fn records(metadata: impl IntoIterator<Item = Metadata>) -> Vec<Record> {
    metadata.into_iter().zip(0..).map(|(metadata, number)| record(number, metadata)).collect()
}

fn build(vfs: &MemoryVfs, number: u64, rows: &[Row<'_>]) -> Result<Part> {
    let mut writer = SegmentWriter::create(vfs, &Path::new(ROOT).join(file_name(number)))?;
    writer.put(b"what another part left")?;
    let place = build_part(&mut writer, rows, LAYOUT)?;
    writer.finish()?;
    open(vfs, number, place)
}

fn open(vfs: &MemoryVfs, number: u64, place: Place) -> Result<Part> {
    Ok(Part::new(Arc::new(SegmentFile::open(vfs, Path::new(ROOT), number)?), place, 3))
}

fn from_memory(records: &[Record]) -> Vec<Row<'_>> {
    records.iter().map(Row::Memory).collect()
}

fn read_all(part: &Part) -> Result<Vec<Record>> {
    (0..part.rows()).map(|row| part.record(row)).collect()
}

fn some_metadata(count: usize) -> Vec<Metadata> {
    let field = |name: &str, value| (name.to_owned(), value);
    (0..count)
        .map(|n| {
            let texts = Value::Texts(vec![format!("t{}", n % 5), "all".to_owned()]);
            let fields = [field("number", Value::Number(n as f64)), field("texts", texts)];
            Metadata::new(fields).expect("valid")
        })
        .collect()
}

#[test]
fn a_part_is_read_back_also_after_a_rewrite() -> Result<()> {
    let vfs = MemoryVfs::default();
    let records = records(some_metadata(5_000));
    let part = build(&vfs, 1, &from_memory(&records))?;
    assert!(part.file().length() > 3 * 64 * 1024, "several blocks");
    assert_eq!(read_all(&part)?, records);
    let rows: Vec<_> = (0..part.rows()).map(|row| Row::Stored(&part, row)).collect();
    let again = build(&vfs, 2, &rows)?;
    assert_eq!(read_all(&again)?, records);
    let bytes = |number| vfs.read(&Path::new(ROOT).join(file_name(number))).expect("there");
    assert!(bytes(1) == bytes(2));
    part.file().verify()
}

#[test]
fn ids_are_found() -> Result<()> {
    let part = build(&MemoryVfs::default(), 1, &from_memory(&records(some_metadata(9))))?;
    assert_eq!(part.row_of("id-00000")?, Some(0));
    assert_eq!(part.row_of("id-00008")?, Some(8));
    assert_eq!(part.row_of("id-0000")?, None);
    assert_eq!(part.row_of("zzz")?, None);
    assert_eq!(part.first_from("id-000041")?, 5);
    Ok(())
}

#[test]
fn a_part_may_have_no_rows() -> Result<()> {
    let part = build(&MemoryVfs::default(), 1, &[])?;
    assert_eq!(part.row_of("a")?, None);
    assert!(part.matching(&filter::Filter::everything())?.is_empty());
    Ok(())
}

#[test]
fn sparse_values_meet_as_in_memory() -> Result<()> {
    let records = records(some_metadata(50));
    let part = build(&MemoryVfs::default(), 1, &from_memory(&records))?;
    let query = SparseValues::new(&[2, 7, 11], &[2.0, 1.0, -0.5]).expect("valid");
    for (record, found) in records.iter().zip(part.sparse_dots(&query)?) {
        let expected = record.sparse.as_ref().and_then(|sparse| crate::score::sparse_dot(sparse, &query));
        assert_eq!((!found.is_nan()).then_some(found), expected);
    }
    Ok(())
}

#[test]
fn every_flipped_bit_is_found_before_it_is_served() -> Result<()> {
    let vfs = MemoryVfs::default();
    let records = records(some_metadata(4));
    let place = build(&vfs, 1, &from_memory(&records))?.place();
    let path = Path::new(ROOT).join(file_name(1));
    let length = vfs.read(&path).expect("there").len();
    for bit in 0..length * 8 {
        let flip = |bytes: &mut Vec<u8>| bytes[bit / 8] ^= 1 << (bit % 8);
        vfs.tamper(&path, flip).expect("there");
        let read = open(&vfs, 1, place).and_then(|part| read_all(&part));
        assert!(matches!(read, Err(Error::Damaged { .. })), "bit {bit}");
        vfs.tamper(&path, flip).expect("there");
    }
    for cut in 0..length {
        vfs.tamper(&path, |bytes| bytes.truncate(cut)).expect("there");
        assert!(open(&vfs, 1, place).is_err(), "cut to {cut}");
        build(&vfs, 1, &from_memory(&records))?;
    }
    Ok(())
}

proptest! {
    #[test]
    fn columns_agree_with_the_definition(
        metadata in vec(samples::metadata(), 0..30),
        filters in vec(filter::samples::filter(), 1..6),
    ) {
        let records = records(metadata);
        let part = build(&MemoryVfs::default(), 1, &from_memory(&records)).expect("built");
        for filter in filters {
            let found: Vec<u32> = part.matching(&filter).expect("intact").iter().collect();
            let expected: Vec<u32> =
                (0..).zip(&records).filter(|(_, r)| filter.matches(&r.metadata)).map(|(row, _)| row).collect();
            prop_assert_eq!(found, expected, "{:?}", filter);
        }
    }

    #[test]
    fn records_in_the_log_are_read_back(metadata in samples::metadata(), number in 0_u32..9) {
        let record = record(number, metadata);
        let mut bytes = Vec::new();
        put_record(&mut bytes, &record);
        prop_assert_eq!(read_record(&mut crate::format::Reader::new(&bytes)), Ok(record));
    }
}

#[test]
fn fields_beyond_those_with_columns_are_found_too() -> Result<()> {
    let field = |row: usize, nth: usize| (format!("f{row}-{nth}"), Value::Number(nth as f64));
    let metadata = |row| Metadata::new((0..1_500).map(|nth| field(row, nth))).expect("small");
    let part =
        build(&MemoryVfs::default(), 1, &from_memory(&records((0..4).map(metadata).collect::<Vec<_>>())))?;
    for row in 0..4 {
        let name = format!("f{row}-700");
        let test = filter::Test::Number(filter::Order::GreaterOrEqual, 700.0);
        let found = part.matching(&filter::Filter::Field { name: name.clone(), test })?;
        assert!(found.iter().eq([row]), "{name}");
        let found = part.matching(&filter::Filter::Field { name, test: filter::Test::Exists(false) })?;
        assert_eq!(found.count(), 3);
    }
    Ok(())
}
