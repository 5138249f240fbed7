//! Making an index.

use super::{KEY, quoted};
use crate::ui::Snippet;
use conifer_domain::indexes::{Metric, VectorType};

/// What is filled into the form, as it stands there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Creation {
    pub api: String,
    pub name: String,
    pub kind: VectorType,
    pub dimension: String,
    pub metric: Metric,
    pub pods: Option<String>,
    pub cloud: String,
    pub region: String,
    pub protected: bool,
    pub tags: Vec<(String, String)>,
}

pub fn creation(new: &Creation) -> Vec<Snippet> {
    vec![
        Snippet::python(python(new)),
        Snippet::typescript(typescript(new)),
        Snippet::go(go(new)),
        Snippet::curl(curl(new)),
    ]
}

impl Creation {
    fn name(&self) -> String {
        quoted(if self.name.is_empty() { "my-index" } else { &self.name })
    }

    fn dimension(&self) -> &str {
        let is_number = !self.dimension.is_empty() && self.dimension.chars().all(|c| c.is_ascii_digit());
        if is_number { &self.dimension } else { "1536" }
    }

    /// Sparse vectors have no other.
    fn metric(&self) -> &'static str {
        if self.is_dense() { self.metric.as_str() } else { Metric::Dotproduct.as_str() }
    }

    fn is_dense(&self) -> bool {
        self.kind == VectorType::Dense
    }

    fn pairs(&self, joint: &str) -> String {
        let pairs = self.tags.iter().map(|(key, value)| format!("{}: {}", quoted(key), quoted(value)));
        pairs.collect::<Vec<_>>().join(joint)
    }
}

fn python(new: &Creation) -> String {
    let spec = if new.pods.is_some() { "PodSpec" } else { "ServerlessSpec" };
    let mut lines = vec![
        format!("from pinecone import Pinecone, {spec}"),
        String::new(),
        format!("pc = Pinecone(api_key=\"{KEY}\", host={})", quoted(&new.api)),
        "pc.create_index(".into(),
        format!("    name={},", new.name()),
    ];
    if new.is_dense() {
        lines.push(format!("    dimension={},", new.dimension()));
    } else {
        lines.push("    vector_type=\"sparse\",".into());
    }
    lines.push(format!("    metric=\"{}\",", new.metric()));
    lines.push(match &new.pods {
        Some(pod_type) => {
            format!("    spec=PodSpec(environment={}, pod_type={}),", quoted(&new.region), quoted(pod_type))
        }
        None => {
            format!("    spec=ServerlessSpec(cloud={}, region={}),", quoted(&new.cloud), quoted(&new.region))
        }
    });
    if new.protected {
        lines.push("    deletion_protection=\"enabled\",".into());
    }
    if !new.tags.is_empty() {
        lines.push(format!("    tags={{{}}},", new.pairs(", ")));
    }
    lines.push(")".into());
    lines.join("\n")
}

fn typescript(new: &Creation) -> String {
    let mut lines = vec![
        "import { Pinecone } from '@pinecone-database/pinecone';".to_owned(),
        String::new(),
        format!("const pc = new Pinecone({{ apiKey: '{KEY}', controllerHostUrl: {} }});", quoted(&new.api)),
        "await pc.createIndex({".into(),
        format!("  name: {},", new.name()),
    ];
    if new.is_dense() {
        lines.push(format!("  dimension: {},", new.dimension()));
    } else {
        lines.push("  vectorType: 'sparse',".into());
    }
    lines.push(format!("  metric: '{}',", new.metric()));
    lines.push(match &new.pods {
        Some(pod_type) => format!(
            "  spec: {{ pod: {{ environment: {}, podType: {}, pods: 1 }} }},",
            quoted(&new.region),
            quoted(pod_type)
        ),
        None => format!(
            "  spec: {{ serverless: {{ cloud: {}, region: {} }} }},",
            quoted(&new.cloud),
            quoted(&new.region)
        ),
    });
    if new.protected {
        lines.push("  deletionProtection: 'enabled',".into());
    }
    if !new.tags.is_empty() {
        lines.push(format!("  tags: {{ {} }},", new.pairs(", ")));
    }
    lines.push("});".into());
    lines.join("\n")
}

