//! CSV with a head. Lists and objects are JSON in their cells; values may also be numbers with blanks between them.

use super::{Counted, Draft, Line, ROW_BYTES_MAX, Rows};
use ::csv::{ErrorKind, Reader, ReaderBuilder, StringRecord};
use conifer_domain::uploads::{Mapping, Part};
use conifer_engine::{IndexSpec, Record};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::{
    cell::Cell,
    io::{self, BufRead, Read},
    rc::Rc,
};

pub(super) struct Csv<R> {
    table: Table<R>,
    bytes: u64,
    mapping: Mapping,
    spec: IndexSpec,
    row: StringRecord,
}

impl<R: BufRead> Csv<R> {
    pub(super) fn new(text: R, bytes: u64, mapping: Mapping, spec: IndexSpec) -> Result<Self, String> {
        Ok(Self { table: Table::new(text)?, bytes, mapping, spec, row: StringRecord::new() })
    }

    fn record(&self) -> Result<Record, String> {
        let mut draft = Draft::default();
        for (name, cell) in self.table.head.iter().zip(&self.row) {
            let part = self.mapping.part(name);
            // None is what an empty cell holds, and a blank one too where no text is.
            if cell.is_empty() || part != Part::Field && part != Part::Id && cell.trim().is_empty() {
                continue;
            }
            read(&mut draft, part, name, cell).map_err(|reason| format!("{name}: {reason}"))?;
        }
        draft.record(self.spec).map_err(|invalid| invalid.to_string())
    }
}

fn read(draft: &mut Draft, part: Part, name: &str, cell: &str) -> Result<(), String> {
    match part {
        Part::Id => draft.id = Some(cell.to_owned()),
        Part::Values => draft.values = Some(numbers(cell)?),
        Part::Sparse => draft.sparse = Some(json(cell)?),
        Part::Metadata => {
            let fields: conifer_domain::records::Metadata = json(cell)?;
            fields.into_iter().for_each(|(name, value)| draft.field(name, value));
        }
        Part::Field => draft.field(name.to_owned(), value(cell)),
        Part::Ignored => {}
    }
    Ok(())
}

fn json<T: DeserializeOwned>(cell: &str) -> Result<T, String> {
    serde_json::from_str(cell).map_err(|error| error.to_string())
}

fn numbers(cell: &str) -> Result<Vec<f32>, String> {
    if cell.trim_start().starts_with('[') {
        return json(cell);
    }
    let parts = cell.split([' ', ',', ';']).filter(|part| !part.is_empty());
    parts.map(|part| part.parse().map_err(|_| format!("{part:?} is no number"))).collect()
}

/// A number where it is written as one, so that a number with zeros before it stays text; a truth value by its word.
fn value(cell: &str) -> Value {
    let digits = cell.strip_prefix('-').unwrap_or(cell).as_bytes();
    let is_padded = digits.len() > 1 && digits[0] == b'0' && digits[1].is_ascii_digit();
    match (cell, serde_json::from_str::<Value>(cell)) {
        (_, Ok(value @ (Value::Number(_) | Value::Bool(_)))) if !is_padded => value,
        (cell, Ok(Value::Array(items))) if cell.starts_with('[') && items.iter().all(Value::is_string) => {
            Value::Array(items)
        }
        _ => Value::String(cell.to_owned()),
    }
}

impl<R: BufRead> Rows for Csv<R> {
    fn next(&mut self) -> Option<Result<Line, String>> {
        let number = self.table.number + 1;
        match self.table.next(&mut self.row)? {
            Ok(()) => Some(Ok(Line { number, record: self.record() })),
            Err(Wrong::Row(reason)) => Some(Ok(Line { number, record: Err(reason) })),
            Err(Wrong::File(reason)) => Some(Err(reason)),
        }
    }

    fn share(&self) -> (u64, u64) {
        (self.table.reader.position().byte(), self.bytes)
    }
}

/// Rows of cells below a head.
pub(super) struct Table<R> {
    reader: Reader<Bounded<R>>,
    room: Rc<Cell<usize>>,
    pub(super) head: StringRecord,
    number: u64,
}

pub(super) enum Wrong {
    Row(String),
    File(String),
}

