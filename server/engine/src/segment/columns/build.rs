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

#[derive(Default)]
pub struct ColumnsBuilder(BTreeMap<String, Field>);

#[derive(Default)]
struct Field {
    texts: BTreeMap<String, RoaringBitmap>,
    numbers: Vec<(f64, u32)>,
    rows: [RoaringBitmap; PER_FIELD],
}

impl ColumnsBuilder {
    pub fn add(&mut self, row: u32, metadata: &Metadata) {
        for (name, value) in metadata.iter() {
            if !self.0.contains_key(name) {
                self.0.insert(name.to_owned(), Field::default());
            }
            if let Some(field) = self.0.get_mut(name) {
                field.add(row, value);
            }
        }
    }

    pub fn write(mut self, sections: &mut Sections, writer: &mut SegmentWriter) -> Result<()> {
        self.0.values_mut().for_each(Field::sort);
        sections.put(writer, Section::Fields, &self.directory())?;
        let mut texts = Ends::default();
        sections.write(writer, Section::Texts, |writer| {
            let mut all = self.0.values().flat_map(|field| field.texts.keys());
            all.try_for_each(|text| texts.put(writer, text.as_bytes()))
        })?;
        sections.put(writer, Section::TextEnds, texts.bytes())?;
        let mut postings = Ends::default();
        sections.write(writer, Section::Postings, |writer| {
            let of_texts = self.0.values().flat_map(|field| field.texts.values());
            let of_fields = self.0.values().flat_map(|field| &field.rows);
            of_texts.chain(of_fields).try_for_each(|rows| postings.put(writer, &serialized(rows)))
        })?;
        sections.put(writer, Section::PostingEnds, postings.bytes())?;
        let numbers = || self.0.values().flat_map(|field| &field.numbers);
        let values: Vec<f64> = numbers().map(|(number, _)| *number).collect();
        let rows: Vec<u32> = numbers().map(|(_, row)| *row).collect();
        sections.put(writer, Section::Numbers, bytemuck::cast_slice(&values))?;
        sections.put(writer, Section::NumberRows, bytemuck::cast_slice(&rows))
    }

    /// Each field's name, and how many texts and numbers it has.
    fn directory(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.put_u32(self.0.len() as u32);
        for (name, field) in &self.0 {
            out.put_text(name);
            out.put_u32(field.texts.len() as u32);
            out.put_u32(field.numbers.len() as u32);
        }
        out
    }
}

impl Field {
    fn add(&mut self, row: u32, value: &Value) {
        self.rows[PRESENT].insert(row);
        match value {
            Value::Text(text) => self.add_text(row, text),
            Value::Texts(texts) => texts.iter().for_each(|text| self.add_text(row, text)),
            // Without the sign of zero, which equality does not see and the order of the column would.
            Value::Number(number) => self.numbers.push((number + 0.0, row)),
            Value::Boolean(true) => drop(self.rows[TRUE].insert(row)),
            Value::Boolean(false) => drop(self.rows[FALSE].insert(row)),
        }
    }

    fn add_text(&mut self, row: u32, text: &str) {
        if !self.texts.contains_key(text) {
            self.texts.insert(text.to_owned(), RoaringBitmap::new());
        }
        if let Some(rows) = self.texts.get_mut(text) {
            rows.insert(row);
        }
    }

    fn sort(&mut self) {
        self.numbers.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    }
}

fn serialized(rows: &RoaringBitmap) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(rows.serialized_size());
    match rows.serialize_into(&mut bytes) {
        Ok(()) => bytes,
        Err(_) => unreachable!("a vector takes all bytes"),
    }
}
