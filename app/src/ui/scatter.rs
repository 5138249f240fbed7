//! Points in two dimensions: one path for each colour, so that thousands of points cost no more than a few.

use super::lasso::{self, Place};
use leptos::{ev, prelude::*, wasm_bindgen::JsCast};
use std::fmt::Write;

/// Points of more kinds than this share the last colour.
pub const HUES: usize = 8;

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

/// Whoever points near a dot, or walks with the arrow keys, hears of it.
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
    /// The dots that somebody chose, in their order: by a line drawn around them, a click, or a key.
    chosen: RwSignal<Vec<usize>>,
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
    // The line that is being drawn, if one is.
    let line = RwSignal::new(Vec::<Place>::new());
    let meant = move |at| places.with_value(|places| nearest(places, at));
    let pointed = move |event: ev::PointerEvent| {
        let at = place_of(&event);
        if line.with_untracked(Vec::is_empty) {
            let found = at.and_then(meant);
            if found != near.get_untracked() {
                near.set(found);
            }
        } else if let Some(at) = at.filter(|at| line.with_untracked(|line| lasso::is_step(line, *at))) {
            line.update(|line| line.push(at));
        }
    };
    // A finger scrolls the page.
    let pressed = move |event: ev::PointerEvent| {
        if event.button() == 0 && event.pointer_type() != "touch" {
            line.set(place_of(&event).into_iter().collect());
            hold(&event);
        }
    };
    let released = move |event: ev::PointerEvent| {
        let drawn = line.get_untracked();
        line.set(Vec::new());
        match (&drawn[..], event.shift_key()) {
            ([], _) => {}
            ([at] | [at, _], _) => {
                if let Some(nth) = meant(*at) {
                    chosen.update(|chosen| toggle(chosen, nth));
                }
            }
            (drawn, adds) => {
                let mut found = places.with_value(|places| lasso::inside(drawn, places));
                if adds {
                    found.extend(chosen.get_untracked());
                    found.sort_unstable();
                    found.dedup();
                }
                chosen.set(found);
            }
        }
    };
    let count = dots.len();
    let walked = move |event: ev::KeyboardEvent| {
        let next = match (event.key().as_str(), near.get_untracked()) {
            (_, _) if count == 0 => return,
            ("Enter" | " ", Some(nth)) => {
                event.prevent_default();
                return chosen.update(|chosen| toggle(chosen, nth));
            }
            ("Escape", _) => return chosen.set(Vec::new()),
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
    let around = move || {
        let mut path = String::new();
        chosen.with(|chosen| {
            places.with_value(|places| {
                for (x, y) in chosen.iter().filter_map(|nth| places.get(*nth)) {
                    _ = write!(path, "M{x:.1} {y:.1}h0");
                }
            });
        });
        path
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
            on:pointerdown=pressed
            on:pointerup=released
            on:pointercancel=move |_| line.set(Vec::new())
        >
            <path class="scatter-chosen" d=around />
            {layers}
            {marks}
            {ring}
            <path class="scatter-line" d=move || line.with(|line| lasso::path(line)) />
        </svg>
    }
    .into_any()
}

/// Where the dots come to stand: all of them inside, at one scale for both directions.
fn placed(dots: &[Dot]) -> Vec<Place> {
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

fn toggle(chosen: &mut Vec<usize>, nth: usize) {
    match chosen.binary_search(&nth) {
        Ok(at) => _ = chosen.remove(at),
        Err(at) => chosen.insert(at, nth),
    }
}

/// A line that is drawn beyond the picture goes on, and ends wherever it does.
fn hold(event: &ev::PointerEvent) {
    let picture = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    if let Some(picture) = picture {
        _ = picture.set_pointer_capture(event.pointer_id());
    }
}

/// Where in the picture somebody points. Its parts let the pointer through, so that it is always the target.
fn place_of(event: &ev::PointerEvent) -> Option<Place> {
    let picture = event.current_target()?.dyn_into::<web_sys::Element>().ok()?;
    let share = |at: i32, of: i32| (of > 0).then(|| at as f32 / of as f32);
    let (x, y) =
        (share(event.offset_x(), picture.client_width())?, share(event.offset_y(), picture.client_height())?);
    Some((x * WIDTH, y * HEIGHT))
}

/// The dot one means when pointing there, if any is near.
fn nearest(places: &[Place], at: Place) -> Option<usize> {
    const NEAR: f32 = 14.0;
    let distance = |(x, y): &Place| (x - at.0).hypot(y - at.1);
    let distances = places.iter().map(distance).enumerate();
    distances.filter(|(_, far)| *far <= NEAR).min_by(|a, b| a.1.total_cmp(&b.1)).map(|(nth, _)| nth)
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn a_dot_is_chosen_and_let_go() {
        let mut chosen = vec![1, 5];
        toggle(&mut chosen, 3);
        assert_eq!(chosen, [1, 3, 5]);
        toggle(&mut chosen, 1);
        assert_eq!(chosen, [3, 5]);
    }
}
