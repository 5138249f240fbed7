//! The kinds of files that records are read from, row by row: what is held at once does not grow with the file.

mod blocks;
mod csv;
mod draft;
mod ids;
mod json;
mod npy;
mod parquet;
mod preview;
mod requests;

pub(super) use blocks::Remote;
use conifer_domain::uploads::{FileFormat, Reading};
use conifer_engine::{IndexSpec, Record};
use draft::Draft;
pub(super) use preview::preview;
use std::io::{BufRead, BufReader, Read};

/// Of the text of one row: a record at its limits has less.
const ROW_BYTES_MAX: usize = 2 << 20;

/// A row of a file, by its number from 1 on: a record, or why it is none.
#[derive(Debug, PartialEq)]
pub(super) struct Line {
    pub(super) number: u64,
    pub(super) record: Result<Record, String>,
}

/// The rows of a file.
pub(super) trait Rows {
    /// None after the last. An error is of the file, which ends with it.
    fn next(&mut self) -> Option<Result<Line, String>>;
    /// How far it is read, in parts of any size, and how many of them there are.
    fn share(&self) -> (u64, u64);
}

/// A file, and one with its ids where there is one.
pub(super) struct Files {
    pub(super) file: Remote,
    pub(super) ids: Option<Remote>,
}

pub(super) fn open(files: Files, reading: &Reading, spec: IndexSpec) -> Result<Box<dyn Rows>, String> {
    let Files { file, ids } = files;
    let mapping = reading.mapping.clone();
    let bytes = file.bytes;
    Ok(match reading.format {
        FileFormat::Json => Box::new(json::List::new(text(&file), bytes, reading, spec)?),
        FileFormat::Jsonl => Box::new(json::Lines::new(text(&file), bytes, mapping, spec)),
        FileFormat::Csv => Box::new(csv::Csv::new(text(&file), bytes, mapping, spec)?),
        FileFormat::Parquet => Box::new(parquet::Parquet::new(file, mapping, spec)?),
        FileFormat::Npy => {
            let ids = ids::Source::new(&reading.ids, ids.map(|ids| text(&ids)));
            Box::new(npy::Npy::new(text(&file), bytes, ids, spec)?)
        }
        FileFormat::Ids => return Err("a file of IDs goes with an array".into()),
    })
}

fn text(file: &Remote) -> Box<dyn BufRead> {
    Box::new(BufReader::with_capacity(64 << 10, file.read_from(0)))
}

/// Counts what was read of a text.
struct Counted<R> {
    inner: R,
    bytes: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(into)?;
        self.bytes += count as u64;
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.bytes += amount as u64;
        self.inner.consume(amount);
    }
}

#[cfg(test)]
mod samples {
    use super::*;
    use conifer_engine::Metric;

    pub fn dense(dimension: usize) -> IndexSpec {
        IndexSpec::Dense { dimension, metric: Metric::Cosine }
    }

    /// What each row came to: the record's id, or why it is none.
    pub fn told(rows: &mut dyn Rows) -> Vec<Result<String, String>> {
        let mut told = Vec::new();
        while let Some(line) = rows.next() {
            match line {
                Ok(Line { number, record: Ok(record) }) => told.push(Ok(format!("{number} {}", record.id))),
                Ok(Line { number, record: Err(reason) }) => told.push(Err(format!("{number} {reason}"))),
                Err(reason) => {
                    told.push(Err(reason));
                    break;
                }
            }
        }
        told
    }
}
