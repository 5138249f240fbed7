//! Writing a part. Each section is one pass over the rows, so that only what is indexed is held in memory.

use super::{
    Row,
    columns::ColumnsBuilder,
    near,
    part::Place,
    sections::{Ends, Section, Sections},
    terms::TermsBuilder,
    writer::SegmentWriter,
};
use crate::{error::Result, score::Metric};

/// How parts of an index are laid out.
#[derive(Clone, Copy)]
pub struct Layout {
    pub dimension: usize,
    pub metric: Metric,
    /// Parts with as many rows or more have an index of near vectors.
    pub near_rows: usize,
}

/// Writes the part of these rows, which are in the order of their ids.
pub fn build_part(writer: &mut SegmentWriter, rows: &[Row<'_>], layout: Layout) -> Result<Place> {
    let mut sections = Sections::new(rows.len() as u32, layout.dimension as u32);
    strings(&mut sections, writer, (Section::IdEnds, Section::Ids), rows, |row| row.id())?;
    values(&mut sections, writer, rows, layout)?;
    let metadata = (Section::MetadataEnds, Section::Metadata);
    strings(&mut sections, writer, metadata, rows, |row| row.metadata_bytes())?;
    strings(&mut sections, writer, (Section::SparseEnds, Section::Sparse), rows, |row| row.sparse())?;
    let mut columns = ColumnsBuilder::default();
    for (row, number) in rows.iter().zip(0..) {
        let metadata = row.metadata()?;
        columns.add(number, &metadata);
    }
    columns.write(&mut sections, writer)?;
    let mut terms = TermsBuilder::default();
    for (row, number) in rows.iter().zip(0..) {
        terms.add(number, &row.sparse()?);
    }
    terms.write(&mut sections, writer)?;
    let table = sections.encode();
    let offset = writer.at();
    writer.put(&table)?;
    Ok(Place { offset, length: table.len() as u32, rows: rows.len() as u32 })
}

fn values(
    sections: &mut Sections,
    writer: &mut SegmentWriter,
    rows: &[Row<'_>],
    layout: Layout,
) -> Result<()> {
    let put = |writer: &mut SegmentWriter, row: &Row<'_>| writer.put(bytemuck::cast_slice(row.values()?));
    let Some((index, order)) = near::arrange(rows, layout)? else {
        return sections
            .write(writer, Section::Values, |writer| rows.iter().try_for_each(|row| put(writer, row)));
    };
    sections.write(writer, Section::Values, |writer| {
        order.iter().try_for_each(|row| put(writer, &rows[*row as usize]))
    })?;
    sections.put(writer, Section::Near, &index.to_bytes())?;
    sections.put(writer, Section::NearRows, bytemuck::cast_slice(&order))?;
    sections.put(writer, Section::NearPlaces, bytemuck::cast_slice(&near::places(&order)))
}

fn strings<'a, B: AsRef<[u8]>>(
    sections: &mut Sections,
    writer: &mut SegmentWriter,
    (ends, strings): (Section, Section),
    rows: &[Row<'a>],
    string: impl Fn(Row<'a>) -> Result<B>,
) -> Result<()> {
    let mut list = Ends::default();
    sections.write(writer, strings, |writer| {
        rows.iter().try_for_each(|row| list.put(writer, string(*row)?.as_ref()))
    })?;
    sections.put(writer, ends, list.bytes())
}
