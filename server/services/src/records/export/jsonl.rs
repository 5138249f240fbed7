//! A record a line, as programs write it.

use super::{super::console::shown, Writer};
use crate::{Error, Result};
use conifer_domain::exports::Included;
use conifer_engine::Record;
use std::sync::Arc;

pub struct Jsonl {
    pub values: Included,
}

impl Writer for Jsonl {
    fn begin(&mut self, _: &mut Vec<u8>) -> Result<()> {
        Ok(())
    }

    fn write(&mut self, records: &[Arc<Record>], out: &mut Vec<u8>) -> Result<()> {
        for record in records {
            let shown = shown::record(record, self.values == Included::With);
            serde_json::to_writer(&mut *out, &shown).map_err(Error::internal)?;
            out.push(b'\n');
        }
        Ok(())
    }

    fn end(&mut self, _: &mut Vec<u8>) -> Result<()> {
        Ok(())
    }
}
