//! What the API offers, told in OpenAPI: made from the handlers themselves, so that it cannot say something else.

mod reference;
mod refusals;
mod shapes;

pub use reference::reference;

use crate::{
    admin::{self, tokens::TokenError},
    control, data,
    errors::{ControlError, DataError},
    version::ApiVersion,
};
use axum::{http::header, response::IntoResponse};
use serde_json::{Value, json};
use std::sync::LazyLock;
use utoipa::{OpenApi, openapi};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Conifer",
        description = "A vector database of your own, for the clients you have.",
        license(name = "")
    ),
    components(schemas(ControlError, DataError, TokenError))
)]
struct Document;

/// At the address of the control plane, for everybody.
pub(crate) async fn serve() -> impl IntoResponse {
    static TEXT: LazyLock<String> = LazyLock::new(|| document().to_string());
    ([(header::CONTENT_TYPE, "application/json")], TEXT.as_str())
}

pub fn document() -> Value {
    let mut whole = Document::openapi();
    whole.merge(control::routes().split_for_parts().1);
    whole.merge(data::routes().split_for_parts().1);
    whole.merge(admin::routes().split_for_parts().1);
    complete(whole)
}

/// What all operations have in common is said once here.
fn complete(document: openapi::OpenApi) -> Value {
    let mut document = serde_json::to_value(document).unwrap_or_default();
    document["info"].as_object_mut().map(|info| info.remove("license"));
    document["components"]["securitySchemes"] = json!({
        "key": { "type": "apiKey", "in": "header", "name": "Api-Key" },
        "token": { "type": "http", "scheme": "bearer" },
    });
    document["components"]["responses"] = refusals::responses();
    document["security"] = json!([{ "key": [] }]);
    let paths = document["paths"].as_object_mut().into_iter().flatten();
    for (path, operations) in paths {
        for (_, operation) in operations.as_object_mut().into_iter().flatten() {
            complete_operation(path, operation);
        }
    }
    document
}

fn complete_operation(path: &str, operation: &mut Value) {
    let is_data = operation["tags"][0] == data::TAG;
    let version = json!({
        "name": "X-Pinecone-Api-Version",
        "in": "header",
        "required": false,
        "schema": { "type": "string", "enum": ApiVersion::ALL.map(ApiVersion::as_str) },
    });
    match operation["parameters"].as_array_mut() {
        Some(parameters) => parameters.push(version),
        None => operation["parameters"] = json!([version]),
    }
    if operation["tags"][0] == admin::TAG && operation.get("security").is_none() {
        operation["security"] = json!([{ "token": [] }]);
    }
    refusals::add(path, is_data, operation);
    if path == admin::tokens::PATH {
        refusals::of_oauth(operation);
    }
    if is_data {
        // Each index has an address of its own, which its description tells.
        operation["servers"] =
            json!([{ "url": "http://{host}", "variables": { "host": { "default": "127.0.0.1:5081" } } }]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operations() -> Vec<(String, String)> {
        let document = document();
        let paths = document["paths"].as_object().expect("paths").iter();
        let operations = paths.flat_map(|(path, operations)| {
            let methods = operations.as_object().expect("operations").keys();
            methods.map(move |method| (method.to_uppercase(), path.clone()))
        });
        operations.collect()
    }

    /// Whoever adds an operation adds its rows to the matrix too.
    #[test]
    fn the_operations_are_counted() {
        assert_eq!(operations().len(), 72, "{:?}", operations());
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let document = document();
        let text = document.to_string();
        for reference in text.split("\"$ref\":\"#").skip(1) {
            let pointer = reference.split('"').next().expect("a pointer");
            assert!(document.pointer(pointer).is_some(), "{pointer}");
        }
    }
}
