//! Rows of a Parquet file as records. Columns are `id`, `values`, `sparse_values` with `indices` and `values`, and
//! `metadata`, which is JSON in text; others are left alone.

use conifer_engine::{IndexSpec, Invalid, Metadata, Record, RecordId, Rule, SparseValues, Values};
use parquet::record::{Field, Row};

/// A row that is a record of such an index, or why it is none.
pub(super) fn record(row: Row, spec: IndexSpec) -> Result<Record, Invalid> {
    let (mut id, mut values, mut sparse, mut metadata) = (None, None, None, Metadata::default());
    for (name, field) in row.into_columns() {
        match (name.as_str(), field) {
            (_, Field::Null) => {}
            ("id", field) => id = Some(RecordId::new(&text("id", field)?)?),
            ("values", field) => values = dense(&field)?,
            ("sparse_values", field) => sparse = Some(sparse_values(field)?),
            ("metadata", field) => metadata = metadata_of(&text("metadata", field)?)?,
            _ => {}
        }
    }
    let id = id.ok_or_else(|| Invalid::new("id", Rule::Required { why: "each record has one" }))?;
    let record = Record { id, values, sparse, metadata };
    spec.check_record(&record)?;
    Ok(record)
}

/// An empty list is none.
fn dense(field: &Field) -> Result<Option<Values>, Invalid> {
    let numbers = numbers("values", field)?;
    if numbers.is_empty() { Ok(None) } else { Values::new(numbers).map(Some) }
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

fn sparse_values(field: Field) -> Result<SparseValues, Invalid> {
    let Field::Group(group) = field else { return Err(wrong("sparse_values", "a group", "something else")) };
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
    SparseValues::new(&indices, &values).map_err(|invalid| invalid.within("sparse_values"))
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

fn metadata_of(text: &str) -> Result<Metadata, Invalid> {
    let object =
        serde_json::from_str(text).map_err(|_| wrong("metadata", "an object in JSON", "something else"))?;
    Metadata::from_json(&object)
}

fn wrong(name: &str, expected: &'static str, found: &str) -> Invalid {
    Invalid::new(name, Rule::Type { expected, found: found.into() })
}
