//! How operations can be refused: said of each, in the words of [`Code`].

use crate::errors::Code;
use axum::http::header;
use serde_json::{Map, Value, json};

/// By the name of the area and the status: most operations share them.
pub fn responses() -> Value {
    let mut responses = Map::new();
    for is_data in [false, true] {
        for code in Code::ALL {
            // Of codes with the same status the first is the more usual one.
            responses.entry(name(is_data, code.status().as_u16())).or_insert_with(|| response(is_data, code));
        }
        responses.insert(name(is_data, 0), body(is_data, "What else went wrong."));
    }
    responses.into()
}

/// What its handler says of it itself stays, but for the body that all refusals have.
pub fn add(path: &str, is_data: bool, operation: &mut Value) {
    let of_one = is_data || path.contains('{');
    let has_body = operation.get("requestBody").is_some();
    let Some(responses) = operation["responses"].as_object_mut() else { return };
    let told = Code::ALL.into_iter().filter(|code| match code {
        Code::InvalidArgument
        | Code::Unauthenticated
        | Code::Forbidden
        | Code::ResourceExhausted
        | Code::Internal
        | Code::Unavailable => true,
        Code::NotFound => of_one,
        Code::PayloadTooLarge | Code::RequestTimeout => has_body,
        _ => responses.contains_key(code.status().as_str()),
    });
    let told: Vec<_> = told.map(|code| code.status().as_u16()).collect();
    for status in told {
        responses.insert(status.to_string(), reference(is_data, status));
    }
    responses.insert("default".to_owned(), reference(is_data, 0));
}

/// Refusals of tokens have a form of their own.
pub fn of_oauth(operation: &mut Value) {
    let responses = operation["responses"].as_object_mut().into_iter().flatten();
    for (_, response) in responses.filter(|(status, _)| !status.starts_with('2')) {
        let schema = json!({ "$ref": "#/components/schemas/TokenError" });
        *response = json!({
            "description": "No token: `error` is a word of OAuth 2.0.",
            "content": { "application/json": { "schema": schema } },
        });
    }
}

fn reference(is_data: bool, status: u16) -> Value {
    json!({ "$ref": format!("#/components/responses/{}", name(is_data, status)) })
}

/// Status 0 stands for all others.
fn name(is_data: bool, status: u16) -> String {
    let area = if is_data { "Data" } else { "Control" };
    if status == 0 { format!("{area}Error") } else { format!("{area}Error{status}") }
}

fn response(is_data: bool, code: Code) -> Value {
    let mut response = match code {
        // On both planes, whatever the client accepts.
        Code::Unauthenticated => json!({
            "description": code.when(),
            "content": { "text/plain": { "schema": { "type": "string" } } },
        }),
        _ => body(is_data, code.when()),
    };
    if matches!(code, Code::ResourceExhausted | Code::Unavailable) {
        let seconds = json!({ "description": "Seconds.", "schema": { "type": "integer" } });
        response["headers"] = json!({ header::RETRY_AFTER.as_str(): seconds });
    }
    response
}

fn body(is_data: bool, description: &str) -> Value {
    let schema = if is_data { "DataError" } else { "ControlError" };
    let schema = json!({ "$ref": format!("#/components/schemas/{schema}") });
    json!({ "description": description, "content": { "application/json": { "schema": schema } } })
}
