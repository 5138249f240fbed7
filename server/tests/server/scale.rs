//! However much there is, a page asks the database as often.

use crate::{
    matrix::{
        rows::GETS,
        town::{Town, Whom},
    },
    on_both_databases,
};
use conifer_domain::{organizations::OrganizationRole, projects::ProjectRole};

/// The session, the shell, the right to the page (twice where it shows what a right of its own protects), its list or the two
/// that it compares; of usage the figures, how long requests took, and the shares with their names.
const USES_MAX: u64 = 12;
const PEOPLE: usize = 300;

/// What runs in the background asks as well, and can only add: the fewest of some tries counts.
const TRIES: usize = 4;
/// Before a page is said to ask more often than it should.
const TRIES_MAX: usize = 40;

/// How often a page asks: the fewest of some tries, and of many more while that is above what it may be.
fn uses(town: &Town, path: &str, may_be: u64) -> u64 {
    let mut browser = town.bob();
    let mut fewest = u64::MAX;
    for tried in 1..=TRIES_MAX {
        let before = town.uses();
        assert_eq!(browser.get(path).status, 200, "{path}");
        fewest = fewest.min(town.uses() - before);
        if tried >= TRIES && fewest <= may_be {
            break;
        }
    }
    fewest
}

fn pages(whom: &Whom) -> Vec<String> {
    let of_places = GETS.iter().map(|(path, _)| whom.fill(path)).filter(|path| !path.ends_with("/export"));
    of_places.chain(["/".into(), "/account".into()]).collect()
}

on_both_databases! {
    fn a_page_asks_as_often_whatever_there_is(database) {
        let mut town = Town::found(database);
        town.put(Some(OrganizationRole::Owner), Some(ProjectRole::Owner));
        let pages = pages(&town.whom);
        let few: Vec<_> = pages.iter().map(|path| uses(&town, path, USES_MAX)).collect();
        town.crowd(PEOPLE);
        for (path, few) in pages.iter().zip(few) {
            let many = uses(&town, path, few);
            assert!(many <= few, "{path} asks {many} times instead of {few} when there is more");
            assert!(few <= USES_MAX, "{path} asks {few} times");
        }
    }
}
