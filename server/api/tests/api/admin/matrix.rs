//! Every operation as every account that there can be, held against the table that was written by hand.

use super::{
    rows::{About, OPEN, ROWS, Row},
    town::Things,
};
use crate::town::{Answer, Town};
use conifer_api::openapi;
use conifer_domain::{limits::MINUTE_MS, organizations::OrganizationRole, projects::ProjectRole};
use conifer_services::service_accounts;
use std::collections::BTreeSet;

const ORACLE: &str = include_str!("../../../../../app/domain/tests/permissions.csv");

/// What the table says, as its own words.
fn expected(row: &Row, organization: Option<OrganizationRole>, project: Option<ProjectRole>) -> String {
    let column = match (organization, project, row.about) {
        (Some(OrganizationRole::Owner), ..) => "organization-owner".to_owned(),
        (_, Some(role), About::Project) => format!("project-{}", role.as_str()),
        (Some(role), ..) => format!("organization-{}", role.as_str()),
        (None, ..) => "outsider".to_owned(),
    };
    let mut lines = ORACLE.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let head = lines.next().expect("a head");
    let at = head.iter().position(|name| *name == column).expect("a column");
    let line = lines.find(|line| line[0] == row.action).unwrap_or_else(|| panic!("no row: {}", row.action));
    line[at].to_owned()
}

fn verdict(answer: &Answer) -> &'static str {
    match answer.status.as_u16() {
        // The right is there; what is asked for breaks a rule, stands already or must stay.
        200..=299 | 400 | 409 | 412 | 429 => "allow",
        403 => "deny",
        404 => "hide",
        _ => panic!("{answer:?}"),
    }
}

async fn call(town: &Town, row: &Row, things: &Things, token: &str) -> Answer {
    let (path, body) = (things.fill(row.path), things.fill(row.body));
    town.administer(token, row.method, &path, &body).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_operation_as_every_account() {
    let town = Town::build().await;
    let mut things = Things::of(&town).await;
    let organizations = OrganizationRole::ALL.map(Some).into_iter().chain([None]);
    for organization in organizations {
        for project in [None, Some(ProjectRole::User), Some(ProjectRole::Owner)] {
            let token = town.token(&town.robot(organization, project).await).await;
            for row in ROWS {
                let answer = call(&town, row, &things, &token).await;
                let (method, path) = (row.method, row.path);
                let who = format!("{method} {path} as {organization:?} and {project:?}: {answer:?}");
                assert_eq!(verdict(&answer), expected(row, organization, project), "{who}");
            }
            things.put_back(&town).await;
            town.clock.advance(10 * MINUTE_MS); // An invite is sent again once a minute.
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tokens_that_do_not_count() {
    let town = Town::build().await;
    let things = Things::of(&town).await;
    let (s, o, of) = (&town.services, &crate::town::origin(), town.organization);
    let owner = Some(OrganizationRole::Owner);
    let expired = town.token(&town.robot(owner, None).await).await;
    town.clock.advance(30 * MINUTE_MS);
    let (rotated, disabled, deleted) =
        (town.robot(owner, None).await, town.robot(owner, None).await, town.robot(owner, None).await);
    let tokens = [town.token(&rotated).await, town.token(&disabled).await, town.token(&deleted).await];
    service_accounts::rotate(s, o, &town.owner, of, rotated.id).await.expect("rotated");
    service_accounts::disable(s, o, &town.owner, of, disabled.id).await.expect("disabled");
    let proof = conifer_services::authorize::authorize(s, o, &town.owner, of).await.expect("a right");
    let name = service_accounts::get(s, &proof, deleted.id).await.expect("one").name;
    service_accounts::delete(s, o, &town.owner, of, deleted.id, &name).await.expect("deleted");
    let key = town.editor(town.project).await;
    let mut tokens: Vec<String> = tokens.into();
    tokens.extend([expired, key, rotated.secret, "a".repeat(64), "nothing".to_owned()]);

    let open = OPEN.iter().filter(|(method, _)| *method == "GET");
    let asked = ROWS.iter().map(|row| (row.method, things.fill(row.path), things.fill(row.body)));
    let asked = asked.chain(open.map(|(method, path)| (*method, (*path).to_owned(), String::new())));
    for (method, path, body) in asked {
        let mut texts = BTreeSet::new();
        for token in &tokens {
            let answer = town.administer(token, method, &path, &body).await;
            assert_eq!(answer.status, 401, "{method} {path}: {answer:?}");
            assert!(answer.kind.starts_with("text/plain"), "{answer:?}");
            texts.insert(answer.text);
        }
        assert_eq!(texts.len(), 1, "all are told the same: {texts:?}");
        let nothing = town.administer("", method, &path, &body).await;
        assert_eq!(nothing.status, 401, "{nothing:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_foreign_is_as_what_is_missing() {
    let town = Town::build().await;
    let things = Things::of(&town).await;
    let foreign = town.foreign_owner().await;
    let nobodys = Things::of_nobody();
    let names = |row: &Row, id: &str| row.path.contains(id) || row.body.contains(id);
    for row in ROWS {
        // Ada is in both; what is about one's own organization as a whole names nothing foreign.
        let is_of_ada =
            names(row, "{user_id}") && !names(row, "{project_id}") && !names(row, "{organization_id}");
        if is_of_ada || !names(row, "_id}") {
            continue;
        }
        let theirs = call(&town, row, &things, &foreign).await;
        let missing = call(&town, row, &nobodys, &foreign).await;
        assert_eq!(theirs.status, 404, "{} {}: {theirs:?}", row.method, row.path);
        assert_eq!(theirs, missing, "{} {}", row.method, row.path);
        let malformed = row.path.contains("/role-bindings") || !row.path.contains('{');
        if !malformed {
            let path = row.path.split('{').next().expect("a path").to_owned() + "nothing";
            let end = if row.path.ends_with('}') { "" } else { row.path.rsplit_once('}').expect("an end").1 };
            let strange = town.administer(&foreign, row.method, &(path + end), row.body).await;
            assert_eq!(strange, missing, "{} {}", row.method, row.path);
        }
    }
}

/// An operation without a row would go untried.
#[test]
fn every_operation_has_a_row() {
    let document = openapi::document();
    let paths = document["paths"].as_object().expect("paths").iter();
    let served: BTreeSet<_> = paths
        .flat_map(|(path, operations)| {
            let operations = operations.as_object().expect("operations").iter();
            let admin = operations.filter(|(_, operation)| operation["tags"][0] == "admin");
            admin.map(move |(method, _)| (method.to_uppercase(), path.clone()))
        })
        .collect();
    let plain = |path: &str| {
        let path = path.split('?').next().unwrap_or(path);
        let path = match path.split_once("/role-bindings/") {
            Some((before, _)) => format!("{before}/role-bindings/{{role_binding_id}}"),
            None => path.to_owned(),
        };
        let path = path.replace("{gone_", "{").replace("{project_invite", "{invite");
        path.replace("{owning_", "{service_")
    };
    let rows = ROWS.iter().map(|row| (row.method.to_owned(), plain(row.path)));
    let open = OPEN.iter().map(|(method, path)| ((*method).to_owned(), (*path).to_owned()));
    assert_eq!(served, rows.chain(open).collect());
}
