//! The same document for people who read: what the console shows of it.

use super::{document, shapes::Shapes};
use crate::{data, errors::Code};
use conifer_domain::api_reference::{ApiReference, Area, Field, Operation, Refusal};
use serde_json::Value;
use std::sync::LazyLock;

/// In the order of the page.
const AREAS: [&str; 15] = [
    "Indexes",
    "Collections",
    "Backups",
    "Backup schedules",
    "Vectors",
    "Namespaces",
    "Imports",
    "Tokens",
    "Organizations",
    "Projects",
    "API keys",
    "Users",
    "Invites",
    "Service accounts",
    "Role bindings",
];

pub fn reference() -> &'static ApiReference {
    static REFERENCE: LazyLock<ApiReference> = LazyLock::new(|| read(&document()));
    &REFERENCE
}

fn read(document: &Value) -> ApiReference {
    let shapes = Shapes(document);
    let operations = document["paths"].as_object().into_iter().flatten();
    let operations: Vec<_> = operations
        .flat_map(|(path, by_method)| {
            let by_method = by_method.as_object().into_iter().flatten();
            by_method.map(|(method, told)| (path.as_str(), method.as_str(), told))
        })
        .collect();
    let areas = AREAS.map(|name| {
        let mut here = operations.iter().filter(|(path, ..)| area(path) == name).peekable();
        let of_index = here.peek().is_some_and(|(.., told)| told["tags"][0] == data::TAG);
        let operations = here.map(|(path, method, told)| operation(&shapes, path, method, told)).collect();
        Area { name: name.to_owned(), of_index, operations }
    });
    ApiReference { areas: areas.into(), refusals: Code::ALL.into_iter().map(refusal).collect() }
}

fn area(path: &str) -> &'static str {
    let parts: Vec<_> = path.split('/').collect();
    let has = |part: &str| parts.contains(&part);
    match parts.get(1).copied().unwrap_or_default() {
        "oauth" => "Tokens",
        "admin" if has("api-keys") => "API keys",
        "admin" => match parts[2] {
            "organizations" => "Organizations",
            "projects" => "Projects",
            "users" => "Users",
            "invites" => "Invites",
            "service-accounts" => "Service accounts",
            _ => "Role bindings",
        },
        _ if has("backup-schedules") => "Backup schedules",
        _ if has("backups") || has("restore-jobs") => "Backups",
        "indexes" => "Indexes",
        "collections" => "Collections",
        "namespaces" => "Namespaces",
        "bulk" => "Imports",
        _ => "Vectors",
    }
}

fn operation(shapes: &Shapes, path: &str, method: &str, told: &Value) -> Operation {
    let text = |name: &str| told[name].as_str().unwrap_or_default().to_owned();
    let parameters = told["parameters"].as_array().into_iter().flatten();
    let body =
        told.get("requestBody").map(|body| shapes.fields(&body["content"]["application/json"]["schema"]));
    let responses = told["responses"].as_object().into_iter().flatten();
    let statuses = responses.filter_map(|(status, answer)| Some((status.parse::<u16>().ok()?, answer)));
    let (answers, refusals): (Vec<_>, Vec<_>) = statuses.partition(|(status, _)| *status < 400);
    let answer = answers.first();
    Operation {
        id: text("operationId"),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: text("summary"),
        parameters: parameters.map(|parameter| of_parameter(shapes, parameter)).collect(),
        body,
        status: answer.map_or(0, |(status, _)| *status),
        answer: answer.map_or_else(Vec::new, |(_, answer)| {
            shapes.fields(&answer["content"]["application/json"]["schema"])
        }),
        refusals: refusals.into_iter().map(|(status, _)| status).collect(),
    }
}

fn of_parameter(shapes: &Shapes, parameter: &Value) -> Field {
    let name = parameter["name"].as_str().unwrap_or_default().to_owned();
    let mut field = shapes.field(name, parameter["required"] == true, &parameter["schema"]);
    let place = parameter["in"].as_str().unwrap_or_default();
    field.kind = format!("{}, in the {place}", field.kind);
    if let Some(about) = parameter["description"].as_str() {
        about.clone_into(&mut field.about);
    }
    field
}

fn refusal(code: Code) -> Refusal {
    Refusal {
        status: code.status().as_u16(),
        name: code.as_str().to_owned(),
        number: code.number(),
        when: code.when().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_told_whole() {
        let reference = reference();
        let operations: Vec<_> = reference.areas.iter().flat_map(|area| &area.operations).collect();
        let counted: usize = document()["paths"]
            .as_object()
            .expect("paths")
            .values()
            .map(|of| of.as_object().map_or(0, serde_json::Map::len))
            .sum();
        assert_eq!(operations.len(), counted);
        for operation in operations {
            assert!(!operation.summary.is_empty(), "{operation:?}");
            assert!((200..300).contains(&operation.status), "{operation:?}");
            assert!(operation.refusals.starts_with(&[400, 401, 403]), "{operation:?}");
            assert_eq!(operation.body.is_some(), operation.refusals.contains(&413), "{operation:?}");
            for refused in &operation.refusals {
                assert!(reference.refusals.iter().any(|refusal| refusal.status == *refused), "{refused}");
            }
        }
        assert!(reference.areas.iter().all(|area| !area.operations.is_empty()));
    }

    #[test]
    fn shapes_are_those_of_the_handlers() {
        let query = reference()
            .areas
            .iter()
            .flat_map(|area| &area.operations)
            .find(|operation| operation.path == "/query");
        let query = query.expect("an operation");
        let body = query.body.as_ref().expect("a body");
        let field = |fields: &[Field], name: &str| fields.iter().find(|field| field.name == name).cloned();
        let top_k = field(body, "topK").expect("a field");
        assert_eq!((top_k.kind.as_str(), top_k.required), ("whole number, 1 to 10000", true));
        assert!(field(body, "sparseVector.indices").is_some());
        assert!(
            field(&query.answer, "matches[].score").is_some()
                && field(&query.answer, "matches[].id").is_some()
        );
    }
}