fn go(new: &Creation) -> String {
    let request = if new.pods.is_some() { "CreatePodIndex" } else { "CreateServerlessIndex" };
    let metric = match new.metric() {
        "cosine" => "Cosine",
        "euclidean" => "Euclidean",
        _ => "Dotproduct",
    };
    let mut lines = vec![format!(
        "pc, err := pinecone.NewClient(pinecone.NewClientParams{{ApiKey: \"{KEY}\", Host: {}}})",
        quoted(&new.api)
    )];
    lines.push(if new.is_dense() {
        format!("dimension, metric := int32({}), pinecone.{metric}", new.dimension())
    } else {
        format!("vectorType, metric := \"sparse\", pinecone.{metric}")
    });
    lines.push(format!("index, err := pc.{request}(ctx, &pinecone.{request}Request{{"));
    lines.push(format!("\tName: {},", new.name()));
    lines.push(if new.is_dense() { "\tDimension: &dimension," } else { "\tVectorType: &vectorType," }.into());
    lines.push("\tMetric: &metric,".into());
    match &new.pods {
        Some(pod_type) => {
            lines.push(format!("\tEnvironment: {},", quoted(&new.region)));
            lines.push(format!("\tPodType: {},", quoted(pod_type)));
        }
        None => {
            lines.push(format!("\tCloud: pinecone.Cloud({}),", quoted(&new.cloud)));
            lines.push(format!("\tRegion: {},", quoted(&new.region)));
        }
    }
    if !new.tags.is_empty() {
        lines.push(format!("\tTags: &pinecone.IndexTags{{{}}},", new.pairs(", ")));
    }
    lines.push("})".into());
    lines.join("\n")
}

fn curl(new: &Creation) -> String {
    let mut fields = vec![format!("\"name\": {}", new.name())];
    if new.is_dense() {
        fields.push(format!("\"dimension\": {}", new.dimension()));
    } else {
        fields.push("\"vector_type\": \"sparse\"".into());
    }
    fields.push(format!("\"metric\": \"{}\"", new.metric()));
    fields.push(match &new.pods {
        Some(pod_type) => format!(
            "\"spec\": {{\"pod\": {{\"environment\": {}, \"pod_type\": {}}}}}",
            quoted(&new.region),
            quoted(pod_type)
        ),
        None => format!(
            "\"spec\": {{\"serverless\": {{\"cloud\": {}, \"region\": {}}}}}",
            quoted(&new.cloud),
            quoted(&new.region)
        ),
    });
    if new.protected {
        fields.push("\"deletion_protection\": \"enabled\"".into());
    }
    if !new.tags.is_empty() {
        fields.push(format!("\"tags\": {{{}}}", new.pairs(", ")));
    }
    let body = fields.join(",\n  ").replace('\'', "'\\''");
    format!(
        "curl -X POST {}/indexes \\\n  -H \"Api-Key: {KEY}\" \\\n  -H \"X-Pinecone-Api-Version: 2025-10\" \\\n  \
         -H \"Content-Type: application/json\" \\\n  -d '{{\n  {body}\n}}'",
        new.api
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn films() -> Creation {
        Creation {
            api: "http://localhost:5080".into(),
            name: "films".into(),
            dimension: "384".into(),
            cloud: "aws".into(),
            region: "us-east-1".into(),
            tags: vec![("team".into(), "O'Hara \"x\"".into())],
            ..Creation::default()
        }
    }

    #[test]
    fn the_body_for_curl_is_json() {
        for new in [
            films(),
            Creation { kind: VectorType::Sparse, protected: true, ..films() },
            Creation { pods: Some("p1.x1".into()), ..films() },
        ] {
            let text = curl(&new).replace("'\\''", "'");
            let (_, body) = text.split_once("-d '").expect("a body");
            let body: serde_json::Value = serde_json::from_str(body.trim_end_matches('\'')).expect("JSON");
            assert_eq!(body["name"], "films");
            assert_eq!(body["tags"]["team"], "O'Hara \"x\"");
            assert_eq!(body["metric"], if new.is_dense() { "cosine" } else { "dotproduct" });
        }
    }

    #[test]
    fn a_sparse_index_has_no_dimension() {
        let sparse = Creation { kind: VectorType::Sparse, ..films() };
        for text in [python(&sparse), typescript(&sparse), go(&sparse), curl(&sparse)] {
            assert!(!text.contains("384") && text.contains("sparse"), "{text}");
        }
    }

    #[test]
    fn what_is_not_filled_in_yet_has_an_example() {
        let empty = Creation::default();
        assert!(python(&empty).contains("name=\"my-index\",\n    dimension=1536,"));
    }
}
