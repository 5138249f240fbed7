//! Numbers for Prometheus.

use axum::http::Method;
use conifer_domain::usage::Figures;
use conifer_services::{Connections, OPERATION_BUCKETS_S, OPERATION_TIME, Services};
use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use std::time::{Duration, Instant};

const REQUESTS: &str = "conifer_http_requests_total";
const REQUEST_TIME: &str = "conifer_http_request_duration_seconds";
const IN_FLIGHT: &str = "conifer_http_requests_in_flight";
const CONNECTIONS: &str = "conifer_db_connections";
const DB_USES: &str = "conifer_db_uses_total";
const PASSWORD_HASHES: &str = "conifer_password_hashes_total";
const PASSWORD_QUEUE: &str = "conifer_password_queue";
const OPERATIONS: &str = "conifer_operations";
const USAGE: [&str; 4] = [
    "conifer_project_requests_total",
    "conifer_project_errors_total",
    "conifer_project_read_units_total",
    "conifer_project_write_units_total",
];
const UPTIME: &str = "conifer_uptime_seconds";
const BUILD: &str = "conifer_build_info";

/// From what a cached page takes to where a person gives up.
const BUCKETS_S: [f64; 11] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

#[derive(Clone)]
pub struct Metrics {
    prometheus: PrometheusHandle,
    started: Instant,
}

impl Metrics {
    pub fn start() -> Result<Self, BuildError> {
        let prometheus = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Full(REQUEST_TIME.into()), &BUCKETS_S)?
            .set_buckets_for_metric(Matcher::Full(OPERATION_TIME.into()), &OPERATION_BUCKETS_S)?
            .install_recorder()?;
        describe_counter!(REQUESTS, "Requests answered");
        describe_histogram!(REQUEST_TIME, "Time from a request's head to its answer's");
        describe_gauge!(IN_FLIGHT, "Requests being answered");
        describe_gauge!(CONNECTIONS, "Connections to the database, by what they do");
        describe_counter!(DB_USES, "What the database was asked: each statement that reads, each change");
        describe_counter!(PASSWORD_HASHES, "Passwords hashed or compared, the costliest work there is");
        describe_gauge!(PASSWORD_QUEUE, "Passwords being hashed or waiting for it");
        describe_histogram!(OPERATION_TIME, "Time the vector engine took, by operation and outcome");
        describe_gauge!(OPERATIONS, "Operations of the vector engine that run or wait, by kind");
        for (name, what) in USAGE.iter().zip([
            "Requests of programs, by project; told every few seconds, as are all of a project",
            "Those of them that were refused or failed",
            "Read units, by project",
            "Write units, by project",
        ]) {
            describe_counter!(*name, what);
        }
        describe_gauge!(UPTIME, "Time since the process started");
        describe_gauge!(BUILD, "Always 1; its labels say what runs");
        gauge!(BUILD, "version" => env!("CARGO_PKG_VERSION")).set(1.0);
        Ok(Self { prometheus, started: Instant::now() })
    }

    /// The page that Prometheus reads.
    pub fn render(&self, services: &Services) -> String {
        let Connections { open, idle } = services.db().connections();
        gauge!(CONNECTIONS, "state" => "idle").set(idle);
        gauge!(CONNECTIONS, "state" => "busy").set(open.saturating_sub(idle));
        counter!(DB_USES).absolute(services.db().uses());
        gauge!(PASSWORD_QUEUE).set(services.password_queue() as f64);
        counter!(PASSWORD_HASHES).absolute(services.password_hashes());
        let [reads, writes] = services.operations();
        gauge!(OPERATIONS, "kind" => "read").set(reads as f64);
        gauge!(OPERATIONS, "kind" => "write").set(writes as f64);
        for (project_id, of_project) in services.usage_totals() {
            let Figures { requests, errors, read_units, write_units, .. } = of_project;
            for (name, count) in USAGE.iter().zip([requests, errors, read_units, write_units]) {
                counter!(*name, "project" => project_id.to_string()).absolute(count);
            }
        }
        gauge!(UPTIME).set(self.started.elapsed().as_secs_f64());
        self.prometheus.render()
    }

    /// Frees what finished measurements hold; to be called now and then.
    pub fn upkeep(&self) {
        self.prometheus.run_upkeep();
    }
}

/// `route` is the pattern that matched, so that neither ids nor tokens become labels.
pub fn answered(method: &Method, route: &str, status: u16, took: Duration) {
    let labels = [("method", method_label(method).to_owned()), ("route", route.to_owned())];
    histogram!(REQUEST_TIME, &labels).record(took.as_secs_f64());
    counter!(REQUESTS, &[&labels[..], &[("status", status.to_string())]].concat()).increment(1);
}

/// Counts a request as in flight while it lives.
pub struct InFlight;

impl InFlight {
    pub fn begin() -> Self {
        gauge!(IN_FLIGHT).increment(1.0);
        Self
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        gauge!(IN_FLIGHT).decrement(1.0);
    }
}

/// Clients make up methods; labels stay few.
fn method_label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::PATCH => "PATCH",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
