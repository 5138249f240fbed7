use super::{FALSE, PER_FIELD, PRESENT, TRUE};
use crate::{
    error::Result,
    filter::{Filter, Order, Scalar, Test},
    format::{Malformed, Reader},
    segment::{
        file::SegmentFile,
        part::Part,
        row_set::RowSet,
        sections::{Section, Sections, items, string},
    },
};
use roaring::RoaringBitmap;
use std::{cmp::Ordering, collections::HashMap, ops::Range};

pub struct Columns<'a> {
    part: &'a Part,
    file: &'a SegmentFile,
    sections: &'a Sections,
    fields: HashMap<&'a str, Field>,
    /// How many texts all fields have together.
    texts: usize,
    /// Whether rows have fields beside these.
    more: bool,
}

struct Field {
    position: usize,
    texts: Range<usize>,
    numbers: Range<usize>,
}

impl<'a> Columns<'a> {
    pub fn open(part: &'a Part, file: &'a SegmentFile, sections: &'a Sections) -> Result<Self> {
        let range = sections.range(Section::Fields);
        let (fields, texts, more) = directory(file.bytes(range.clone())?)
            .map_err(|_| file.damaged(range.start, "the fields of a part make no sense"))?;
        Ok(Self { part, file, sections, fields, texts, more })
    }

    pub fn rows(&self, filter: &Filter) -> Result<RowSet> {
        match filter {
            Filter::All(filters) => {
                let mut rows = self.all();
                for filter in filters {
                    if rows.is_empty() {
                        break;
                    }
                    rows.keep(&self.rows(filter)?);
                }
                Ok(rows)
            }
            Filter::Any(filters) => {
                let mut rows = self.none();
                for filter in filters {
                    rows.add(&self.rows(filter)?);
                }
                Ok(rows)
            }
            Filter::Field { name, test } => self.passing(name, test),
        }
    }

    fn passing(&self, name: &str, test: &Test) -> Result<RowSet> {
        let Some(field) = self.fields.get(name) else {
            if self.more {
                return self.looked_for(name, test);
            }
            let missing_passes = matches!(test, Test::NotEqual(_) | Test::NotIn(_) | Test::Exists(false));
            return Ok(if missing_passes { self.all() } else { self.none() });
        };
        match test {
            Test::Equal(scalar) => self.equal(field, scalar),
            Test::NotEqual(scalar) => Ok(self.equal(field, scalar)?.opposite()),
            Test::In(scalars) => self.any_of(field, scalars),
            Test::NotIn(scalars) => Ok(self.any_of(field, scalars)?.opposite()),
            Test::Number(order, bound) => self.ordered(field, *order, *bound),
            Test::Exists(true) => self.of_field(field, PRESENT),
            Test::Exists(false) => Ok(self.of_field(field, PRESENT)?.opposite()),
        }
    }

    /// For a field without a column.
    fn looked_for(&self, name: &str, test: &Test) -> Result<RowSet> {
        let mut rows = self.none();
        for row in 0..self.sections.rows {
            if test.passes(self.part.metadata(row)?.get(name)) {
                rows.insert(row);
            }
        }
        Ok(rows)
    }

    fn any_of(&self, field: &Field, scalars: &[Scalar]) -> Result<RowSet> {
        let mut rows = self.none();
        for scalar in scalars {
            rows.add(&self.equal(field, scalar)?);
        }
        Ok(rows)
    }

    fn equal(&self, field: &Field, scalar: &Scalar) -> Result<RowSet> {
        match scalar {
            Scalar::Boolean(true) => self.of_field(field, TRUE),
            Scalar::Boolean(false) => self.of_field(field, FALSE),
            Scalar::Text(text) => match self.find_text(field, text)? {
                Some(position) => self.posting(position),
                None => Ok(self.none()),
            },
            Scalar::Number(number) => {
                let numbers = self.numbers(field)?;
                let start = numbers.partition_point(|n| n < number);
                let end = numbers.partition_point(|n| n <= number);
                self.number_rows(field, start..end)
            }
        }
    }

    fn ordered(&self, field: &Field, order: Order, bound: f64) -> Result<RowSet> {
        let numbers = self.numbers(field)?;
        let below = |order: Order| numbers.partition_point(|n| order.holds(*n, bound));
        let range = match order {
            Order::Less | Order::LessOrEqual => 0..below(order),
            Order::Greater => below(Order::LessOrEqual)..numbers.len(),
            Order::GreaterOrEqual => below(Order::Less)..numbers.len(),
        };
        self.number_rows(field, range)
    }

    fn numbers(&self, field: &Field) -> Result<&'a [f64]> {
        items(self.file, self.sections.range(Section::Numbers), field.numbers.clone())
    }

    fn number_rows(&self, field: &Field, range: Range<usize>) -> Result<RowSet> {
        let range = field.numbers.start + range.start..field.numbers.start + range.end;
        let rows: &[u32] = items(self.file, self.sections.range(Section::NumberRows), range)?;
        self.known(rows.iter().copied(), Section::NumberRows)
    }

    fn find_text(&self, field: &Field, wanted: &str) -> Result<Option<usize>> {
        let mut range = field.texts.clone();
        while !range.is_empty() {
            let middle = range.start + range.len() / 2;
            let text = self.string((Section::TextEnds, Section::Texts), middle)?;
            match text.cmp(wanted.as_bytes()) {
                Ordering::Less => range.start = middle + 1,
                Ordering::Greater => range.end = middle,
                Ordering::Equal => return Ok(Some(middle)),
            }
        }
        Ok(None)
    }

    fn of_field(&self, field: &Field, which: usize) -> Result<RowSet> {
        self.posting(self.texts + field.position * PER_FIELD + which)
    }

    fn posting(&self, position: usize) -> Result<RowSet> {
        let bytes = self.string((Section::PostingEnds, Section::Postings), position)?;
        let rows = RoaringBitmap::deserialize_from(bytes);
        let offset = self.sections.range(Section::Postings).start;
        let rows = rows.map_err(|_| self.file.damaged(offset, "a list of rows makes no sense"))?;
        self.known(rows.iter(), Section::Postings)
    }

    /// Rows that there are.
    fn known(&self, rows: impl Iterator<Item = u32>, section: Section) -> Result<RowSet> {
        let mut known = self.none();
        for row in rows {
            if row >= self.sections.rows {
                let start = self.sections.range(section).start;
                return Err(self.file.damaged(start, "a list has rows beyond the last"));
            }
            known.insert(row);
        }
        Ok(known)
    }

    fn string(&self, (ends, strings): (Section, Section), position: usize) -> Result<&'a [u8]> {
        string(self.file, self.sections.range(ends), self.sections.range(strings), position)
    }

    fn all(&self) -> RowSet {
        RowSet::all(self.sections.rows)
    }

    fn none(&self) -> RowSet {
        RowSet::none(self.sections.rows)
    }
}

fn directory(bytes: &[u8]) -> Result<(HashMap<&str, Field>, usize, bool), Malformed> {
    let mut reader = Reader::new(bytes);
    let (mut texts, mut numbers) = (0, 0);
    let mut fields = HashMap::new();
    for position in 0..reader.u32()? as usize {
        let name = reader.text()?;
        let text_end = texts + reader.u32()? as usize;
        let number_end = numbers + reader.u32()? as usize;
        fields.insert(name, Field { position, texts: texts..text_end, numbers: numbers..number_end });
        (texts, numbers) = (text_end, number_end);
    }
    let more = !reader.is_done() && reader.u8()? == 1;
    reader.done()?;
    Ok((fields, texts, more))
}
