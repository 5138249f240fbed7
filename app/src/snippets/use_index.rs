//! Reaching an index.

use super::{KEY, quoted};
use crate::ui::Snippet;
use conifer_domain::indexes::{Index, VectorType};

/// Connecting to an index, and a first write and query.
pub fn connection(index: &Index, host: &str) -> Vec<Snippet> {
    let url = if host.contains("://") { host.to_owned() } else { format!("https://{host}") };
    let is_dense = index.vectors.kind() == VectorType::Dense;
    let example = if is_dense { Example::DENSE } else { Example::SPARSE };
    vec![
        Snippet::python(python(&example, &quoted(host))),
        Snippet::typescript(typescript(&example, index, &quoted(host))),
        Snippet::go(go(&example, &quoted(host))),
        Snippet::curl(curl(&example, &url)),
    ]
}

/// What is written and asked for, in each language's own words.
struct Example {
    python: (&'static str, &'static str),
    typescript: (&'static str, &'static str),
    go: (&'static str, &'static str),
    json: &'static str,
}

impl Example {
    const DENSE: Self = Self {
        python: ("\"values\": embedding", "vector=embedding"),
        typescript: ("values: embedding", "vector: embedding"),
        go: ("Values: &embedding", "Vector: embedding"),
        json: "\"vector\": [0.1, 0.2, 0.3]",
    };
    const SPARSE: Self = Self {
        python: (
            "\"sparse_values\": {\"indices\": [7, 42], \"values\": [0.5, 0.8]}",
            "sparse_vector={\"indices\": [7, 42], \"values\": [0.5, 0.8]}",
        ),
        typescript: (
            "sparseValues: { indices: [7, 42], values: [0.5, 0.8] }",
            "sparseVector: { indices: [7, 42], values: [0.5, 0.8] }",
        ),
        go: (
            "SparseValues: &pinecone.SparseValues{Indices: []uint32{7, 42}, Values: []float32{0.5, 0.8}}",
            "SparseValues: &pinecone.SparseValues{Indices: []uint32{7, 42}, Values: []float32{0.5, 0.8}}",
        ),
        json: "\"sparseVector\": {\"indices\": [7, 42], \"values\": [0.5, 0.8]}",
    };
}

fn python(example: &Example, host: &str) -> String {
    let (write, query) = example.python;
    format!(
        "from pinecone import Pinecone\n\npc = Pinecone(api_key=\"{KEY}\")\nindex = pc.Index(host={host})\n\n\
         index.upsert(vectors=[{{\"id\": \"a\", {write}, \"metadata\": {{\"year\": 2026}}}}])\n\
         found = index.query({query}, top_k=10, include_metadata=True)"
    )
}

fn typescript(example: &Example, index: &Index, host: &str) -> String {
    let (write, query) = example.typescript;
    let name = quoted(&index.name);
    format!(
        "import {{ Pinecone }} from '@pinecone-database/pinecone';\n\n\
         const pc = new Pinecone({{ apiKey: '{KEY}' }});\nconst index = pc.index({{ name: {name}, host: {host} }});\n\n\
         await index.upsert({{ records: [{{ id: 'a', {write}, metadata: {{ year: 2026 }} }}] }});\n\
         const found = await index.query({{ {query}, topK: 10, includeMetadata: true }});"
    )
}

fn go(example: &Example, host: &str) -> String {
    let (write, query) = example.go;
    let by = if query.starts_with("Sparse") {
        query.to_owned()
    } else {
        format!("{query}, IncludeMetadata: true")
    };
    format!(
        "pc, err := pinecone.NewClient(pinecone.NewClientParams{{ApiKey: \"{KEY}\"}})\n\
         index, err := pc.Index(pinecone.NewIndexConnParams{{Host: {host}}})\n\n\
         _, err = index.UpsertVectors(ctx, []*pinecone.Vector{{{{Id: \"a\", {write}}}}})\n\
         found, err := index.QueryByVectorValues(ctx, &pinecone.QueryByVectorValuesRequest{{{by}, TopK: 10}})"
    )
}

fn curl(example: &Example, url: &str) -> String {
    format!(
        "curl -X POST {url}/query \\\n  -H \"Api-Key: {KEY}\" \\\n  -H \"Content-Type: application/json\" \\\n  \
         -d '{{{}, \"topK\": 10, \"includeMetadata\": true}}'",
        example.json
    )
}
