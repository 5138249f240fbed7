//! Small pictures of numbers, drawn on the server as they are in the browser: plain SVG, one path for each colour,
//! so that thousands of points cost no more than a few.

use leptos::prelude::*;
use std::fmt::Write;

/// Points of more kinds than this share the last colour.
pub const HUES: usize = 8;

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

/// A point, at any scale; its hue says what kind of thing it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    pub x: f32,
    pub y: f32,
    pub hue: usize,
}

const WIDTH: f32 = 640.0;
const HEIGHT: f32 = 420.0;
const MARGIN: f32 = 16.0;

/// Points in two dimensions. Whoever points near one, or walks with the arrow keys, hears of it.
#[component]
pub fn Scatter(
    /// What it shows, for those who listen.
    #[prop(into)]
    label: String,
    dots: Vec<Dot>,
    /// Drawn larger: what was looked for, say.
    #[prop(optional)]
    marked: Vec<usize>,
    /// Which dot is told of.
    near: RwSignal<Option<usize>>,
) -> impl IntoView {
    let places = placed(&dots);
    let layer = |hue: usize| {
        let mut path = String::new();
        let own = dots.iter().zip(&places).filter(|(dot, _)| dot.hue.min(HUES - 1) == hue);
        for (_, (x, y)) in own {
            _ = write!(path, "M{x:.1} {y:.1}h0");
        }
        (!path.is_empty()).then(|| view! { <path class=format!("scatter-dots hue-{hue}") d=path /> })
    };
    let layers = (0..HUES).map(layer).collect_view();
    let mark = |nth: &usize| {
        let (x, y) = places.get(*nth)?;
        Some(view! { <circle class="scatter-mark" cx=x.to_string() cy=y.to_string() r="7" /> })
    };
    let marks = marked.iter().map(mark).collect_view();
    let places = StoredValue::new(places);
    let pointed = move |event: leptos::ev::PointerEvent| {
        let found = place_of(&event).and_then(|at| places.with_value(|places| nearest(places, at)));
        if found != near.get_untracked() {
            near.set(found);
        }
    };
    let count = dots.len();
    let walked = move |event: leptos::ev::KeyboardEvent| {
        let next = match (event.key().as_str(), near.get_untracked()) {
            (_, _) if count == 0 => return,
            ("ArrowRight" | "ArrowDown", at) => at.map_or(0, |at| (at + 1) % count),
            ("ArrowLeft" | "ArrowUp", at) => at.map_or(count - 1, |at| (at + count - 1) % count),
            _ => return,
        };
        event.prevent_default();
        near.set(Some(next));
    };
    let ring = move || {
        let (x, y) = near.get().and_then(|nth| places.with_value(|places| places.get(nth).copied()))?;
        Some(view! { <circle class="scatter-ring" cx=x.to_string() cy=y.to_string() r="8" /> })
    };
    view! {
        <svg
            class="scatter"
            viewBox=format!("0 0 {WIDTH} {HEIGHT}")
            role="img"
            tabindex="0"
            aria-label=label
            on:pointermove=pointed
            on:keydown=walked
        >
            {layers}
            {marks}
            {ring}
        </svg>
    }
    .into_any()
}

/// Where the dots come to stand: all of them inside, at one scale for both directions.
fn placed(dots: &[Dot]) -> Vec<(f32, f32)> {
    let range = |of: fn(&Dot) -> f32| {
        let each = dots.iter().map(of);
        let (low, high) =
            each.fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), at| (low.min(at), high.max(at)));
        if low > high { (0.0, 0.0) } else { (low, high) }
    };
    let (left, right) = range(|dot| dot.x);
    let (bottom, top) = range(|dot| dot.y);
    let scale = |space: f32, extent: f32| (space - 2.0 * MARGIN) / extent.max(1e-12);
    let scale = scale(WIDTH, right - left).min(scale(HEIGHT, top - bottom));
    let (middle_x, middle_y) = ((left + right) / 2.0, (bottom + top) / 2.0);
    let place =
        |dot: &Dot| (WIDTH / 2.0 + (dot.x - middle_x) * scale, HEIGHT / 2.0 - (dot.y - middle_y) * scale);
    dots.iter().map(place).collect()
}

/// Where in the picture somebody points. Its parts let the pointer through, so that it is always the target.
fn place_of(event: &leptos::ev::PointerEvent) -> Option<(f32, f32)> {
    use leptos::wasm_bindgen::JsCast;
    let picture = event.current_target()?.dyn_into::<web_sys::Element>().ok()?;
    let share = |at: i32, of: i32| (of > 0).then(|| at as f32 / of as f32);
    let (x, y) =
        (share(event.offset_x(), picture.client_width())?, share(event.offset_y(), picture.client_height())?);
    Some((x * WIDTH, y * HEIGHT))
}

/// The dot one means when pointing there, if any is near.
fn nearest(places: &[(f32, f32)], at: (f32, f32)) -> Option<usize> {
    const NEAR: f32 = 14.0;
    let distance = |(x, y): &(f32, f32)| (x - at.0).hypot(y - at.1);
    let distances = places.iter().map(distance).enumerate();
    distances.filter(|(_, far)| *far <= NEAR).min_by(|a, b| a.1.total_cmp(&b.1)).map(|(nth, _)| nth)
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

    #[test]
    fn dots_stand_inside_at_one_scale() {
        let dot = |x, y| Dot { x, y, hue: 0 };
        let places = placed(&[dot(-1.0, -1.0), dot(1.0, 1.0)]);
        assert!(places.iter().all(|(x, y)| (0.0..=WIDTH).contains(x) && (0.0..=HEIGHT).contains(y)));
        assert_eq!(places[1].0 - places[0].0, places[0].1 - places[1].1);
        assert_eq!(placed(&[dot(3.0, 3.0)]), [(WIDTH / 2.0, HEIGHT / 2.0)]);
    }

    #[test]
    fn the_nearest_dot_is_meant() {
        let places = [(10.0, 10.0), (20.0, 10.0)];
        assert_eq!(nearest(&places, (16.0, 10.0)), Some(1));
        assert_eq!(nearest(&places, (100.0, 10.0)), None);
    }
}
