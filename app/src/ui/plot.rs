//! Small pictures of numbers, drawn on the server as they are in the browser: plain SVG.

use leptos::prelude::*;
use std::fmt::Write;

const PICTURE_BARS_MAX: usize = 192;

/// A vector at a glance: a bar for each value, or for each few of them the one that is furthest from zero.
#[component]
pub fn VectorPicture(values: Vec<f32>) -> impl IntoView {
    let bars = strongest(&values, PICTURE_BARS_MAX);
    let tallest = bars.iter().fold(f32::MIN_POSITIVE, |tallest, value| tallest.max(value.abs()));
    let side = |is_side: fn(&f32) -> bool| {
        let mut path = String::new();
        for (nth, value) in bars.iter().enumerate().filter(|(_, value)| is_side(value)) {
            _ = write!(path, "M{}.5 20V{:.1}", nth, 20.0 - value / tallest * 19.0);
        }
        path
    };
    view! {
        <svg
            class="vector-picture"
            viewBox=format!("0 0 {} 40", bars.len().max(1))
            preserveAspectRatio="none"
            aria-hidden="true"
        >
            <path class="vector-above" d=side(|value| *value > 0.0) />
            <path class="vector-below" d=side(|value| *value < 0.0) />
        </svg>
    }
}

fn strongest(values: &[f32], bars_max: usize) -> Vec<f32> {
    let each = values.len().div_ceil(bars_max).max(1);
    let strongest = |some: &[f32]| {
        let mut some = some.iter().copied();
        some.next().map_or(0.0, |first| some.fold(first, |a, b| if b.abs() > a.abs() { b } else { a }))
    };
    values.chunks(each).map(strongest).collect()
}

/// How often numbers fall where: a bar for each of equally wide ranges.
#[component]
pub fn Histogram(
    /// What it shows, for those who listen.
    #[prop(into)]
    label: String,
    numbers: Vec<f32>,
) -> impl IntoView {
    let Ranges { low, high, counts } = Ranges::of(&numbers);
    let tallest = counts.iter().copied().max().unwrap_or(0).max(1);
    let mut path = String::new();
    for (nth, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        _ = write!(path, "M{}.5 40V{:.1}", nth, 40.0 - *count as f32 / tallest as f32 * 39.0);
    }
    let (low, high) = (super::number(low.into()), super::number(high.into()));
    let said = format!("{label}: {} values from {low} to {high}", numbers.len());
    view! {
        <figure class="histogram">
            <svg
                viewBox=format!("0 0 {} 40", counts.len())
                preserveAspectRatio="none"
                role="img"
                aria-label=said
            >
                <path class="histogram-bars" d=path />
            </svg>
            <figcaption class="histogram-ends" aria-hidden="true">
                <span>{low}</span>
                <span>{high}</span>
            </figcaption>
        </figure>
    }
    .into_any()
}

struct Ranges {
    low: f32,
    high: f32,
    counts: Vec<usize>,
}

impl Ranges {
    const COUNT: usize = 24;

    fn of(numbers: &[f32]) -> Self {
        let low = numbers.iter().copied().fold(f32::INFINITY, f32::min);
        let high = numbers.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let mut counts = vec![0; Self::COUNT];
        if numbers.is_empty() {
            return Self { low: 0.0, high: 0.0, counts };
        }
        let width = (high - low).max(f32::MIN_POSITIVE) / Self::COUNT as f32;
        for number in numbers {
            counts[(((number - low) / width) as usize).min(Self::COUNT - 1)] += 1;
        }
        Self { low, high, counts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_vector_shows_what_stands_out() {
        assert_eq!(strongest(&[0.1, -0.9, 0.2, 0.3], 2), [-0.9, 0.3]);
        assert_eq!(strongest(&[0.1, -0.9], 9), [0.1, -0.9]);
        assert!(strongest(&[], 9).is_empty());
    }

    #[test]
    fn every_number_falls_into_one_range() {
        let ranges = Ranges::of(&[0.0, 1.0, 0.5, 0.999]);
        assert_eq!(ranges.counts.iter().sum::<usize>(), 4);
        assert_eq!((ranges.counts[0], ranges.counts[12], ranges.counts[23]), (1, 1, 2));
        assert_eq!(Ranges::of(&[2.0, 2.0]).counts.iter().sum::<usize>(), 2);
        assert_eq!(Ranges::of(&[]).counts.iter().sum::<usize>(), 0);
    }
}
