//! Exports: records written into a file that is sent while they are read.

use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Which records of a namespace, and how they are written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExportAsked {
    pub namespace: String,
    /// How their ids begin.
    pub prefix: String,
    /// JSON, or nothing.
    pub filter: String,
    pub format: ExportFormat,
    pub values: Included,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExportFormat {
    #[default]
    Jsonl,
    Csv,
    Parquet,
}

/// Whether values, dense and sparse, are written beside ids and metadata.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Included {
    #[default]
    With,
    Without,
}

impl ExportFormat {
    pub const ALL: [Self; 3] = [Self::Jsonl, Self::Csv, Self::Parquet];

    /// Also how files of it end.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Self::Jsonl => "JSON lines",
            Self::Csv => "CSV",
            Self::Parquet => "Parquet",
        }
    }

    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Jsonl => "application/jsonl",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }
}

impl FromStr for ExportFormat {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|format| format.as_str() == text).ok_or(())
    }
}

/// What a file of these records is called. A namespace may have characters that file names do not.
pub fn file_name(index: &str, namespace: &str, format: ExportFormat) -> String {
    let namespace = if namespace.is_empty() { "default" } else { namespace };
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' };
    let namespace: String = namespace.chars().take(NAMESPACE_CHARS).map(plain).collect();
    format!("{index}-{namespace}.{}", format.as_str())
}

const NAMESPACE_CHARS: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_for_what_it_holds() {
        assert_eq!(file_name("films", "", ExportFormat::Csv), "films-default.csv");
        assert_eq!(file_name("films", "a/b \"c\"", ExportFormat::Jsonl), "films-a_b__c_.jsonl");
    }

    #[test]
    fn a_form_says_it_in_words() {
        assert_eq!("parquet".parse(), Ok(ExportFormat::Parquet));
        let json = serde_json::to_string(&Included::Without).expect("JSON");
        assert_eq!(json, "\"without\"");
    }
}
