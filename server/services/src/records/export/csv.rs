//! A record a row. Lists and objects are JSON in their cells: a column for each field of the metadata would have to be
//! known before the first row, and would lose what kind of value a field has.

use super::{super::console::shown, Writer};
use crate::{Error, Result};
use ::csv::WriterBuilder;
use conifer_domain::exports::Included;
use conifer_engine::Record;
use serde::Serialize;
use std::sync::Arc;

pub struct Csv {
    pub values: Included,
}

impl Csv {
    fn rows(&self, rows: impl Iterator<Item = Result<Vec<String>>>, out: &mut Vec<u8>) -> Result<()> {
        let mut writer = WriterBuilder::new().from_writer(out);
        for row in rows {
            writer.write_record(row?).map_err(Error::internal)?;
        }
        writer.flush().map_err(Error::internal)
    }

    fn row(&self, record: &Record) -> Result<Vec<String>> {
        let with_values = self.values == Included::With;
        let shown = shown::record(record, with_values);
        let mut row = vec![shown.id];
        if with_values {
            row.push(cell(shown.values.as_ref())?);
            row.push(cell(shown.sparse.as_ref())?);
        }
        row.push(cell(Some(&shown.metadata))?);
        Ok(row)
    }
}

fn cell(value: Option<&impl Serialize>) -> Result<String> {
    value.map_or_else(|| Ok(String::new()), |value| serde_json::to_string(value).map_err(Error::internal))
}

impl Writer for Csv {
    fn begin(&mut self, out: &mut Vec<u8>) -> Result<()> {
        let names: &[&str] = match self.values {
            Included::With => &["id", "values", "sparse_values", "metadata"],
            Included::Without => &["id", "metadata"],
        };
        let head = names.iter().map(|name| (*name).to_owned()).collect();
        self.rows([Ok(head)].into_iter(), out)
    }

    fn write(&mut self, records: &[Arc<Record>], out: &mut Vec<u8>) -> Result<()> {
        self.rows(records.iter().map(|record| self.row(record)), out)
    }

    fn end(&mut self, _: &mut Vec<u8>) -> Result<()> {
        Ok(())
    }
}
