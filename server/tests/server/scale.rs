//! However much there is, a page asks the database as often.

use crate::{
    matrix::{
        rows::GETS,
        town::{Town, Whom},
    },
    on_both_databases,
};
use conifer_domain::{organizations::OrganizationRole, projects::ProjectRole};

/// The session, the shell, the right to the page (twice where it shows what a right of its own protects), its list.
const USES_MAX: u64 = 8;
const PEOPLE: usize = 300;

/// The fewest of a few tries: what runs in the background asks as well.
fn uses(town: &Town, path: &str) -> u64 {
    let mut browser = town.bob();
    let tries = (0..5).map(|_| {
        let before = town.uses();
        assert_eq!(browser.get(path).status, 200, "{path}");
        town.uses() - before
    });
    tries.min().expect("a number")
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
        let few: Vec<_> = pages.iter().map(|path| uses(&town, path)).collect();
        town.crowd(PEOPLE);
        let many: Vec<_> = pages.iter().map(|path| uses(&town, path)).collect();
        for ((path, few), many) in pages.iter().zip(few).zip(many) {
            assert_eq!(few, many, "{path} asks more often when there is more");
            assert!(many <= USES_MAX, "{path} asks {many} times");
        }
    }
}
