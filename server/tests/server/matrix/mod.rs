//! Every server function, page and export, asked by everybody over HTTP and held against the table that was
//! written by hand.

mod coverage;
mod oracle;
pub mod rows;
mod timing;
pub mod town;
mod views;

use crate::{browser::Answer, on_both_databases};
use conifer_domain::{Problem, organizations::OrganizationRole, projects::ProjectRole};
use oracle::{Verdict, action, column, expected};
use rows::{FUNCTIONS, GETS, OWN, PRIVATE_PAGES, PUBLIC};
use town::{Town, Whom};
use uuid::Uuid;

/// A row of the table as HTTP asks for it.
#[derive(Clone, Copy)]
pub struct Operation {
    path: &'static str,
    action: &'static str,
    /// The form of a function; None for what is asked by GET.
    form: Option<&'static str>,
}

fn operations() -> impl Iterator<Item = Operation> {
    let functions = FUNCTIONS.iter().map(|(path, action, form)| Operation { path, action, form: Some(form) });
    functions.chain(GETS.iter().map(|(path, action)| Operation { path, action, form: None }))
}

/// Everything that somebody can be to a project and its organization; the foreign keys allow no more.
fn standings() -> Vec<(Option<OrganizationRole>, Option<ProjectRole>)> {
    let projects = [None, Some(ProjectRole::Owner), Some(ProjectRole::User)];
    let in_it =
        OrganizationRole::ALL.into_iter().flat_map(|role| projects.map(|project| (Some(role), project)));
    in_it.chain([(None, None)]).collect()
}

fn verdict(answer: &Answer, what: &str) -> Verdict {
    match answer.status {
        403 if answer.header("content-type").starts_with("application/json") => {
            assert_eq!(answer.problem(), "denied", "{what}: {answer:?}");
            Verdict::Deny
        }
        403 => Verdict::Deny,
        404 => Verdict::Hide,
        401 | 500.. => panic!("{what}: {answer:?}"),
        _ => Verdict::Allow,
    }
}

/// What a denial says: data to a function's caller, a sentence on a page.
fn rule(operation: Operation) -> String {
    match operation.form {
        Some(_) => operation.action.to_owned(),
        None => Problem::Denied { action: action(operation.action) }.to_string(),
    }
}

/// Hidden is as missing is, to the byte, whether or not the id could be one.
fn assert_as_missing(town: &Town, operation: Operation, what: &str) {
    for other in [Uuid::now_v7().to_string(), "nonsense".into()] {
        let missing = town.whom.instead(operation, &other);
        assert_alike(town, operation, [&town.whom, &missing], what);
    }
}

/// What Bob is told of one is what he is told of the other. A page's parts are put together as they come, so two that
/// differ are asked for again: what tells them apart does so every time.
fn assert_alike(town: &Town, operation: Operation, [one, other]: [&Whom; 2], what: &str) {
    const TRIES: usize = 5;
    let told = |whom| town.told(&town.bob_asks(operation, whom), whom);
    for tried in 1..=TRIES {
        let [one, other] = [one, other].map(told);
        if one == other {
            return;
        }
        assert!(tried < TRIES, "{what} tells them apart:\n{one:?}\n{other:?}");
    }
}

fn hold(town: &mut Town, operation: Operation, column: &str) {
    let what = format!("{} as {column}", operation.path);
    let answer = town.bob_asks(operation, &town.whom);
    let found = verdict(&answer, &what);
    assert_eq!(found, expected(operation.action, column), "{what}: {answer:?}");
    if found == Verdict::Deny {
        assert!(answer.body.contains(&rule(operation)), "{what} names its rule: {answer:?}");
    }
    if found == Verdict::Hide {
        assert_as_missing(town, operation, &what);
    }
}

on_both_databases! {
    fn everybody_gets_what_the_table_says(database) {
        let mut town = Town::found(database);
        for (organization, project) in standings() {
            for operation in operations() {
                town.put(organization, project);
                hold(&mut town, operation, &column(operation.action, organization, project));
            }
        }
    }

    fn whoever_is_removed_in_mid_session_is_an_outsider(database) {
        let mut town = Town::found(database);
        for operation in operations() {
            town.put(Some(OrganizationRole::Owner), Some(ProjectRole::Owner));
            assert_eq!(town.bob_asks(GET_PROJECT, &town.whom).status, 200);
            town.put(None, None);
            hold(&mut town, operation, "outsider");
        }
    }

    fn things_of_others_are_not_there_even_for_owners(database) {
        let mut town = Town::found(database);
        let others = town.of_others();
        town.put(Some(OrganizationRole::Owner), Some(ProjectRole::Owner));
        for operation in operations() {
            let form = operation.form.unwrap_or_default();
            for word in ["user", "invite", "organization-invite", "account"] {
                if !form.contains(&format!("{{{word}}}")) {
                    continue;
                }
                let [theirs, missing] = [others.fill(&format!("{{{word}}}")), Uuid::now_v7().to_string()]
                    .map(|id| town.whom.with(word, &id));
                let answer = town.bob_asks(operation, &theirs);
                assert_eq!(answer.status, 404, "{} with {word} of others: {answer:?}", operation.path);
                assert_alike(&town, operation, [&theirs, &missing], operation.path);
            }
        }
    }

    fn what_needs_no_right_tells_nothing_of_places(database) {
        let mut town = Town::found(database);
        for (path, form) in OWN {
            let operation = Operation { path, action: "", form: Some(form) };
            let other = Uuid::now_v7().to_string();
            for (word, of_project) in [("{organization}", false), ("{project}", true)] {
                if form.contains(word) {
                    // In the organization a project is hidden as well.
                    town.put(of_project.then_some(OrganizationRole::Member), None);
                    let missing = town.whom.instead_of_place(of_project, &other);
                    assert_alike(&town, operation, [&town.whom, &missing], path);
                }
            }
        }
    }

    fn whoever_is_signed_out_is_nobody(database) {
        let town = Town::found(database);
        let own = OWN.iter().map(|(path, form)| Operation { path, action: "", form: Some(form) });
        let pages = PRIVATE_PAGES.iter().map(|path| Operation { path, action: "", form: None });
        for operation in operations().chain(own).chain(pages) {
            let answer = town.ask(&mut town.stranger(), operation, &town.whom);
            match operation.form {
                Some(_) => assert_eq!((answer.status, &*answer.problem()), (401, "signed-out"), "{}", operation.path),
                None => {
                    assert_eq!(answer.status, 303, "{}", operation.path);
                    assert!(answer.header("location").starts_with("/sign-in"), "{answer:?}");
                }
            }
        }
        for path in PUBLIC {
            let answer = town.ask(&mut town.stranger(), Operation { path, action: "", form: Some("") }, &town.whom);
            assert_ne!(answer.status, 401, "{path} is for everybody");
        }
    }
}

const GET_PROJECT: Operation =
    Operation { path: "/fn/projects/get", action: "view project", form: Some("id={project}") };
