use super::{FALSE, PER_FIELD, PRESENT, TRUE};
use crate::{
    error::Result,
    format::Put,
    records::{Metadata, Value},
    segment::{
        sections::{Ends, Section, Sections},
        writer::SegmentWriter,
    },
};
use roaring::RoaringBitmap;
use std::collections::BTreeMap;

/// So many fields of a part have a column. What a filter asks of any other is looked for in every row.
const FIELDS_MAX: usize = 4_096;

#[derive(Default)]
pub struct ColumnsBuilder {
    fields: BTreeMap<String, Field>,
    /// Whether there are fields without a column.
    more: bool,
}

#[derive(Default)]
struct Field {
    /// Rows in their order.
    texts: BTreeMap<String, Vec<u32>>,
    numbers: Vec<(f64, u32)>,
    rows: [Vec<u32>; PER_FIELD],
}

impl ColumnsBuilder {
    pub fn add(&mut self, row: u32, metadata: &Metadata) {
        for (name, value) in metadata.iter() {
            if !self.fields.contains_key(name) {
                if self.fields.len() == FIELDS_MAX {
                    self.more = true;
                    continue;
                }
                self.fields.insert(name.to_owned(), Field::default());
            }
            if let Some(field) = self.fields.get_mut(name) {
                field.add(row, value);
            }
        }
    }

    pub fn write(mut self, sections: &mut Sections, writer: &mut SegmentWriter) -> Result<()> {
        self.fields.values_mut().for_each(Field::sort);
        sections.put(writer, Section::Fields, &self.directory())?;
        let mut texts = Ends::default();
        sections.write(writer, Section::Texts, |writer| {
            let mut all = self.fields.values().flat_map(|field| field.texts.keys());
            all.try_for_each(|text| texts.put(writer, text.as_bytes()))
        })?;
        sections.put(writer, Section::TextEnds, texts.bytes())?;
        let mut postings = Ends::default();
        sections.write(writer, Section::Postings, |writer| {
            let of_texts = self.fields.values().flat_map(|field| field.texts.values());
            let of_fields = self.fields.values().flat_map(|field| &field.rows);
            of_texts.chain(of_fields).try_for_each(|rows| postings.put(writer, &serialized(rows)))
        })?;
        sections.put(writer, Section::PostingEnds, postings.bytes())?;
        let numbers = || self.fields.values().flat_map(|field| &field.numbers);
        let values: Vec<f64> = numbers().map(|(number, _)| *number).collect();
        let rows: Vec<u32> = numbers().map(|(_, row)| *row).collect();
        sections.put(writer, Section::Numbers, bytemuck::cast_slice(&values))?;
        sections.put(writer, Section::NumberRows, bytemuck::cast_slice(&rows))
    }

    /// Each field's name, and how many texts and numbers it has.
    fn directory(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.put_u32(self.fields.len() as u32);
        for (name, field) in &self.fields {
            out.put_text(name);
            out.put_u32(field.texts.len() as u32);
            out.put_u32(field.numbers.len() as u32);
        }
        // Said where it is so, for parts without a word on it are complete.
        if self.more {
            out.put_u8(1);
        }
        out
    }
}

impl Field {
    fn add(&mut self, row: u32, value: &Value) {
        self.rows[PRESENT].push(row);
        match value {
            Value::Text(text) => self.add_text(row, text),
            Value::Texts(texts) => texts.iter().for_each(|text| self.add_text(row, text)),
            // Without the sign of zero, which equality does not see and the order of the column would.
            Value::Number(number) => self.numbers.push((number + 0.0, row)),
            Value::Boolean(true) => self.rows[TRUE].push(row),
            Value::Boolean(false) => self.rows[FALSE].push(row),
        }
    }

    fn add_text(&mut self, row: u32, text: &str) {
        if !self.texts.contains_key(text) {
            self.texts.insert(text.to_owned(), Vec::new());
        }
        // A list may name a text twice.
        if let Some(rows) = self.texts.get_mut(text).filter(|rows| rows.last() != Some(&row)) {
            rows.push(row);
        }
    }

    fn sort(&mut self) {
        self.numbers.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    }
}

fn serialized(rows: &[u32]) -> Vec<u8> {
    let Ok(rows) = RoaringBitmap::from_sorted_iter(rows.iter().copied()) else {
        unreachable!("rows are added in their order")
    };
    let mut bytes = Vec::with_capacity(rows.serialized_size());
    match rows.serialize_into(&mut bytes) {
        Ok(()) => bytes,
        Err(_) => unreachable!("a vector takes all bytes"),
    }
}
