//! What the server tells about itself: logs on standard error, metrics for Prometheus.

pub mod metrics;
pub mod requests;

use crate::cli::serve::{LogFormat, LogLevel};
use std::{io, io::IsTerminal};
use tracing_subscriber::{EnvFilter, fmt, prelude::*};

/// Other crates log at `warn` at most: below that they show headers, and with them cookies.
pub fn start_logs(format: LogFormat, level: LogLevel) {
    let level = level.as_str();
    let ours = ["conifer", "conifer_api", "conifer_app", "conifer_services"];
    let directives: Vec<String> = ours.iter().map(|name| format!("{name}={level}")).collect();
    let filter = EnvFilter::new(format!("warn,{}", directives.join(",")));
    let human = match format {
        LogFormat::Auto => io::stderr().is_terminal(),
        LogFormat::Human => true,
        LogFormat::Json => false,
    };
    let lines = fmt::layer().with_writer(io::stderr);
    let lines = if human {
        lines.with_target(false).with_ansi(io::stderr().is_terminal()).boxed()
    } else {
        lines.json().flatten_event(true).with_current_span(false).with_span_list(true).boxed()
    };
    tracing_subscriber::registry().with(filter).with(lines).init();
    std::panic::set_hook(Box::new(|panic| tracing::error!(%panic, "panic")));
}
