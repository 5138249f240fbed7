//! Parquet. Sparse values are a group of `indices` and `values`, metadata is JSON in text.

use super::{Draft, Line, Rows, blocks::Remote};
use ::parquet::{
    file::reader::{FileReader as _, SerializedFileReader},
    record::{Field, Row, reader::RowIter},
};
use conifer_domain::{
    records::{Metadata as Fields, Sparse},
    uploads::{Mapping, Part},
};
use conifer_engine::{IndexSpec, Invalid, Record, Rule};
use serde_json::Value;

pub(super) struct Parquet {
    rows: RowIter<'static>,
    count: u64,
    mapping: Mapping,
    spec: IndexSpec,
    number: u64,
}

/// The rows of a file, and how many they are.
pub(super) fn rows(file: Remote) -> Result<(RowIter<'static>, u64), String> {
    let file = SerializedFileReader::new(file).map_err(|error| error.to_string())?;
    let count = u64::try_from(file.metadata().file_metadata().num_rows()).unwrap_or(0);
    Ok((RowIter::from_file_into(Box::new(file)), count))
}

impl Parquet {
    pub(super) fn new(file: Remote, mapping: Mapping, spec: IndexSpec) -> Result<Self, String> {
        let (rows, count) = rows(file)?;
        Ok(Self { rows, count, mapping, spec, number: 0 })
    }
}

impl Rows for Parquet {
    fn next(&mut self) -> Option<Result<Line, String>> {
        let row = match self.rows.next()? {
            Ok(row) => row,
            Err(error) => return Some(Err(error.to_string())),
        };
        self.number += 1;
        let record = record(row, &self.mapping, self.spec).map_err(|invalid| invalid.to_string());
        Some(Ok(Line { number: self.number, record }))
    }

    fn share(&self) -> (u64, u64) {
        (self.number, self.count)
    }
}

/// A row that is a record of such an index, or why it is none.
fn record(row: Row, mapping: &Mapping, spec: IndexSpec) -> Result<Record, Invalid> {
    let mut draft = Draft::default();
    for (name, field) in row.into_columns() {
        match (mapping.part(&name), field) {
            (_, Field::Null) | (Part::Ignored, _) => {}
            (Part::Id, field) => draft.id = Some(id(&name, field)?),
            (Part::Values, field) => draft.values = Some(numbers(&name, &field)?),
            (Part::Sparse, field) => draft.sparse = Some(sparse_values(&name, field)?),
            (Part::Metadata, field) => {
                let fields = metadata(&name, &text(&name, field)?)?;
                fields.into_iter().for_each(|(name, value)| draft.field(name, value));
            }
            (Part::Field, field) => {
                let value = value(&field).ok_or_else(|| {
                    wrong(&name, "text, a number, a truth value or a list of texts", "something else")
                })?;
                draft.field(name, value);
            }
        }
    }
    draft.record(spec)
}

/// Text, or a whole number that is written as one.
fn id(name: &str, field: Field) -> Result<String, Invalid> {
    match field {
        Field::Byte(_)
        | Field::Short(_)
        | Field::Int(_)
        | Field::Long(_)
        | Field::UByte(_)
        | Field::UShort(_)
        | Field::UInt(_)
        | Field::ULong(_) => Ok(field.to_string()),
        field => text(name, field),
    }
}

/// As metadata has it.
pub(super) fn value(field: &Field) -> Option<Value> {
    Some(match field {
        Field::Bool(value) => (*value).into(),
        Field::Byte(number) => (*number).into(),
        Field::Short(number) => (*number).into(),
        Field::Int(number) => (*number).into(),
        Field::Long(number) => (*number).into(),
        Field::UByte(number) => (*number).into(),
        Field::UShort(number) => (*number).into(),
        Field::UInt(number) => (*number).into(),
        Field::ULong(number) => (*number).into(),
        Field::Float(number) => f64::from(*number).into(),
        Field::Double(number) => (*number).into(),
        Field::Str(text) => text.as_str().into(),
        Field::ListInternal(list) => list.elements().iter().map(value).collect::<Option<Vec<_>>>()?.into(),
        _ => return None,
    })
}

fn text(name: &str, field: Field) -> Result<String, Invalid> {
    match field {
        Field::Str(text) => Ok(text),
        Field::Bytes(bytes) => String::from_utf8(bytes.data().to_vec())
            .map_err(|_| wrong(name, "text", "bytes that are no UTF-8")),
        _ => Err(wrong(name, "text", "something else")),
    }
}

fn numbers(name: &str, field: &Field) -> Result<Vec<f32>, Invalid> {
    let Field::ListInternal(list) = field else {
        return Err(wrong(name, "a list of numbers", "something else"));
    };
    let number = |field: &Field| match field {
        Field::Float(number) => Some(*number),
        #[allow(clippy::cast_possible_truncation)]
        Field::Double(number) => Some(*number as f32),
        Field::Float16(number) => Some(number.to_f32()),
        _ => None,
    };
    let numbers: Option<Vec<f32>> = list.elements().iter().map(number).collect();
    numbers.ok_or_else(|| wrong(name, "a list of numbers", "a list with something else"))
}

fn sparse_values(of: &str, field: Field) -> Result<Sparse, Invalid> {
    let Field::Group(group) = field else { return Err(wrong(of, "a group", "something else")) };
    let (mut indices, mut values) = (None, None);
    for (name, field) in group.into_columns() {
        match name.as_str() {
            "indices" => indices = Some(whole_numbers(&field)?),
            "values" => values = Some(numbers("sparse_values.values", &field)?),
            _ => {}
        }
    }
    let missing = |name: &str| Invalid::new(name, Rule::Required { why: "sparse values have both" });
    let indices = indices.ok_or_else(|| missing("sparse_values.indices"))?;
    let values = values.ok_or_else(|| missing("sparse_values.values"))?;
    Ok(Sparse { indices, values })
}

fn whole_numbers(field: &Field) -> Result<Vec<u32>, Invalid> {
    let (name, expected) = ("sparse_values.indices", "a list of whole numbers up to 4294967295");
    let Field::ListInternal(list) = field else { return Err(wrong(name, expected, "something else")) };
    let number = |field: &Field| match field {
        Field::UInt(number) => Some(*number),
        Field::Int(number) => u32::try_from(*number).ok(),
        Field::Long(number) => u32::try_from(*number).ok(),
        Field::ULong(number) => u32::try_from(*number).ok(),
        _ => None,
    };
    let numbers: Option<Vec<u32>> = list.elements().iter().map(number).collect();
    numbers.ok_or_else(|| wrong(name, expected, "a list with something else"))
}

fn metadata(name: &str, text: &str) -> Result<Fields, Invalid> {
    serde_json::from_str(text).map_err(|_| wrong(name, "an object in JSON", "something else"))
}

fn wrong(name: &str, expected: &'static str, found: &str) -> Invalid {
    Invalid::new(name, Rule::Type { expected, found: found.into() })
}
