//! A line drawn around dots.

use std::fmt::Write;

pub type Place = (f32, f32);

/// Shorter steps add nothing to a line.
const STEP_MIN: f32 = 3.0;

pub fn is_step(line: &[Place], to: Place) -> bool {
    line.last().is_none_or(|at| (at.0 - to.0).hypot(at.1 - to.1) >= STEP_MIN)
}

pub fn path(line: &[Place]) -> String {
    let mut path = String::new();
    for (nth, (x, y)) in line.iter().enumerate() {
        _ = write!(path, "{}{x:.1} {y:.1}", if nth == 0 { 'M' } else { 'L' });
    }
    path
}

/// The dots that the line goes around; its ends are joined.
pub fn inside(line: &[Place], places: &[Place]) -> Vec<usize> {
    let is_inside = |at: &Place| {
        let mut crossed = false;
        let mut from = line.last();
        for to in line {
            if from.is_some_and(|from| crosses(*from, *to, *at)) {
                crossed = !crossed;
            }
            from = Some(to);
        }
        crossed
    };
    let found = places.iter().enumerate().filter(|(_, at)| is_inside(at));
    found.map(|(nth, _)| nth).collect()
}

/// Whether what goes from `at` to the right meets this part of the line.
fn crosses(from: Place, to: Place, at: Place) -> bool {
    (from.1 > at.1) != (to.1 > at.1) && at.0 < from.0 + (at.1 - from.1) / (to.1 - from.1) * (to.0 - from.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: [Place; 5] = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (5.0, 5.0), (0.0, 10.0)];

    #[test]
    fn what_the_line_goes_around_is_inside() {
        let places = [(1.0, 1.0), (9.0, 8.0), (5.0, 8.0), (11.0, 5.0), (-1.0, 5.0), (5.0, 1.0)];
        assert_eq!(inside(&ROOM, &places), [0, 1, 5]);
        assert!(inside(&ROOM[..2], &places).is_empty());
        assert!(inside(&[], &places).is_empty());
    }

    #[test]
    fn short_steps_are_left_out() {
        assert!(is_step(&[], (1.0, 1.0)) && is_step(&[(0.0, 0.0)], (3.0, 0.0)));
        assert!(!is_step(&[(0.0, 0.0)], (1.0, 1.0)));
        assert_eq!(path(&[(0.0, 0.0), (3.0, 4.5)]), "M0.0 0.0L3.0 4.5");
    }
}
