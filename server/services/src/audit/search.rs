//! What an address asks for, read.

use super::action::{actions, room};
use crate::Result;
use conifer_domain::{
    Field, Problem, Rule,
    audit::{AuditFilter, AuditSearch},
    limits::{DAY_MS, SECOND_MS},
};
use time::{Date, Month};

/// `Invalid` with the field that cannot be read.
pub fn filter(search: &AuditSearch) -> Result<AuditFilter> {
    let actor = some(&search.actor).map(str::parse).transpose().map_err(|_| Problem::BadRequest)?;
    let what = some(&search.what).map(known).transpose()?;
    let is_action = what.as_ref().is_some_and(|what| what.contains('.'));
    let from_ms = day_ms(&search.from, Field::From)?;
    // To the end of the last day.
    let until_ms = day_ms(&search.until, Field::Until)?.map(|begin_ms| begin_ms + DAY_MS);
    if from_ms.zip(until_ms).is_some_and(|(from_ms, until_ms)| until_ms <= from_ms) {
        return Err(Problem::invalid(Field::Until, Rule::BeforeTheFirst).into());
    }
    Ok(AuditFilter {
        actor,
        action: what.clone().filter(|_| is_action),
        room: what.filter(|_| !is_action),
        from_ms,
        until_ms,
    })
}

fn some(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// An action, or a room.
fn known(what: &str) -> Result<String, Problem> {
    let is_known = actions().iter().any(|action| *action == what || room(action) == what);
    is_known.then(|| what.to_owned()).ok_or(Problem::invalid(Field::What, Rule::Unknown))
}

/// When a day begins in UTC.
fn day_ms(text: &str, field: Field) -> Result<Option<i64>, Problem> {
    let read = |text| day(text).ok_or(Problem::invalid(field, Rule::NotADay));
    let day = some(text).map(read).transpose()?;
    Ok(day.map(|day| day.midnight().assume_utc().unix_timestamp() * SECOND_MS))
}

fn day(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let month: u8 = month.parse().ok()?;
    Date::from_calendar_date(year.parse().ok()?, Month::try_from(month).ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(what: &str, from: &str, until: &str) -> AuditSearch {
        AuditSearch { what: what.into(), from: from.into(), until: until.into(), ..AuditSearch::default() }
    }

    fn refused(search: &AuditSearch) -> Problem {
        filter(search).expect_err("a refusal").problem()
    }

    #[test]
    fn a_room_and_an_action_are_told_apart() {
        let [room, action, any] =
            ["invite", " invite.revoked ", ""].map(|what| filter(&search(what, "", "")));
        assert_eq!(
            room.expect("a room"),
            AuditFilter { room: Some("invite".into()), ..AuditFilter::default() }
        );
        let expected = AuditFilter { action: Some("invite.revoked".into()), ..AuditFilter::default() };
        assert_eq!(action.expect("an action"), expected);
        assert_eq!(any.expect("anything"), AuditFilter::default());
    }

    #[test]
    fn the_last_day_counts_to_its_end() {
        let day = filter(&search("", "2026-11-20", "2026-11-20")).expect("a day");
        assert_eq!((day.from_ms, day.until_ms), (Some(1_795_132_800_000), Some(1_795_219_200_000)));
    }

    #[test]
    fn what_cannot_be_looked_for_is_told_at_its_field() {
        for text in ["yesterday", "2026-02-30", "2026-13-01", "2026-11", "20.11.2026", "99999999999-01-01"] {
            assert_eq!(
                refused(&search("", text, "")),
                Problem::invalid(Field::From, Rule::NotADay),
                "{text}"
            );
            assert_eq!(
                refused(&search("", "", text)),
                Problem::invalid(Field::Until, Rule::NotADay),
                "{text}"
            );
        }
        for what in ["a\0b", "invite.", ".revoked", "invite.revoked.again", "INVITE"] {
            assert_eq!(
                refused(&search(what, "", "")),
                Problem::invalid(Field::What, Rule::Unknown),
                "{what:?}"
            );
        }
        let reversed = Problem::invalid(Field::Until, Rule::BeforeTheFirst);
        assert_eq!(refused(&search("", "2026-11-20", "2026-11-19")), reversed);
        let actor = AuditSearch { actor: "nobody".into(), ..AuditSearch::default() };
        assert_eq!(refused(&actor), Problem::BadRequest);
    }
}
