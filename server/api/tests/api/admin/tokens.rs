//! `POST /oauth/token`.

use crate::town::{Answer, At, Town};
use axum::http::HeaderMap;
use conifer_domain::organizations::OrganizationRole;
use serde_json::{Value, json};

async fn post(town: &Town, kind: &str, body: &str) -> (Answer, HeaderMap) {
    let mut request = town.request(At::Control, "", "2026-07", "POST", "/oauth/token", body);
    request.headers_mut().insert("content-type", kind.parse().expect("a kind"));
    town.send(request).await
}

async fn refusal(town: &Town, body: &Value) -> (u16, Value, String) {
    let (answer, _) = post(town, "application/json", &body.to_string()).await;
    let told = answer.json();
    let said = told["error_description"].as_str().expect("a description").to_owned();
    (answer.status.as_u16(), told["error"].clone(), said)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_is_asked_for_in_json_or_as_a_form() {
    let town = Town::build().await;
    let robot = town.robot(Some(OrganizationRole::Member), None).await;
    let audience = "https://api.pinecone.io/";
    let json = json!({ "client_id": robot.client_id, "client_secret": robot.secret,
        "grant_type": "client_credentials", "audience": audience });
    let form = format!(
        "grant_type=client_credentials&client_id={}&client_secret={}&audience=x%20y",
        robot.client_id, robot.secret
    );
    for (kind, body) in
        [("application/json", json.to_string()), ("application/x-www-form-urlencoded; charset=utf-8", form)]
    {
        let (answer, head) = post(&town, kind, &body).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!(head["cache-control"], "no-store");
        let told = answer.json();
        assert_eq!((&told["token_type"], &told["expires_in"]), (&json!("Bearer"), &json!(1_800)));
        let token = told["access_token"].as_str().expect("a token");
        let mine = town.administer(token, "GET", "/admin/organizations", "").await;
        assert_eq!(mine.json()["data"][0]["name"], "Analytical Engines", "{mine:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refusals_have_the_form_of_oauth() {
    let town = Town::build().await;
    let robot = town.robot(None, None).await;
    let good = json!({ "client_id": robot.client_id, "client_secret": robot.secret, "grant_type": "client_credentials" });
    let with = |field: &str, value: Value| {
        let mut body = good.clone();
        body[field] = value;
        body
    };
    let wrong = "Client id or client secret is wrong, or the account is disabled.";
    for (body, status, error, said) in [
        (with("client_secret", json!("x")), 401, "invalid_client", wrong),
        (with("client_id", json!("x")), 401, "invalid_client", wrong),
        (with("client_id", json!("")), 400, "invalid_request", "client_id: is missing"),
        (with("client_secret", json!(null)), 400, "invalid_request", "client_secret: is missing"),
        (with("grant_type", json!(null)), 400, "invalid_request", "grant_type: is missing"),
        (
            with("grant_type", json!("password")),
            400,
            "unsupported_grant_type",
            "grant_type: must be client_credentials",
        ),
    ] {
        assert_eq!(refusal(&town, &body).await, (status, json!(error), said.to_owned()), "{body}");
    }
    let (answer, _) = post(&town, "application/json", "{").await;
    assert_eq!((answer.status.as_u16(), &answer.json()["error"]), (400, &json!("invalid_request")));
    let (answer, _) = post(&town, "application/json", &format!("\"{}\"", "x".repeat(70_000))).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["error"]), (400, &json!("invalid_request")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn guessing_is_told_to_wait() {
    let town = Town::build().await;
    let robot = town.robot(None, None).await;
    let body =
        json!({ "client_id": robot.client_id, "client_secret": "x", "grant_type": "client_credentials" });
    for _ in 0..21 {
        assert_eq!(refusal(&town, &body).await.0, 401);
    }
    let (answer, head) = post(&town, "application/json", &body.to_string()).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["error"]), (429, &json!("too_many_requests")));
    assert_eq!(head["retry-after"], "1");
}
