//! NumPy's `.npy`: a short head, then numbers, row by row.

use super::{Counted, Draft, Line, Rows, ids::Source};
use conifer_engine::{IndexSpec, limits::DIMENSIONS};
use std::io::{BufRead, Read};

const MAGIC: &[u8] = b"\x93NUMPY";
const HEAD_BYTES_MAX: usize = 1 << 16;

pub(super) struct Npy<R> {
    text: Counted<R>,
    head: Head,
    ids: Source,
    spec: IndexSpec,
    number: u64,
    row: Vec<u8>,
}

/// What the array is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    number: Number,
    pub(super) rows: u64,
    pub(super) columns: usize,
    /// Of the head itself.
    bytes: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Number {
    Single,
    Double,
}

impl Number {
    const fn bytes(self) -> usize {
        match self {
            Self::Single => 4,
            Self::Double => 8,
        }
    }
}

impl<R: BufRead> Npy<R> {
    pub(super) fn new(text: R, bytes: u64, ids: Source, spec: IndexSpec) -> Result<Self, String> {
        let mut text = Counted { inner: text, bytes: 0 };
        let head = Head::read(&mut text)?;
        head.check(bytes)?;
        Ok(Self { text, head, ids, spec, number: 0, row: vec![0; head.row_bytes()] })
    }

    fn row(&mut self) -> Result<Line, String> {
        self.text.read_exact(&mut self.row).map_err(|error| error.to_string())?;
        let draft = Draft {
            id: Some(self.ids.next()?),
            values: Some(self.head.numbers(&self.row)),
            ..Draft::default()
        };
        let record = draft.record(self.spec).map_err(|invalid| invalid.to_string());
        Ok(Line { number: self.number, record })
    }
}

impl<R: BufRead> Rows for Npy<R> {
    fn next(&mut self) -> Option<Result<Line, String>> {
        if self.number == self.head.rows {
            return None;
        }
        self.number += 1;
        Some(self.row())
    }

    fn share(&self) -> (u64, u64) {
        (self.number, self.head.rows)
    }
}

impl Head {
    pub(super) fn read(text: &mut impl Read) -> Result<Self, String> {
        let cut = |_| "the file is no array of NumPy, or is cut off in its head".to_owned();
        let mut begin = [0; 8];
        text.read_exact(&mut begin).map_err(cut)?;
        if &begin[..6] != MAGIC {
            return Err("the file is no array of NumPy: it does not begin as one".into());
        }
        let (length, before) = match begin[6] {
            1 => {
                let mut length = [0; 2];
                text.read_exact(&mut length).map_err(cut)?;
                (usize::from(u16::from_le_bytes(length)), 10)
            }
            2 | 3 => {
                let mut length = [0; 4];
                text.read_exact(&mut length).map_err(cut)?;
                (u32::from_le_bytes(length) as usize, 12)
            }
            other => return Err(format!("the array is of version {other}; 1, 2 and 3 are known")),
        };
        if length > HEAD_BYTES_MAX {
            return Err(format!("the head must have at most {HEAD_BYTES_MAX} bytes, but has {length}"));
        }
        let mut head = vec![0; length];
        text.read_exact(&mut head).map_err(cut)?;
        Self::parse(&String::from_utf8_lossy(&head), before + length as u64)
    }

    fn parse(head: &str, bytes: u64) -> Result<Self, String> {
        let unclear = || format!("the head of the array cannot be understood: {:?}", head.trim_end());
        let descr = after(head, "'descr':")
            .and_then(|rest| rest.trim_start().strip_prefix('\''))
            .ok_or_else(unclear)?;
        let number = match descr.split('\'').next().unwrap_or_default() {
            "<f4" => Number::Single,
            "<f8" => Number::Double,
            other => {
                let told = format!(
                    "the array holds numbers of the kind {other:?}; save it by numpy.save(name, array"
                );
                return Err(format!("{told}.astype(\"<f4\"))"));
            }
        };
        if !after(head, "'fortran_order':").ok_or_else(unclear)?.trim_start().starts_with("False") {
            return Err("the array lies column by column: save numpy.ascontiguousarray(array)".into());
        }
        let shape = after(head, "'shape':")
            .and_then(|rest| rest.trim_start().strip_prefix('('))
            .ok_or_else(unclear)?;
        let shape = shape.split(')').next().unwrap_or_default();
        let sizes = shape.split(',').map(str::trim).filter(|size| !size.is_empty());
        let sizes: Vec<u64> = sizes.map(str::parse).collect::<Result<_, _>>().map_err(|_| unclear())?;
        let [rows, columns] = sizes[..] else {
            return Err(format!(
                "the array must have 2 dimensions, rows and numbers, but has {}",
                sizes.len()
            ));
        };
        match usize::try_from(columns) {
            Ok(columns) if (1..=DIMENSIONS).contains(&columns) => Ok(Self { number, rows, columns, bytes }),
            _ => Err(format!("a row must have 1 to {DIMENSIONS} numbers, but has {columns}")),
        }
    }

