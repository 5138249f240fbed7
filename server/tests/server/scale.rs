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

/// What runs in the background asks as well: it is the fewest that counts, once some tries have come to it.
const ALIKE: usize = 3;
const TRIES_MAX: usize = 60;

fn uses(town: &Town, path: &str) -> u64 {
    let mut browser = town.bob();
    let (mut fewest, mut alike) = (u64::MAX, 0);
    for _ in 0..TRIES_MAX {
        let before = town.uses();
        assert_eq!(browser.get(path).status, 200, "{path}");
        let uses = town.uses() - before;
        alike = if uses < fewest { 1 } else { alike + usize::from(uses == fewest) };
        fewest = fewest.min(uses);
        if alike == ALIKE {
            return fewest;
        }
    }
    panic!("{path} asks differently often each time")
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
        for (path, few) in pages.iter().zip(few) {
            let many = uses(&town, path);
            assert_eq!(few, many, "{path} asks more often when there is more");
            assert!(many <= USES_MAX, "{path} asks {many} times");
        }
    }
}
