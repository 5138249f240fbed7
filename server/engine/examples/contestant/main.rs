//! Conifer's side of the contest: an engine in a directory of its own, told what to do line by line.
//!
//! `contestant BASE QUERIES DIMENSION METRIC DIRECTORY`: little-endian f32, row by row. Each line of the input is a deed as
//! JSON, each line of the output what came of it.

mod deeds;
mod measure;

use conifer_engine::{
    Engine, Filter, Index, IndexName, IndexSpec, Metadata, Metric, NamespaceName, Query, Record, RecordId,
    Settings, Target, Value, Values,
    filter::{Order, Test},
};
use serde_json::Value as Json;
use std::{
    env, fs,
    io::{self, BufRead, Write},
    path::PathBuf,
    sync::Arc,
};

/// Numbers that `number` of a record may be.
const NUMBERS: usize = 10_000;

struct Contestant {
    base: Vec<f32>,
    queries: Vec<f32>,
    dimension: usize,
    metric: Metric,
    directory: PathBuf,
    recall: f32,
    engine: Option<Engine>,
}

impl Contestant {
    /// The index, in an engine that looks for this share of the true neighbours.
    fn index(&mut self, recall: f32) -> Arc<Index> {
        let name = IndexName::new("contest").expect("valid");
        if self.engine.is_none() || recall != self.recall {
            // Only one engine at a time has the directory.
            self.engine = None;
            let settings = Settings { recall, ..Settings::default() };
            self.engine = Some(Engine::open(&self.directory, settings).expect("opened"));
            self.recall = recall;
        }
        let engine = self.engine.as_ref().expect("open");
        let spec = IndexSpec::Dense { dimension: self.dimension, metric: self.metric };
        engine.index(&name).or_else(|_| engine.create_index(&name, spec)).expect("an index")
    }

    fn record(&self, at: usize) -> Record {
        let row = &self.base[at * self.dimension..][..self.dimension];
        let tags = vec![format!("tag{}", at % 7), format!("tag{}", at % 100)];
        let fields = [
            ("number", Value::Number(((at * 7919) % NUMBERS) as f64)),
            ("title", Value::Text(format!("The title of number {at}"))),
            ("open", Value::Boolean(at.is_multiple_of(2))),
            ("tags", Value::Texts(tags)),
        ];
        Record {
            id: RecordId::new(&at.to_string()).expect("valid"),
            values: Some(Values::new(row).expect("finite")),
            sparse: None,
            metadata: Metadata::new(fields.map(|(name, value)| (name.to_owned(), value))).expect("small"),
        }
    }

    fn rows(&self) -> usize {
        self.base.len() / self.dimension
    }

    /// The query with this number; of `percent` of the records where that is given.
    fn query(&self, at: usize, k: usize, percent: Option<f64>) -> Query {
        let values = &self.queries[at * self.dimension..][..self.dimension];
        let below = |percent: f64| Test::Number(Order::Less, (percent * NUMBERS as f64 / 100.0).round());
        Query {
            target: Target::Vector { values: Some(Values::new(values).expect("finite")), sparse: None },
            top_k: k,
            filter: percent.map(|percent| Filter::Field { name: "number".to_owned(), test: below(percent) }),
            exact: false,
            include_values: false,
            include_metadata: false,
        }
    }
}

fn namespace() -> NamespaceName {
    NamespaceName::new("").expect("valid")
}

fn floats(path: &str) -> Vec<f32> {
    let bytes = fs::read(path).expect("a file of numbers");
    bytes.as_chunks::<4>().0.iter().map(|value| f32::from_le_bytes(*value)).collect()
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [base, queries, dimension, metric, directory] = arguments.as_slice() else {
        panic!("contestant BASE QUERIES DIMENSION METRIC DIRECTORY")
    };
    let metric = match metric.as_str() {
        "cosine" => Metric::Cosine,
        "dotproduct" => Metric::DotProduct,
        _ => Metric::Euclidean,
    };
    let mut contestant = Contestant {
        base: floats(base),
        queries: floats(queries),
        dimension: dimension.parse().expect("a number"),
        metric,
        directory: directory.into(),
        recall: 0.0,
        engine: None,
    };
    for line in io::stdin().lock().lines() {
        let asked: Json = serde_json::from_str(&line.expect("a line")).expect("JSON");
        println!("{}", contestant.act(&asked));
        io::stdout().flush().expect("somebody listens");
    }
}
