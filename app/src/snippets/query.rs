//! A query of the playground.

use super::{KEY, quoted};
use crate::ui::Snippet;
use conifer_domain::records::{By, Search, TOP_K};
use serde_json::{Map, Value, json};

/// The query that was run; `vector` is the one that was looked for, also where the server made it up.
pub fn query(asked: &Search, vector: Option<&[f32]>, host: &str) -> Vec<Snippet> {
    let body = body(asked, vector);
    let url = if host.contains("://") { host.to_owned() } else { format!("https://{host}") };
    vec![
        Snippet::python(python(&body, &quoted(host))),
        Snippet::typescript(typescript(&body, &quoted(host))),
        Snippet::go(go(&body, &quoted(host))),
        Snippet::curl(curl(&body, &url)),
    ]
}

/// As the API takes it.
fn body(asked: &Search, vector: Option<&[f32]>) -> Map<String, Value> {
    let json = |text: &str| serde_json::from_str::<Value>(text).ok();
    let mut body = Map::new();
    match asked.by {
        By::Record => drop(body.insert("id".into(), asked.record.trim().into())),
        By::Sparse => {}
        By::Vector | By::Hybrid | By::Random => {
            body.extend(vector.map(|vector| ("vector".to_owned(), json!(vector))));
        }
    }
    if matches!(asked.by, By::Sparse | By::Hybrid) {
        body.extend(json(&asked.sparse).map(|sparse| ("sparseVector".to_owned(), sparse)));
    }
    body.insert("topK".into(), asked.top_k.trim().parse().unwrap_or(TOP_K).into());
    if !asked.namespace.is_empty() {
        body.insert("namespace".into(), asked.namespace.clone().into());
    }
    body.extend(json(&asked.filter).map(|filter| ("filter".to_owned(), filter)));
    body.insert("includeMetadata".into(), true.into());
    body
}

fn python(body: &Map<String, Value>, host: &str) -> String {
    let name = |name: &str| match name {
        "topK" => "top_k".to_owned(),
        "sparseVector" => "sparse_vector".to_owned(),
        "includeMetadata" => "include_metadata".to_owned(),
        name => name.to_owned(),
    };
    let lines = body.iter().map(|(key, value)| format!("    {}={},", name(key), in_python(value)));
    let lines = lines.collect::<Vec<_>>().join("\n");
    format!(
        "from pinecone import Pinecone\n\nindex = Pinecone(api_key=\"{KEY}\").Index(host={host})\n\
         found = index.query(\n{lines}\n)"
    )
}

/// JSON as Python writes it.
fn in_python(value: &Value) -> String {
    match value {
        Value::Bool(true) => "True".into(),
        Value::Bool(false) => "False".into(),
        Value::Null => "None".into(),
        Value::Array(items) => {
            format!("[{}]", items.iter().map(in_python).collect::<Vec<_>>().join(", "))
        }
        Value::Object(fields) => {
            let field = |(key, value): (&String, &Value)| format!("{}: {}", quoted(key), in_python(value));
            format!("{{{}}}", fields.iter().map(field).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

fn typescript(body: &Map<String, Value>, host: &str) -> String {
    let namespace = body.get("namespace").map(|name| format!(", namespace: {name}")).unwrap_or_default();
    let lines = body.iter().filter(|(key, _)| *key != "namespace");
    let lines = lines.map(|(key, value)| format!("  {key}: {value},")).collect::<Vec<_>>().join("\n");
    format!(
        "import {{ Pinecone }} from '@pinecone-database/pinecone';\n\n\
         const pc = new Pinecone({{ apiKey: '{KEY}' }});\n\
         const index = pc.index({{ host: {host}{namespace} }});\n\
         const found = await index.query({{\n{lines}\n}});"
    )
}

fn go(body: &Map<String, Value>, host: &str) -> String {
    let namespace = body.get("namespace").map(|name| format!(", Namespace: {name}")).unwrap_or_default();
    let k = &body["topK"];
    let call = match (body.get("id"), body.get("vector")) {
        (Some(id), _) => format!(
            "index.QueryByVectorId(ctx, &pinecone.QueryByVectorIdRequest{{VectorId: {id}, TopK: {k}, IncludeMetadata: true}})"
        ),
        (_, Some(vector)) => {
            let values = vector.to_string().replace('[', "{").replace(']', "}");
            format!(
                "index.QueryByVectorValues(ctx, &pinecone.QueryByVectorValuesRequest{{Vector: []float32{values}, TopK: {k}, IncludeMetadata: true}})"
            )
        }
        _ => format!(
            "index.QueryByVectorValues(ctx, &pinecone.QueryByVectorValuesRequest{{SparseValues: sparse, TopK: {k}}})"
        ),
    };
    format!(
        "pc, err := pinecone.NewClient(pinecone.NewClientParams{{ApiKey: \"{KEY}\"}})\n\
         index, err := pc.Index(pinecone.NewIndexConnParams{{Host: {host}{namespace}}})\nfound, err := {call}"
    )
}

fn curl(body: &Map<String, Value>, url: &str) -> String {
    let body = Value::Object(body.clone()).to_string().replace('\'', "'\\''");
    format!(
        "curl -X POST {url}/query \\\n  -H \"Api-Key: {KEY}\" \\\n  -H \"Content-Type: application/json\" \\\n  \
         -d '{body}'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_is_in_every_language() {
        let asked = Search {
            by: By::Record,
            record: "film-7".into(),
            namespace: "en".into(),
            filter: r#"{"seen": true}"#.into(),
            ..Search::default()
        };
        let body = body(&asked, None);
        assert_eq!(body["topK"], 10);
        assert!(python(&body, "\"h\"").contains("    filter={\"seen\": True},"));
        assert!(typescript(&body, "\"h\"").contains("namespace: \"en\""));
        assert!(go(&body, "\"h\"").contains("VectorId: \"film-7\""));
        assert!(curl(&body, "http://h").contains("\"id\":\"film-7\""));
    }
}
