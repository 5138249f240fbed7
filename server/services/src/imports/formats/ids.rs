//! Ids of a file that has none.

use conifer_domain::uploads::Ids;
use std::io::{BufRead, Read as _};

const ID_BYTES_MAX: u64 = 4_096;

pub(super) enum Source {
    Numbered { prefix: String, next: u64 },
    Lines(Box<dyn BufRead>),
}

impl Source {
    pub(super) fn new(ids: &Ids, lines: Option<Box<dyn BufRead>>) -> Self {
        match (ids, lines) {
            (_, Some(lines)) => Self::Lines(lines),
            (Ids::Numbered(prefix), None) => Self::Numbered { prefix: prefix.clone(), next: 0 },
            _ => Self::Numbered { prefix: String::new(), next: 0 },
        }
    }

    /// An error is of the file.
    pub(super) fn next(&mut self) -> Result<String, String> {
        match self {
            Self::Numbered { prefix, next } => {
                *next += 1;
                Ok(format!("{prefix}{}", *next - 1))
            }
            Self::Lines(lines) => {
                let mut line = String::new();
                let found = lines.by_ref().take(ID_BYTES_MAX).read_line(&mut line);
                match found.map_err(|error| format!("the file of IDs cannot be read: {error}"))? {
                    0 => Err("the file of IDs has fewer lines than the array has rows".into()),
                    _ => Ok(line.trim_end_matches(['\r', '\n']).to_owned()),
                }
            }
        }
    }
}
