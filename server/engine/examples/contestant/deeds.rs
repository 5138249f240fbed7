//! What it can be told to do.

use super::{Contestant, measure, namespace};
use conifer_engine::{Index, Query};
use serde_json::{Value as Json, json};
use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

const RECALL: f32 = 0.99;

impl Contestant {
    pub fn act(&mut self, asked: &Json) -> Json {
        let number = |name: &str| asked[name].as_u64().unwrap_or_default() as usize;
        match asked["do"].as_str().unwrap_or_default() {
            "ingest" => self.ingest(number("batch")),
            "settle" => self.settle(),
            "stats" => self.stats(),
            "search" => {
                let recall = asked["recall"].as_f64().unwrap_or(f64::from(RECALL)) as f32;
                self.search(number("k"), recall, number("threads"), asked["percent"].as_f64())
            }
            "churn" => self.churn(Duration::from_secs(number("seconds") as u64)),
            "visible" => self.visible(number("writes")),
            other => panic!("nobody knows how to {other}"),
        }
    }

    /// Writes all records, each batch durable before the next.
    fn ingest(&mut self, batch: usize) -> Json {
        let (index, all) = (self.index(RECALL), self.rows());
        let (start, cpu) = (Instant::now(), measure::cpu_seconds());
        for from in (0..all).step_by(batch) {
            let records = (from..all.min(from + batch)).map(|at| self.record(at)).collect();
            index.upsert(&namespace(), records).expect("written");
        }
        json!({ "seconds": start.elapsed().as_secs_f64(), "cpu": measure::cpu_seconds() - cpu })
    }

    /// Brings everything into segments, and these to rest.
    fn settle(&mut self) -> Json {
        let index = self.index(RECALL);
        let (start, cpu) = (Instant::now(), measure::cpu_seconds());
        index.flush().expect("flushed");
        index.rest().expect("merged");
        let segments = index.stats().expect("there").segments;
        let seconds = start.elapsed().as_secs_f64();
        json!({ "seconds": seconds, "cpu": measure::cpu_seconds() - cpu, "segments": segments })
    }

    fn stats(&mut self) -> Json {
        let index = self.index(RECALL);
        let stats = index.stats().expect("there");
        json!({
            "records": stats.records,
            "segments": stats.segments,
            "disk_bytes": stats.disk_bytes,
            "memory_bytes": stats.memory_bytes,
            "anonymous_bytes": measure::anonymous_bytes() - 4 * (self.base.len() + self.queries.len()) as u64,
        })
    }

    /// Every query once, those of each thread one after the other.
    fn search(&mut self, k: usize, recall: f32, threads: usize, percent: Option<f64>) -> Json {
        let index = self.index(recall);
        let count = self.queries.len() / self.dimension;
        let queries: Vec<Query> = (0..count).map(|at| self.query(at, k, percent)).collect();
        // Nobody measures the first look at a file.
        run(&index, &queries[..count.min(200)], threads);
        let (start, cpu) = (Instant::now(), measure::cpu_seconds());
        let found = run(&index, &queries, threads);
        json!({ "seconds": start.elapsed().as_secs_f64(), "cpu": measure::cpu_seconds() - cpu, "found": found })
    }

    /// How long queries take while nothing happens, and while records are replaced so fast that segments are written and
    /// merged all the time.
    fn churn(&mut self, time: Duration) -> Json {
        let index = self.index(RECALL);
        let count = self.queries.len() / self.dimension;
        let queries: Vec<Query> = (0..count).map(|at| self.query(at, 10, None)).collect();
        let idle = timed(&index, &queries, time);
        let (done, written) = (AtomicBool::new(false), AtomicBool::new(false));
        let (busy, rewritten) = thread::scope(|scope| {
            let writer = scope.spawn(|| {
                let mut rewritten = 0;
                for from in (0..self.rows()).step_by(500).cycle() {
                    if done.load(Ordering::Relaxed) {
                        break;
                    }
                    let records = (from..self.rows().min(from + 500)).map(|at| self.record(at)).collect();
                    rewritten += index.upsert(&namespace(), records).expect("written").records;
                    written.store(true, Ordering::Relaxed);
                }
                rewritten
            });
            let busy = timed(&index, &queries, time);
            done.store(true, Ordering::Relaxed);
            (busy, writer.join().expect("a thread that ended"))
        });
        let spreads = |times: Vec<(Duration, Duration)>| {
            let (all, cpu): (Vec<_>, Vec<_>) = times.into_iter().unzip();
            json!({ "time": measure::spread(all), "cpu": measure::spread(cpu) })
        };
        json!({ "idle": spreads(idle), "merging": spreads(busy), "rewritten": rewritten })
    }

    /// Writes single records, and looks for each at once.
    fn visible(&mut self, writes: usize) -> Json {
        let index = self.index(RECALL);
        let (mut times, mut seen) = (Vec::new(), 0);
        for at in 0..writes.min(self.queries.len() / self.dimension) {
            let mut record = self.record(at);
            record.values = Some(
                conifer_engine::Values::new(&self.queries[at * self.dimension..][..self.dimension])
                    .expect("finite"),
            );
            let id = record.id.clone();
            let start = Instant::now();
            index.upsert(&namespace(), vec![record]).expect("written");
            let found = index.query(&namespace(), &self.query(at, 1, None)).expect("answered");
            times.push(start.elapsed());
            seen += usize::from(found.matches.first().is_some_and(|found| found.id == id));
        }
        json!({ "writes": times.len(), "seen": seen, "took": measure::spread(times) })
    }
}

fn run(index: &Index, queries: &[Query], threads: usize) -> Vec<Vec<u64>> {
    let ids = |query: &Query| {
        let answer = index.query(&namespace(), query).expect("answered");
        answer.matches.iter().filter_map(|found| found.id.as_str().parse().ok()).collect()
    };
    let share = queries.len().div_ceil(threads.max(1));
    thread::scope(|scope| {
        let part =
            |queries| scope.spawn(move || Iterator::map(<[Query]>::iter(queries), ids).collect::<Vec<_>>());
        let parts: Vec<_> = queries.chunks(share).map(part).collect();
        parts.into_iter().flat_map(|part| part.join().expect("a thread that ended")).collect()
    })
}

/// How long each query took, and how long it had a processor.
fn timed(index: &Index, queries: &[Query], time: Duration) -> Vec<(Duration, Duration)> {
    let (mut times, begin) = (Vec::new(), Instant::now());
    for query in queries.iter().cycle() {
        if begin.elapsed() >= time {
            break;
        }
        let (start, cpu) = (Instant::now(), measure::thread_time());
        index.query(&namespace(), query).expect("answered");
        times.push((start.elapsed(), measure::thread_time() - cpu));
    }
    times
}