impl<R: BufRead> Table<R> {
    pub(super) fn new(mut text: R) -> Result<Self, String> {
        let delimiter = delimiter(text.fill_buf().map_err(|error| error.to_string())?);
        let room = Rc::new(Cell::new(2 * ROW_BYTES_MAX));
        let bounded = Bounded { text: Counted { inner: text, bytes: 0 }, room: room.clone() };
        let mut reader = ReaderBuilder::new().delimiter(delimiter).from_reader(bounded);
        let head = reader.headers().map_err(|error| error.to_string())?.clone();
        if head.is_empty() {
            return Err("there is no head: the first line names the columns".into());
        }
        Ok(Self { reader, room, head, number: 0 })
    }

    pub(super) fn next(&mut self, row: &mut StringRecord) -> Option<Result<(), Wrong>> {
        self.room.set(2 * ROW_BYTES_MAX);
        self.number += 1;
        match self.reader.read_record(row) {
            Ok(true) => Some(Ok(())),
            Ok(false) => None,
            Err(error) => Some(Err(match error.kind() {
                ErrorKind::UnequalLengths { expected_len, len, .. } => {
                    Wrong::Row(format!("must have {expected_len} cells like the head, but has {len}"))
                }
                ErrorKind::Utf8 { .. } => Wrong::Row("is no text in UTF-8".into()),
                _ => Wrong::File(error.to_string()),
            })),
        }
    }
}

/// What stands most often in the first line.
fn delimiter(text: &[u8]) -> u8 {
    let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |of: &u8| line.iter().filter(|byte| *byte == of).count();
    // Of equally many the last is taken, which is the comma.
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

/// A quotation mark that is never closed would make a row of all that follows.
struct Bounded<R> {
    text: Counted<R>,
    room: Rc<Cell<usize>>,
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.text.read(into)?;
        match self.room.get().checked_sub(count) {
            Some(room) => self.room.set(room),
            None => {
                let told = format!(
                    "a row must have at most {ROW_BYTES_MAX} bytes: a quotation mark may not be closed"
                );
                return Err(io::Error::other(told));
            }
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::samples::*, *};

    fn rows(text: &str) -> Vec<Result<String, String>> {
        match Csv::new(text.as_bytes(), text.len() as u64, Mapping::default(), dense(2)) {
            Ok(mut csv) => told(&mut csv),
            Err(reason) => vec![Err(reason)],
        }
    }

    #[test]
    fn a_row_is_a_record_or_told() {
        let text = "id,values,year\na,\"[1, 2]\",1999\nb,1 0\nc,1 x,\n\"d\n2\",0.5 1e-3,\n,1 0,\n";
        let found = rows(text);
        assert_eq!(found[0], Ok("1 a".into()));
        assert_eq!(found[1], Err("2 must have 3 cells like the head, but has 2".into()));
        assert_eq!(found[2], Err("3 values: \"x\" is no number".into()));
        assert_eq!(found[3], Ok("4 d\n2".into()));
        assert_eq!(found[4], Err("5 id: is required: each record has one".into()));
        assert_eq!(rows("id;values\na;1 0\n"), [Ok("1 a".into())]);
        assert_eq!(rows("id\tvalues\na\t[1, 0]\n"), [Ok("1 a".into())]);
    }

    #[test]
    fn numbers_that_are_none_are_refused() {
        for (cell, reason) in
            [("NaN 1", "1 values: "), ("inf 1", "1 values: "), ("1", "1 values: must have 2 numbers")]
        {
            let found = rows(&format!("id,values\na,{cell}\n"));
            assert!(matches!(&found[..], [Err(told)] if told.starts_with(reason)), "{found:?}");
        }
    }

    #[test]
    fn a_cell_is_what_it_looks_like() {
        let (number, text) = (|n: f64| serde_json::json!(n), |text: &str| Value::String(text.into()));
        assert_eq!(value("1999").as_f64(), Some(1999.0));
        assert_eq!(value("-0.5"), number(-0.5));
        assert_eq!(value("007"), text("007"));
        assert_eq!(value("true"), Value::Bool(true));
        assert_eq!(value("null"), text("null"));
        assert_eq!(value(r#"["a", "b"]"#), serde_json::json!(["a", "b"]));
        assert_eq!(value("[1]"), text("[1]"));
    }

    #[test]
    fn an_open_quotation_does_not_swallow_the_file() {
        let text = format!("id,values\n\"a,1 0\n{}", "b,1 0\n".repeat(ROW_BYTES_MAX));
        let found = rows(&text);
        assert!(
            found[0].as_ref().is_err_and(|reason| reason.contains("may not be closed")),
            "{:?}",
            found[0]
        );
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn an_empty_file_has_no_head() {
        assert!(rows("")[0].as_ref().is_err_and(|reason| reason.contains("no head")));
    }
}
