//! Records as people see and write them in the console. Programs write theirs into the engine's own words.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub type Metadata = Map<String, Value>;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sparse {
    pub indices: Vec<u32>,
    pub values: Vec<f32>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub id: String,
    /// None where there are none, or where nobody asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<f32>>,
    #[serde(default, rename = "sparseValues", skip_serializing_if = "Option::is_none")]
    pub sparse: Option<Sparse>,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub metadata: Metadata,
}

/// Which records of a namespace, in the order of their ids.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Browse {
    pub namespace: String,
    /// How their ids begin.
    pub prefix: String,
    /// JSON, or nothing.
    pub filter: String,
    /// These alone, as a JSON list; all where it is empty.
    pub ids: String,
    /// The id after which the page begins.
    pub after: String,
    pub length: u32,
}

pub const BROWSE_LENGTHS: [u32; 5] = [25, 50, 100, 250, 1_000];

impl Browse {
    /// One of the lengths there are.
    pub fn length(&self) -> u32 {
        if BROWSE_LENGTHS.contains(&self.length) { self.length } else { BROWSE_LENGTHS[1] }
    }
}

/// A page of records, or why there is none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Browsed {
    pub records: Vec<Record>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
    /// How many there are, whatever the page.
    pub count: u64,
    /// What is wrong with what was asked, in the engine's words.
    pub refused: Option<String>,
}

/// What is looked for in the playground, as its form sends it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Search {
    pub namespace: String,
    pub by: By,
    /// A record's id.
    pub record: String,
    /// Dense values: a JSON list.
    pub vector: String,
    /// Sparse values: `{"indices": …, "values": …}`.
    pub sparse: String,
    /// Of a hybrid query: how much the dense values count, in percent.
    pub weight: String,
    pub top_k: String,
    pub filter: String,
    /// An id that is expected among the results.
    pub expected: String,
}

impl Search {
    /// Whether there is anything to look for.
    pub fn is_asked(&self) -> bool {
        match self.by {
            By::Record => !self.record.is_empty(),
            By::Vector => !self.vector.is_empty(),
            By::Sparse => !self.sparse.is_empty(),
            By::Hybrid => !self.vector.is_empty() && !self.sparse.is_empty(),
            By::Random => true,
        }
    }

    fn texts(&self) -> [&str; 8] {
        [
            &self.namespace,
            &self.record,
            &self.vector,
            &self.sparse,
            &self.weight,
            &self.top_k,
            &self.filter,
            &self.expected,
        ]
    }

    pub fn bytes(&self) -> usize {
        self.texts().iter().map(|text| text.len()).sum()
    }

    pub fn holds_nul(&self) -> bool {
        self.texts().iter().any(|text| text.contains('\0'))
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    #[default]
    Record,
    Vector,
    Sparse,
    Hybrid,
    /// The server makes a vector up.
    Random,
}

impl By {
    pub const ALL: [Self; 5] = [Self::Record, Self::Vector, Self::Random, Self::Sparse, Self::Hybrid];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Vector => "vector",
            Self::Sparse => "sparse",
            Self::Hybrid => "hybrid",
            Self::Random => "random",
        }
    }
}

impl std::str::FromStr for By {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|by| by.as_str() == text).ok_or(())
    }
}

pub const TOP_K: usize = 10;
/// What a page shows at once.
pub const TOP_K_SHOWN_MAX: usize = 1_000;

/// What came of a search: what was found, and beside it what looking at every record finds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Found {
    pub matches: Vec<Match>,
    /// Of the exact answer, the best first.
    pub exact: Vec<Match>,
    pub explanation: Explanation,
    pub exact_us: u64,
    pub recall: f64,
    pub expected: Option<Expected>,
    /// The vector that was looked for, where there is one.
    pub vector: Option<Vec<f32>>,
    /// What is wrong with what was asked, in the engine's words.
    pub refused: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Match {
    pub id: String,
    pub score: f32,
    #[serde(default)]
    pub metadata: Metadata,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// Whether every record that passes the filter was looked at.
    pub exact: bool,
    pub segments: usize,
    pub cells: usize,
    pub estimated: usize,
    pub scored: usize,
    pub took_us: u64,
    /// With the way there and back, on the server.
    pub total_us: u64,
}

/// Why an id is, or is not, among the results.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Expected {
    Missing,
    /// The parts of the filter that it fails.
    Excluded {
        clauses: Vec<String>,
        metadata: Metadata,
    },
    /// Without the filter's fault: where it stands in the exact answer, and with which score.
    Ranked {
        rank: Option<usize>,
        score: Option<f32>,
        looked_at: usize,
    },
}

/// Records as points in two dimensions: first those that were asked for, then others around them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    pub points: Vec<Point>,
    /// What share of all difference each dimension shows.
    pub shares: Vec<f32>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Point {
    pub id: String,
    pub x: f32,
    pub y: f32,
    /// Whether it was asked for.
    pub found: bool,
    #[serde(default)]
    pub metadata: Metadata,
}

/// How many others a picture shows.
pub const PICTURE_OTHERS_MAX: usize = 2_000;

/// The share of the exact answer's ids that were found.
pub fn recall(found: &[Match], exact: &[Match]) -> f64 {
    if exact.is_empty() {
        return 1.0;
    }
    let hits = exact.iter().filter(|wanted| found.iter().any(|found| found.id == wanted.id)).count();
    hits as f64 / exact.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recall_is_the_share_of_the_exact_answer() {
        let ids = |ids: &[&str]| -> Vec<Match> {
            ids.iter().map(|id| Match { id: (*id).into(), ..Match::default() }).collect()
        };
        assert_eq!(recall(&ids(&["a", "c"]), &ids(&["a", "b"])), 0.5);
        assert_eq!(recall(&ids(&[]), &ids(&[])), 1.0);
        assert_eq!(recall(&ids(&["b", "a"]), &ids(&["a", "b"])), 1.0);
    }

    #[test]
    fn a_page_has_one_of_a_few_lengths() {
        let length = |length| Browse { length, ..Browse::default() }.length();
        assert_eq!([length(0), length(25), length(1_000), length(5_000)], [50, 25, 1_000, 50]);
    }

    #[test]
    fn a_record_is_written_as_programs_write_it() {
        let text = r#"{"id":"a","sparseValues":{"indices":[1],"values":[0.5]}}"#;
        let record: Record = serde_json::from_str(text).expect("a record");
        assert_eq!(serde_json::to_string(&record).expect("text"), text);
    }
}
