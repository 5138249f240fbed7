//! The inverted index of sparse values: for each place that occurs, the rows that have it and their numbers there.

use super::{
    file::SegmentFile,
    sections::{Section, Sections, count, items},
    writer::SegmentWriter,
};
use crate::{error::Result, records::SparseValues};
use std::collections::BTreeMap;

#[derive(Default)]
pub struct TermsBuilder(BTreeMap<u32, (Vec<u32>, Vec<f32>)>);

impl TermsBuilder {
    pub fn add(&mut self, row: u32, sparse: &[u8]) {
        let (places, numbers) = sparse.split_at(sparse.len() / 2);
        let words = |bytes: &[u8]| bytes.as_chunks::<4>().0.to_vec();
        for (place, number) in words(places).into_iter().zip(words(numbers)) {
            let (rows, weights) = self.0.entry(u32::from_le_bytes(place)).or_default();
            rows.push(row);
            weights.push(f32::from_le_bytes(number));
        }
    }

    pub fn write(&self, sections: &mut Sections, writer: &mut SegmentWriter) -> Result<()> {
        let terms: Vec<u32> = self.0.keys().copied().collect();
        let count = |end: &mut u64, rows: &Vec<u32>| {
            *end += rows.len() as u64;
            Some(*end)
        };
        let ends: Vec<u64> = self.0.values().scan(0, |end, (rows, _)| count(end, rows)).collect();
        sections.put(writer, Section::Terms, bytemuck::cast_slice(&terms))?;
        sections.put(writer, Section::TermEnds, bytemuck::cast_slice(&ends))?;
        sections.write(writer, Section::TermRows, |writer| {
            self.0.values().try_for_each(|(rows, _)| writer.put(bytemuck::cast_slice(rows)))
        })?;
        sections.write(writer, Section::TermWeights, |writer| {
            self.0.values().try_for_each(|(_, weights)| writer.put(bytemuck::cast_slice(weights)))
        })
    }
}

/// The dot products of `query` with all rows. A row that shares no place with it has none: not a number.
pub fn dot_products(file: &SegmentFile, sections: &Sections, query: &SparseValues) -> Result<Vec<f64>> {
    let section = |section| sections.range(section);
    let terms: &[u32] = items(file, section(Section::Terms), 0..count::<u32>(section(Section::Terms)))?;
    let ends: &[u64] = items(file, section(Section::TermEnds), 0..terms.len())?;
    let mut sums = vec![f64::NAN; sections.rows as usize];
    for (place, number) in query.pairs() {
        let Ok(term) = terms.binary_search(&place) else { continue };
        let start = if term == 0 { 0 } else { ends[term - 1] };
        let range = start as usize..ends[term] as usize;
        let rows: &[u32] = items(file, section(Section::TermRows), range.clone())?;
        let weights: &[f32] = items(file, section(Section::TermWeights), range)?;
        for (row, weight) in rows.iter().zip(weights) {
            let product = f64::from(number) * f64::from(*weight);
            let sum = sums.get_mut(*row as usize);
            let sum = sum.ok_or_else(|| {
                file.damaged(section(Section::TermRows).start, "a term has rows beyond the last")
            })?;
            *sum = if sum.is_nan() { product } else { *sum + product };
        }
    }
    Ok(sums)
}
