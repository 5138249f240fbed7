use leptos::prelude::*;
use web_sys::js_sys::Date;

const MINUTE_S: i64 = 60;
const HOUR_S: i64 = 60 * MINUTE_S;
const DAY_S: i64 = 24 * HOUR_S;

/// A moment: in UTC from the server, which does not know the reader's clock; then, in the browser, as its distance
/// from now. The full moment stays in the title.
#[component]
pub fn Time(
    /// Milliseconds since 1970, as all moments of the house.
    at_ms: i64,
    /// To the second, and never as a distance.
    #[prop(optional)]
    exact: bool,
) -> impl IntoView {
    let at_s = at_ms.div_euclid(1000);
    let text = RwSignal::new(if exact { iso(at_s) } else { absolute(at_s) });
    Effect::new(move |_| {
        if exact {
            return;
        }
        // Milliseconds since 1970 fit an i64 for longer than browsers will.
        text.set(relative(at_s, (Date::now() / 1000.0) as i64));
    });
    view! {
        <time class="nowrap" datetime=iso(at_s) title=absolute(at_s)>
            {text}
        </time>
    }
}

/// `2026-11-20T10:54:00Z`
fn iso(at_s: i64) -> String {
    let (year, month, day) = date_of(at_s);
    let second = at_s.rem_euclid(DAY_S);
    let (hour, minute, second) = (second / HOUR_S, second % HOUR_S / MINUTE_S, second % MINUTE_S);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// `20 Nov 2026, 10:54 UTC`
fn absolute(at_s: i64) -> String {
    let second = at_s.rem_euclid(DAY_S);
    format!("{}, {:02}:{:02} UTC", day_of(at_s), second / HOUR_S, second % HOUR_S / MINUTE_S)
}

/// `20 Nov 2026`
fn day_of(at_s: i64) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (year, month, day) = date_of(at_s);
    format!("{day} {} {year}", MONTHS[month - 1])
}

/// As people say it, up to a month; then the day.
fn relative(at_s: i64, now_s: i64) -> String {
    let distance_s = now_s - at_s;
    let (count, unit) = match distance_s.abs() {
        ..MINUTE_S => return if distance_s < 0 { "in a moment".into() } else { "just now".into() },
        far if far < HOUR_S => (far / MINUTE_S, "minute"),
        far if far < DAY_S => (far / HOUR_S, "hour"),
        far if far < 30 * DAY_S => (far / DAY_S, "day"),
        _ => return day_of(at_s),
    };
    let plural = if count == 1 { "" } else { "s" };
    if distance_s < 0 { format!("in {count} {unit}{plural}") } else { format!("{count} {unit}{plural} ago") }
}

/// Year, month and day of the Gregorian calendar in UTC. Years are counted from March, so that the leap day
/// is a year's last, in eras of 400 years, after which the calendar repeats.
fn date_of(at_s: i64) -> (i64, usize, i64) {
    const DAYS_PER_ERA: i64 = 146_097;
    const DAYS_FROM_MARCH_OF_YEAR_0_TO_1970: i64 = 719_468;
    let days = at_s.div_euclid(DAY_S) + DAYS_FROM_MARCH_OF_YEAR_0_TO_1970;
    let (era, day_of_era) = (days.div_euclid(DAYS_PER_ERA), days.rem_euclid(DAYS_PER_ERA));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month as usize, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_in_utc() {
        for (at_s, expected) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_795_172_040, "2026-11-20T10:54:00Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"),
        ] {
            assert_eq!(iso(at_s), expected);
        }
        assert_eq!(absolute(1_795_172_040), "20 Nov 2026, 10:54 UTC");
    }

    #[test]
    fn distances_are_told_as_people_do() {
        let now_s = 1_795_172_040;
        for (before_s, expected) in [
            (0, "just now"),
            (59, "just now"),
            (60, "1 minute ago"),
            (2 * HOUR_S + 5, "2 hours ago"),
            (DAY_S, "1 day ago"),
            (29 * DAY_S, "29 days ago"),
            (30 * DAY_S, "21 Oct 2026"),
            (-5, "in a moment"),
            (-3 * DAY_S, "in 3 days"),
        ] {
            assert_eq!(relative(now_s - before_s, now_s), expected);
        }
    }
}
