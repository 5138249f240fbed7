//! One record as bytes.

use crate::{
    format::{Malformed, Put, Reader},
    records::{Metadata, Record, RecordId, SparseValues, Value, Values},
};

const VALUES: u8 = 1;
const SPARSE: u8 = 2;

pub fn put_record(out: &mut Vec<u8>, record: &Record) {
    out.put_text(record.id.as_str());
    let has = |there: bool, flag: u8| if there { flag } else { 0 };
    out.put_u8(has(record.values.is_some(), VALUES) | has(record.sparse.is_some(), SPARSE));
    if let Some(values) = &record.values {
        out.put_f32s(values);
    }
    if let Some(sparse) = &record.sparse {
        out.put_u32s(sparse.indices());
        out.put_f32s(sparse.values());
    }
    put_metadata(out, &record.metadata);
}

pub fn read_record(reader: &mut Reader<'_>) -> Result<Record, Malformed> {
    let id = RecordId::new(reader.text()?).map_err(|_| reader.malformed())?;
    let has = reader.u8()?;
    let mut record = Record { id, values: None, sparse: None, metadata: Metadata::default() };
    if has & VALUES != 0 {
        let values = Values::new(reader.f32s()?).map_err(|_| reader.malformed())?;
        record.values = Some(values);
    }
    if has & SPARSE != 0 {
        let (indices, values) = (reader.u32s()?, reader.f32s()?);
        let sparse = SparseValues::new(&indices, &values).map_err(|_| reader.malformed())?;
        record.sparse = Some(sparse);
    }
    record.metadata = read_metadata(reader)?;
    Ok(record)
}

pub fn put_metadata(out: &mut Vec<u8>, metadata: &Metadata) {
    out.put_u32(metadata.iter().len() as u32);
    for (name, value) in metadata.iter() {
        out.put_text(name);
        match value {
            Value::Text(text) => {
                out.put_u8(0);
                out.put_text(text);
            }
            Value::Number(number) => {
                out.put_u8(1);
                out.put_f64(*number);
            }
            Value::Boolean(value) => out.put_u8(2 + u8::from(*value)),
            Value::Texts(texts) => {
                out.put_u8(4);
                out.put_u32(texts.len() as u32);
                texts.iter().for_each(|text| out.put_text(text));
            }
        }
    }
}

pub fn read_metadata(reader: &mut Reader<'_>) -> Result<Metadata, Malformed> {
    let mut fields = Vec::new();
    for _ in 0..reader.u32()? {
        fields.push((reader.text()?.to_owned(), read_value(reader)?));
    }
    Metadata::new(fields).map_err(|_| reader.malformed())
}

fn read_value(reader: &mut Reader<'_>) -> Result<Value, Malformed> {
    match reader.u8()? {
        0 => Ok(Value::Text(reader.text()?.to_owned())),
        1 => Ok(Value::Number(reader.f64()?)),
        2 => Ok(Value::Boolean(false)),
        3 => Ok(Value::Boolean(true)),
        4 => {
            let count = reader.u32()?;
            let texts: Result<_, _> = (0..count).map(|_| Ok(reader.text()?.to_owned())).collect();
            Ok(Value::Texts(texts?))
        }
        _ => Err(reader.malformed()),
    }
}
