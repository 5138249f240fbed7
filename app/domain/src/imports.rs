//! Imports: records read from files that lie in a directory or a bucket, or that somebody uploaded.

use crate::ids::{ImportId, IndexId};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Import {
    pub id: ImportId,
    pub index_id: IndexId,
    pub uri: String,
    pub on_error: OnError,
    pub state: ImportState,
    /// It goes on when somebody says so.
    pub is_paused: bool,
    /// Of the files, how much is read.
    pub percent: f64,
    pub bytes: u64,
    pub bytes_done: u64,
    /// How many records were written.
    pub records: u64,
    /// How many rows were not.
    pub refused: u64,
    /// The first of these.
    pub refusals: Vec<Refusal>,
    /// Why it failed.
    pub error: Option<String>,
    pub created_at_ms: i64,
    pub finished_at_ms: Option<i64>,
}

/// A row that could not be a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    pub file: String,
    /// Counted from one; none when it is the file that could not be read.
    pub row: Option<u64>,
    pub reason: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.row {
            Some(row) => write!(f, "{}, row {row}: {}", self.file, self.reason),
            None => write!(f, "{}: {}", self.file, self.reason),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImportState {
    Pending,
    InProgress,
    Failed,
    Completed,
    Cancelled,
}

impl ImportState {
    pub fn is_over(self) -> bool {
        !matches!(self, Self::Pending | Self::InProgress)
    }
}

/// What becomes of an import when a row is refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnError {
    /// It fails; what was written before stays.
    #[default]
    Abort,
    /// It goes on, and remembers the row.
    Continue,
}

macro_rules! words {
    ($name:ident { $($variant:ident $word:literal),* }) => {
        impl $name {
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }

        impl FromStr for $name {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, String> {
                match text {
                    $($word => Ok(Self::$variant),)*
                    _ => Err(format!("no {} is called {text:?}", stringify!($name))),
                }
            }
        }
    };
}

words!(ImportState {
    Pending "pending", InProgress "in-progress", Failed "failed", Completed "completed", Cancelled "cancelled"
});
words!(OnError { Abort "abort", Continue "continue" });

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_written() {
        for state in [ImportState::Pending, ImportState::InProgress, ImportState::Cancelled] {
            assert_eq!(state.as_str().parse(), Ok(state));
        }
        assert_eq!("continue".parse(), Ok(OnError::Continue));
        assert!("now and then".parse::<OnError>().is_err());
    }

    #[test]
    fn a_refusal_says_where() {
        let refusal = |row| Refusal { file: "one/a.parquet".into(), row, reason: "id: is required".into() };
        assert_eq!(refusal(Some(7)).to_string(), "one/a.parquet, row 7: id: is required");
        assert_eq!(refusal(None).to_string(), "one/a.parquet: id: is required");
    }
}