    /// What it says must be there.
    fn check(self, bytes: u64) -> Result<(), String> {
        let wanted =
            self.rows.checked_mul(self.row_bytes() as u64).and_then(|data| data.checked_add(self.bytes));
        if wanted.is_some_and(|wanted| wanted <= bytes) {
            return Ok(());
        }
        let Self { rows, columns, .. } = self;
        Err(format!(
            "the array should have {rows} rows of {columns} numbers, but the file is cut off after {bytes} bytes"
        ))
    }

    fn row_bytes(self) -> usize {
        self.columns * self.number.bytes()
    }

    fn numbers(self, row: &[u8]) -> Vec<f32> {
        match self.number {
            Number::Single => row.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect(),
            #[allow(clippy::cast_possible_truncation)]
            Number::Double => {
                row.as_chunks().0.iter().map(|bytes| f64::from_le_bytes(*bytes) as f32).collect()
            }
        }
    }
}

fn after<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.split_once(name).map(|(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::{super::samples::*, *};
    use conifer_domain::uploads::Ids;

    fn array(descr: &str, order: &str, shape: &str, data: &[u8]) -> Vec<u8> {
        let head = format!("{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}\n");
        let mut file = MAGIC.to_vec();
        file.extend([1, 0]);
        file.extend(u16::try_from(head.len()).expect("short").to_le_bytes());
        file.extend(head.as_bytes());
        file.extend(data);
        file
    }

    fn singles(numbers: &[f32]) -> Vec<u8> {
        numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
    }

    fn rows(file: &[u8], ids: Source) -> Vec<Result<String, String>> {
        match Npy::new(file, file.len() as u64, ids, dense(2)) {
            Ok(mut npy) => told(&mut npy),
            Err(reason) => vec![Err(reason)],
        }
    }

    fn numbered() -> Source {
        Source::new(&Ids::Numbered("n".into()), None)
    }

    #[test]
    fn rows_are_numbered_or_named() {
        let file = array("<f4", "False", "(2, 2)", &singles(&[1.0, 0.0, 0.5, 0.5]));
        assert_eq!(rows(&file, numbered()), [Ok("1 n0".into()), Ok("2 n1".into())]);
        let lines = |text: &'static str| Source::new(&Ids::InFile, Some(Box::new(text.as_bytes())));
        assert_eq!(rows(&file, lines("a\r\nb\n")), [Ok("1 a".into()), Ok("2 b".into())]);
        assert!(rows(&file, lines("a\n"))[1].as_ref().is_err_and(|reason| reason.contains("fewer lines")));
        let doubles: Vec<u8> = [1.0_f64, 2.0].iter().flat_map(|number| number.to_le_bytes()).collect();
        assert_eq!(rows(&array("<f8", "False", "(1, 2)", &doubles), numbered()), [Ok("1 n0".into())]);
    }

    #[test]
    fn a_row_with_no_number_is_told() {
        let file = array("<f4", "False", "(2, 2)", &singles(&[f32::NAN, 0.0, 1.0, f32::INFINITY]));
        let found = rows(&file, numbered());
        assert!(
            found.iter().all(|row| row.as_ref().is_err_and(|reason| reason.contains("values"))),
            "{found:?}"
        );
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn what_is_no_array_says_why() {
        let data = singles(&[1.0, 2.0]);
        for (file, reason) in [
            (b"no array at all".to_vec(), "does not begin as one"),
            (b"\x93NUMPY".to_vec(), "cut off in its head"),
            (b"\x93NUMPY\x09\x00..".to_vec(), "version 9"),
            (array("<i8", "False", "(1, 2)", &data), "of the kind \"<i8\""),
            (array("<f4", "True", "(1, 2)", &data), "column by column"),
            (array("<f4", "False", "(2,)", &data), "must have 2 dimensions, rows and numbers, but has 1"),
            (array("<f4", "False", "(1, 20001)", &data), "1 to 20000 numbers, but has 20001"),
            (array("<f4", "False", "(2, 2)", &data), "is cut off after"),
            (array("<f4", "False", "(99999999999999999, 20000)", &data), "is cut off after"),
            (array("<f4", "False", "(1, 3)", &singles(&[1.0; 3])), "must have 2 numbers"),
        ] {
            let found = rows(&file, numbered());
            assert!(matches!(&found[..], [Err(told)] if told.contains(reason)), "{reason}: {found:?}");
        }
    }
}
