//! A number over time: a bar for each hour or day, drawn on the server like everything else.

use leptos::prelude::*;
use std::fmt::Write;

/// One number over time.
pub struct Line {
    pub label: &'static str,
    /// One for each step; none where there is nothing to tell.
    pub numbers: Vec<Option<f64>>,
    /// What all of them come to, or the last one.
    pub total: String,
    /// How a number is written.
    pub write: fn(u64) -> String,
}

#[component]
pub fn Charts(lines: Vec<Line>) -> impl IntoView {
    view! { <div class="charts">{lines.into_iter().map(chart).collect_view()}</div> }
}

/// Above its picture it says what it shows, for those who look; the picture says it to those who listen.
fn chart(Line { label, numbers, total, write }: Line) -> impl IntoView {
    let highest = numbers.iter().flatten().copied().fold(0.0, f64::max);
    let said = format!("{label}: {total}, {} at most", write(highest as u64));
    view! {
        <figure class="chart">
            <figcaption class="chart-head">
                <span>{label}</span>
                <strong>{total}</strong>
            </figcaption>
            <svg
                viewBox=format!("0 0 {} 40", numbers.len().max(1))
                preserveAspectRatio="none"
                role="img"
                aria-label=said
            >
                <path class="chart-bars" d=bars(&numbers, highest) />
            </svg>
        </figure>
    }
}

/// What is not nothing is seen, however little it is.
fn bars(numbers: &[Option<f64>], highest: f64) -> String {
    let mut path = String::new();
    for (nth, number) in numbers.iter().enumerate() {
        if let Some(number) = number.filter(|number| *number > 0.0) {
            _ = write!(path, "M{nth}.5 40V{:.1}", 39.0 - number / highest * 38.0);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::bars;

    #[test]
    fn every_number_has_its_bar() {
        assert_eq!(bars(&[Some(1.0), None, Some(0.0), Some(2.0)], 2.0), "M0.5 40V20.0M3.5 40V1.0");
        assert_eq!(bars(&[], 0.0), "");
        assert_eq!(bars(&[Some(1.0), Some(1e9)], 1e9), "M0.5 40V39.0M1.5 40V1.0");
    }
}
