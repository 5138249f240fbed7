//! How long keys last, as forms offer it.

#[cfg(feature = "ssr")]
use conifer_domain::{Field, Problem, Rule, limits::DAY_MS};

/// What is sent for a key that keeps its end.
pub const KEEP: &str = "keep";

const DAYS: [(i64, &str); 5] =
    [(1, "1 day"), (7, "7 days"), (30, "30 days"), (90, "90 days"), (365, "1 year")];
const OVERLAPS_H: [(i64, &str); 5] = [
    (0, "Not at all: it ends now"),
    (1, "1 hour more"),
    (24, "1 day more"),
    (7 * 24, "7 days more"),
    (30 * 24, "30 days more"),
];

/// What a form offers, without an end first.
pub fn choices() -> Vec<(String, String)> {
    let days = DAYS.map(|(days, text)| (days.to_string(), format!("For {text} from now")));
    [(String::new(), "For ever".to_owned())].into_iter().chain(days).collect()
}

pub fn overlaps() -> Vec<(String, String)> {
    OVERLAPS_H.map(|(hours, text)| (hours.to_string(), text.to_owned())).into()
}

/// When a key ends for which this was chosen; one that keeps its end is told apart.
#[cfg(feature = "ssr")]
pub fn end_ms(chosen: &str, now_ms: i64) -> Result<Option<i64>, Problem> {
    match chosen {
        "" | KEEP => Ok(None),
        chosen => {
            let days = DAYS.iter().find(|(days, _)| days.to_string() == chosen);
            let (days, _) = days.ok_or(Problem::invalid(Field::KeyExpiry, Rule::Unknown))?;
            Ok(Some(now_ms + days * DAY_MS))
        }
    }
}

#[cfg(feature = "ssr")]
pub fn overlap_h(chosen: &str) -> Result<i64, Problem> {
    let hours = OVERLAPS_H.iter().find(|(hours, _)| hours.to_string() == chosen);
    hours.map(|(hours, _)| *hours).ok_or(Problem::invalid(Field::KeyOverlap, Rule::Unknown))
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_offered_can_be_chosen() {
        assert_eq!(end_ms("", 5), Ok(None));
        assert_eq!(end_ms("7", 5), Ok(Some(5 + 7 * DAY_MS)));
        assert_eq!(end_ms(KEEP, 5), Ok(None));
        for chosen in ["8", "-1", "x"] {
            assert!(end_ms(chosen, 5).is_err(), "{chosen}");
        }
        assert_eq!(overlap_h("24"), Ok(24));
        assert!(overlap_h("25").is_err());
    }
}
