//! Columns as imports read them: each piece is a row group, the footer comes at the end.

use super::Writer;
use crate::{Error, Result};
use ::parquet::{
    basic::{Compression, ZstdLevel},
    data_type::{ByteArray, ByteArrayType, DataType, FloatType, Int32Type},
    file::{
        properties::WriterProperties,
        writer::{SerializedFileWriter, SerializedRowGroupWriter},
    },
    schema::parser::parse_message_type,
};
use conifer_domain::exports::Included;
use conifer_engine::Record;
use std::sync::Arc;

const ID: &str = "required binary id (UTF8);";
const VALUES: &str = "optional group values (LIST) { repeated group list { required float element; } }
    optional group sparse_values {
        required group indices (LIST) { repeated group list { required int32 element (UINT_32); } }
        required group values (LIST) { repeated group list { required float element; } }
    }";
const METADATA: &str = "required binary metadata (UTF8);";

pub struct Parquet {
    values: Included,
    file: SerializedFileWriter<Vec<u8>>,
}

type Group<'a> = SerializedRowGroupWriter<'a, Vec<u8>>;

impl Parquet {
    pub fn new(values: Included) -> Result<Self> {
        let lists = if values == Included::With { VALUES } else { "" };
        let schema = parse_message_type(&format!("message record {{ {ID} {lists} {METADATA} }}"));
        let properties =
            WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build();
        let schema = Arc::new(schema.map_err(Error::internal)?);
        let file = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties));
        Ok(Self { values, file: file.map_err(Error::internal)? })
    }

    fn group(&mut self, records: &[Arc<Record>]) -> ::parquet::errors::Result<()> {
        let mut group = self.file.next_row_group()?;
        texts(&mut group, records.iter().map(|record| record.id.as_str().into()))?;
        if self.values == Included::With {
            let dense = |record: &Arc<Record>| record.values.as_ref().map(|values| values.to_vec());
            lists::<FloatType>(&mut group, records.iter().map(dense))?;
            let indices = |record: &Arc<Record>| {
                let sparse = record.sparse.as_ref()?;
                // As Parquet keeps numbers without a sign.
                Some(sparse.indices().iter().map(|index| index.cast_signed()).collect())
            };
            lists::<Int32Type>(&mut group, records.iter().map(indices))?;
            let sparse = |record: &Arc<Record>| record.sparse.as_ref().map(|sparse| sparse.values().to_vec());
            lists::<FloatType>(&mut group, records.iter().map(sparse))?;
        }
        let metadata = |record: &Arc<Record>| {
            ByteArray::from(serde_json::Value::Object(record.metadata.to_json()).to_string().as_str())
        };
        texts(&mut group, records.iter().map(metadata))?;
        group.close()?;
        Ok(())
    }

    /// What the file has come to since it was last asked.
    fn take(&mut self, out: &mut Vec<u8>) -> Result<()> {
        self.file.flush().map_err(Error::internal)?;
        out.append(self.file.inner_mut());
        Ok(())
    }
}

fn texts(group: &mut Group<'_>, texts: impl Iterator<Item = ByteArray>) -> ::parquet::errors::Result<()> {
    let texts: Vec<ByteArray> = texts.collect();
    write::<ByteArrayType>(group, &texts, None, None)
}

/// None, an empty list, and something in a list.
const NONE: i16 = 0;
const EMPTY: i16 = 1;
const ELEMENT: i16 = 2;

/// A list begins where nothing repeats.
fn lists<T: DataType>(
    group: &mut Group<'_>,
    lists: impl Iterator<Item = Option<Vec<T::T>>>,
) -> ::parquet::errors::Result<()> {
    let (mut values, mut defined, mut repeated) = (Vec::new(), Vec::new(), Vec::new());
    for list in lists {
        let count = list.as_ref().map_or(0, Vec::len);
        if count == 0 {
            defined.push(if list.is_some() { EMPTY } else { NONE });
            repeated.push(0);
        }
        for (nth, value) in list.into_iter().flatten().enumerate() {
            values.push(value);
            defined.push(ELEMENT);
            repeated.push(i16::from(nth > 0));
        }
    }
    write::<T>(group, &values, Some(&defined), Some(&repeated))
}

fn write<T: DataType>(
    group: &mut Group<'_>,
    values: &[T::T],
    defined: Option<&[i16]>,
    repeated: Option<&[i16]>,
) -> ::parquet::errors::Result<()> {
    if let Some(mut column) = group.next_column()? {
        column.typed::<T>().write_batch(values, defined, repeated)?;
        column.close()?;
    }
    Ok(())
}

impl Writer for Parquet {
    fn begin(&mut self, _: &mut Vec<u8>) -> Result<()> {
        Ok(())
    }

    fn write(&mut self, records: &[Arc<Record>], out: &mut Vec<u8>) -> Result<()> {
        if !records.is_empty() {
            self.group(records).map_err(Error::internal)?;
        }
        self.take(out)
    }

    fn end(&mut self, out: &mut Vec<u8>) -> Result<()> {
        self.file.finish().map_err(Error::internal)?;
        self.take(out)
    }
}
