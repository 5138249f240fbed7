//! Files that people send so that records are read from them: what kinds there are, and what their columns are for.

use crate::ids::{IndexId, UploadId};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, str::FromStr};

/// Of one file.
pub const UPLOAD_BYTES_MAX: u64 = 2 << 30;
/// What is sent at once.
pub const CHUNK_BYTES_MAX: u64 = 4 << 20;
/// Of one index, that no import reads yet.
pub const UPLOADS_WAITING_MAX: i64 = 10;
/// Of all indexes of a project, until their imports are over.
pub const UPLOAD_BYTES_WAITING_MAX: u64 = 8 << 30;
/// How long one waits that nobody sends more of.
pub const UPLOAD_AGE_MAX_MS: i64 = crate::limits::DAY_MS;

/// A file that is here, or on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    pub id: UploadId,
    pub index_id: IndexId,
    pub name: String,
    pub format: FileFormat,
    pub bytes: u64,
    pub received: u64,
    pub created_at_ms: i64,
}

impl Upload {
    pub fn is_whole(&self) -> bool {
        self.received == self.bytes
    }
}

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($variant:ident $word:literal $label:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($variant),* }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),* }
            }
        }

        impl FromStr for $name {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, String> {
                let found = Self::ALL.iter().find(|one| one.as_str() == text);
                found.copied().ok_or_else(|| format!("no {} is called {text:?}", stringify!($name)))
            }
        }
    };
}

words!(FileFormat {
    Json "json" "JSON",
    Jsonl "jsonl" "JSON lines",
    Csv "csv" "CSV",
    Parquet "parquet" "Parquet",
    Npy "npy" "NumPy array",
    Ids "ids" "IDs, one a line",
});

words!(
    /// What a column of a file is of a record.
    Part {
        Id "id" "ID",
        Values "values" "Values",
        Sparse "sparse" "Sparse values",
        Metadata "metadata" "Metadata as a whole",
        Field "field" "A field of the metadata",
        Ignored "ignored" "Left out",
    }
);

impl FileFormat {
    /// By how the file's name ends.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, end) = name.rsplit_once('.')?;
        Some(match end.to_ascii_lowercase().as_str() {
            "json" => Self::Json,
            "jsonl" | "ndjson" => Self::Jsonl,
            "csv" | "tsv" => Self::Csv,
            "parquet" => Self::Parquet,
            "npy" => Self::Npy,
            "txt" | "ids" => Self::Ids,
            _ => return None,
        })
    }
}

impl Part {
    /// What a column of this name most likely is.
    pub fn guess(column: &str) -> Self {
        match column.to_ascii_lowercase().as_str() {
            "id" | "_id" | "key" => Self::Id,
            "values" | "vector" | "vectors" | "embedding" | "embeddings" | "dense" => Self::Values,
            "sparse_values" | "sparsevalues" | "sparse" => Self::Sparse,
            "metadata" | "payload" | "meta" => Self::Metadata,
            _ => Self::Field,
        }
    }
}

/// What each column is; of those that are not named it is guessed, or they are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    pub columns: BTreeMap<String, Part>,
    pub others_left_out: bool,
}

impl Mapping {
    /// What programs import has columns of its own names, and others are left alone.
    pub fn of_programs() -> Self {
        let columns = [("id", Part::Id), ("values", Part::Values), ("sparse_values", Part::Sparse)]
            .into_iter()
            .chain([("metadata", Part::Metadata)]);
        let columns = columns.map(|(name, part)| (name.to_owned(), part)).collect();
        Self { columns, others_left_out: true }
    }

    pub fn part(&self, column: &str) -> Part {
        match self.columns.get(column) {
            Some(part) => *part,
            None if self.others_left_out => Part::Ignored,
            None => Part::guess(column),
        }
    }
}

/// Where the ids come from of a file that has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ids {
    #[default]
    InFile,
    /// The row's number, from 0 on, behind this.
    Numbered(String),
    /// The lines of another file.
    From(UploadId),
}

/// How a file is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    pub format: FileFormat,
    pub namespace: String,
    #[serde(default)]
    pub mapping: Mapping,
    #[serde(default)]
    pub ids: Ids,
}

/// The first rows of a file, as they would be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    pub columns: Vec<Column>,
    /// How many rows were looked at.
    pub rows: u64,
    /// Those of them that are no records, and why.
    pub refused: Vec<(u64, String)>,
    /// Why the file as a whole cannot be read.
    pub unreadable: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub name: String,
    pub part: Part,
    /// What it holds in the first rows, shortened.
    pub samples: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_the_format() {
        assert_eq!(FileFormat::of_name("a.b.JSONL"), Some(FileFormat::Jsonl));
        assert_eq!(FileFormat::of_name("a.exe"), None);
        assert_eq!(FileFormat::of_name("parquet"), None);
    }

    #[test]
    fn columns_are_guessed_by_their_names() {
        let guess = ["ID", "embedding", "sparseValues", "payload", "year"].map(Part::guess);
        assert_eq!(guess, [Part::Id, Part::Values, Part::Sparse, Part::Metadata, Part::Field]);
        let mapping = Mapping { columns: [("year".into(), Part::Id)].into(), others_left_out: false };
        assert_eq!(["year", "id", "x"].map(|name| mapping.part(name)), [Part::Id, Part::Id, Part::Field]);
        assert_eq!(Mapping::of_programs().part("year"), Part::Ignored);
    }

    #[test]
    fn words_are_read_as_written() {
        for part in Part::ALL {
            assert_eq!(part.as_str().parse(), Ok(*part));
        }
    }
}
