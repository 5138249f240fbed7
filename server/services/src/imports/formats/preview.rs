//! The first rows of a file, as they would be read.

use super::{Files, Rows, csv, json, npy, open, parquet, text};
use ::csv::StringRecord;
use conifer_domain::uploads::{Column, FileFormat, Mapping, Part, Preview, Reading};
use conifer_engine::IndexSpec;
use serde_json::{Map, Value};

const ROWS: u64 = 100;
const SAMPLES: usize = 3;
const SAMPLE_CHARS: usize = 80;
const COLUMNS_MAX: usize = 200;

/// For threads that may wait.
pub(in crate::imports) fn preview(files: Files, reading: &Reading, spec: IndexSpec) -> Preview {
    let found = columns(&files, reading).and_then(|columns| {
        let mut rows = open(files, reading, spec)?;
        judged(&mut *rows, columns)
    });
    found.unwrap_or_else(|reason| Preview { unreadable: Some(reason), ..Preview::default() })
}

fn judged(rows: &mut dyn Rows, columns: Vec<Column>) -> Result<Preview, String> {
    let mut preview = Preview { columns, ..Preview::default() };
    while let Some(line) = rows.next().filter(|_| preview.rows < ROWS) {
        let line = line?;
        preview.rows += 1;
        if let Err(reason) = line.record {
            preview.refused.push((line.number, reason));
        }
    }
    Ok(preview)
}

fn columns(files: &Files, reading: &Reading) -> Result<Vec<Column>, String> {
    let mut seen = Seen { mapping: &reading.mapping, columns: Vec::new() };
    let file = &files.file;
    match reading.format {
        FileFormat::Json => {
            let mut elements = json::Elements::new(text(file), &reading.namespace)?;
            for _ in 0..ROWS {
                let Some(element) = elements.next() else { break };
                seen.object(element?);
            }
        }
        FileFormat::Jsonl => {
            let (mut text, mut line) = (text(file), Vec::new());
            for _ in 0..ROWS {
                if !json::line(&mut text, &mut line).map_err(|error| error.to_string())? {
                    break;
                }
                seen.object(&line);
            }
        }
        FileFormat::Csv => {
            let mut table = csv::Table::new(text(file))?;
            let head = table.head.clone();
            head.iter().for_each(|name| seen.name(name));
            let mut row = StringRecord::new();
            for _ in 0..ROWS {
                let Some(Ok(())) = table.next(&mut row) else { break };
                head.iter().zip(&row).for_each(|(name, cell)| seen.sample(name, cell));
            }
        }
        FileFormat::Parquet => {
            for row in parquet::rows(file.clone())?.0.take(ROWS as usize) {
                let row = row.map_err(|error| error.to_string())?;
                row.get_column_iter().for_each(|(name, field)| seen.sample(name, &field.to_string()));
            }
        }
        FileFormat::Npy => {
            let head = npy::Head::read(&mut text(file))?;
            seen.name("values");
            seen.sample("values", &format!("{} rows of {} numbers", head.rows, head.columns));
        }
        FileFormat::Ids => return Err("a file of IDs goes with an array".into()),
    }
    Ok(seen.columns)
}

/// Columns in the order in which they were met.
struct Seen<'a> {
    mapping: &'a Mapping,
    columns: Vec<Column>,
}

impl Seen<'_> {
    /// What is no object is told with the rows.
    fn object(&mut self, text: &[u8]) {
        let object: Map<String, Value> = serde_json::from_slice(text).unwrap_or_default();
        object.iter().for_each(|(name, value)| self.sample(name, &value.to_string()));
    }

    fn name(&mut self, name: &str) {
        if self.columns.len() < COLUMNS_MAX && !self.columns.iter().any(|column| column.name == name) {
            let part: Part = self.mapping.part(name);
            self.columns.push(Column { name: name.to_owned(), part, samples: Vec::new() });
        }
    }

    fn sample(&mut self, name: &str, value: &str) {
        self.name(name);
        let column = self.columns.iter_mut().find(|column| column.name == name);
        if let Some(column) = column.filter(|column| column.samples.len() < SAMPLES) {
            let cut = value.chars().nth(SAMPLE_CHARS).is_some();
            let start: String = value.chars().take(SAMPLE_CHARS).filter(|c| !c.is_control()).collect();
            column.samples.push(if cut { format!("{start}…") } else { start });
        }
    }
}
