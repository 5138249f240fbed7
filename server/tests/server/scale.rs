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
/// that it compares.
const USES_MAX: u64 = 9;
const PEOPLE: usize = 300;

/// What runs in the background asks as well, so the fewest of some tries is taken: of as many as it takes to be `enough`.
const TRIES: usize = 5;
const TRIES_MAX: usize = 60;

fn uses(town: &Town, path: &str, enough: Option<u64>) -> u64 {
    let mut browser = town.bob();
    let mut fewest = u64::MAX;
    for tried in 1..=TRIES_MAX {
        let before = town.uses();
        assert_eq!(browser.get(path).status, 200, "{path}");
        fewest = fewest.min(town.uses() - before);
        if enough.map_or(tried >= TRIES, |enough| fewest <= enough) {
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
        let few: Vec<_> = pages.iter().map(|path| uses(&town, path, None)).collect();
        town.crowd(PEOPLE);
        for (path, few) in pages.iter().zip(few) {
            let many = uses(&town, path, Some(few));
            assert!(many <= few, "{path} asks {many} times when there is more, and {few} when there is less");
            assert!(many <= USES_MAX, "{path} asks {many} times");
        }
    }
}
