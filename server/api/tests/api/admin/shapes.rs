//! What answers look like, page by page and version by version.

use crate::town::Town;
use conifer_domain::organizations::OrganizationRole;
use serde_json::{Value, json};

fn names(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_come_in_pages_that_miss_nothing() {
    let town = Town::build().await;
    let token = town.token(&town.robot(Some(OrganizationRole::Owner), None).await).await;
    for n in 0..7 {
        let body = json!({ "name": format!("account {n}") }).to_string();
        let made = town.administer(&token, "POST", "/admin/service-accounts", &body).await;
        assert_eq!(made.status, 201, "{made:?}");
    }
    let (mut found, mut next) = (Vec::new(), String::new());
    loop {
        let path = format!("/admin/service-accounts?limit=3&paginationToken={next}");
        let page = town.administer(&token, "GET", &path, "").await.json();
        let rows = page["data"].as_array().expect("a page");
        assert!((1..=3).contains(&rows.len()), "{page}");
        found.extend(rows.iter().map(|row| row["name"].as_str().expect("a name").to_owned()));
        match page["pagination"]["next"].as_str() {
            Some(token) => token.clone_into(&mut next),
            None => break,
        }
    }
    assert_eq!(found.len(), 8, "{found:?}");
    assert!(found.is_sorted(), "{found:?}");
    let rows = ["users", "invites", "service-accounts", "role-bindings"];
    for (query, said) in [
        ("limit=0", "limit: must be 1 to 100, but is 0"),
        ("limit=101", "limit: must be 1 to 100, but is 101"),
        ("limit=x", "limit: must be 1 to 100, but is x"),
        ("paginationToken=x", "paginationToken: must be the token that the page before gave"),
    ] {
        for list in rows {
            let answer = town.administer(&token, "GET", &format!("/admin/{list}?{query}"), "").await;
            let error = &answer.json()["error"];
            assert_eq!(
                (answer.status.as_u16(), &error["message"]),
                (400, &json!(said)),
                "{list}: {answer:?}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn shapes_are_those_of_the_clients() {
    let town = Town::build().await;
    let token = town.token(&town.robot(Some(OrganizationRole::Owner), None).await).await;
    let get = async |path: &str| town.administer(&token, "GET", path, "").await.json();
    let organization = get("/admin/organizations").await["data"][0].clone();
    let fields = ["created_at", "id", "name", "payment_status", "plan", "support_tier"];
    assert_eq!(names(&organization), fields);
    let project = get(&format!("/admin/projects/{}", town.project)).await;
    let fields = ["created_at", "force_encryption_with_cmek", "id", "max_pods", "name", "organization_id"];
    assert_eq!(names(&project), fields);
    let user = get("/admin/users?email=ADA@example.com").await["data"][0].clone();
    assert_eq!((names(&user), &user["email"]), (vec!["email", "id", "name"], &json!("ada@example.com")));
    assert_eq!(get("/admin/users?email=nobody@example.com").await["data"], json!([]));
    let binding = get("/admin/role-bindings?principal_type=user&role=OrgOwner").await["data"][0].clone();
    let fields =
        ["created_at", "id", "principal_id", "principal_type", "resource_id", "resource_type", "role"];
    assert_eq!((names(&binding), &binding["principal_id"]), (fields.into(), &user["id"]));
    let odd = town.administer(&token, "GET", "/admin/role-bindings?role=%00", "").await;
    assert_eq!(odd.status, 400, "{odd:?}");
    let path = format!("/admin/projects/{}/api-keys", town.project);
    let made = town.administer(&token, "POST", &path, r#"{"name":"ci"}"#).await;
    assert_eq!(made.status, 201, "{made:?}");
    assert_eq!(names(&made.json()["key"]), ["id", "name", "project_id", "roles"]);
    assert_eq!(made.json()["key"]["roles"], json!(["ProjectEditor"]));
    let answer = town
        .ask(
            crate::town::At::Control,
            made.json()["value"].as_str().expect("a secret"),
            "GET",
            "/indexes",
            "",
        )
        .await;
    assert_eq!(answer.status, 200, "the key counts: {answer:?}");
    let refused = town.administer(&token, "POST", &path, r#"{"name":"x","roles":["Boss"]}"#).await;
    let said = "roles[0]: must be ProjectEditor, ProjectViewer, ControlPlaneEditor, ControlPlaneViewer, DataPlaneEditor or DataPlaneViewer, but is \"Boss\"";
    assert_eq!(
        refused.json(),
        json!({ "status": 400, "error": { "code": "INVALID_ARGUMENT", "message": said } })
    );
    let taken = town.administer(&token, "POST", &path, r#"{"name":"CI"}"#).await;
    assert_eq!((taken.status.as_u16(), &taken.json()["error"]["code"]), (409, &json!("ALREADY_EXISTS")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn older_versions_have_what_they_had() {
    let town = Town::build().await;
    let token = town.token(&town.robot(Some(OrganizationRole::Owner), None).await).await;
    for version in ["2025-10", "2026-04", "2026-07"] {
        for list in ["organizations", "projects"] {
            let (answer, _) = town.administer_as(&token, version, "GET", &format!("/admin/{list}"), "").await;
            assert_eq!(answer.status, 200, "{list} in {version}: {answer:?}");
        }
        for list in ["users", "invites", "service-accounts", "role-bindings"] {
            let (answer, _) = town.administer_as(&token, version, "GET", &format!("/admin/{list}"), "").await;
            let expected = if version == "2026-07" { 200 } else { 404 };
            assert_eq!(answer.status, expected, "{list} in {version}: {answer:?}");
        }
    }
}
