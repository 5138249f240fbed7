//! Who looks through others' eyes gets what the table says of these, and changes nothing by anything that HTTP answers.

use super::{
    GET_PROJECT, Operation, operations,
    oracle::{Verdict, action, column, expected},
    rows::OWN,
    town::Town,
    verdict,
};
use crate::{browser::Answer, on_both_databases};
use conifer_domain::{
    organizations::OrganizationRole::{Member, Owner},
    projects::ProjectRole::User,
};

/// What is one's own, and only shown; the way out is tried last.
const SHOWN: &[&str] = &[
    "/fn/account/details",
    "/fn/api-reference/read",
    "/fn/projects/page",
    "/fn/sessions/list",
    "/fn/shell/overview",
    "/fn/two-factor/state",
    "/fn/views/end",
    // They take away what is shown once, of this browser.
    "/fn/api-keys/forget-secret",
    "/fn/invites/forget-link",
    "/fn/service-accounts/forget-secret",
    "/fn/two-factor/keep-codes",
];

/// Pages of what is being changed.
const MORE: &[&str] = &["/projects/{project}/indexes/{index}/imports/file"];

const AS_USER: &str = "place=%2Fprojects%2F{project}&user_id={user}";

/// A key that may read all of the project.
const AS_KEY: &str = "place=%2Fprojects%2F{project}&key_id={key}";
const OF_KEY: &str = "key-project-viewer";

fn only_looks(answer: &Answer) -> bool {
    answer.status == 403 && answer.problem() == "only-looking"
}

fn begin(town: &mut Town, whose: &'static str) {
    town.put(Some(Owner), None);
    let form = Some(whose);
    let begun = town.bob_asks(Operation { path: "/fn/views/begin", action: "", form }, &town.whom);
    assert!(matches!(begun.status, 200 | 302), "{begun:?}");
}

on_both_databases! {
    fn who_looks_as_a_user_sees_what_users_see(database) {
        let mut town = Town::found(database);
        for operation in operations() {
            begin(&mut town, AS_USER);
            let what = format!("{} as a user", operation.path);
            let answer = town.bob_asks(operation, &town.whom);
            let told = expected(operation.action, &column(operation.action, Some(Member), Some(User)));
            match (told, action(operation.action).only_shows()) {
                (Verdict::Allow, false) => assert!(only_looks(&answer), "{what}: {answer:?}"),
                (Verdict::Allow, true) if MORE.contains(&operation.path) => assert_eq!(answer.status, 403, "{what}: {answer:?}"),
                (told, _) => assert_eq!(verdict(&answer, &what), told, "{what}: {answer:?}"),
            }
        }
        begin(&mut town, AS_USER);
        for (path, form) in OWN {
            let answer = town.bob_asks(Operation { path, action: "", form: Some(form) }, &town.whom);
            assert_eq!(only_looks(&answer), !SHOWN.contains(path), "{path}: {answer:?}");
        }
        let answer = town.bob_asks(GET_PROJECT, &town.whom);
        assert!(answer.body.contains("owner"), "the way out was among them: {answer:?}");
    }

    fn who_looks_as_a_key_sees_what_keys_may(database) {
        let mut town = Town::found(database);
        for operation in operations() {
            begin(&mut town, AS_KEY);
            let what = format!("{} as a key", operation.path);
            let answer = town.bob_asks(operation, &town.whom);
            let told = match operation.action {
                _ if MORE.contains(&operation.path) => Verdict::Deny,
                // They tell of its pods as well.
                "view project" if operation.path.ends_with("/settings") => Verdict::Deny,
                // The frame of its indexes.
                "view project" => Verdict::Allow,
                action => expected(action, OF_KEY),
            };
            assert_eq!(verdict(&answer, &what), told, "{what}: {answer:?}");
        }
    }
}
