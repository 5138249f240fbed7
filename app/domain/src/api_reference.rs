//! What programs can ask of the API, for people who write them.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiReference {
    pub areas: Vec<Area>,
    pub refusals: Vec<Refusal>,
}

/// Operations on one kind of things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    pub name: String,
    /// Asked at the address of one index, not at that of the API.
    pub of_index: bool,
    pub operations: Vec<Operation>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    pub id: String,
    pub method: String,
    pub path: String,
    pub summary: String,
    pub parameters: Vec<Field>,
    pub body: Option<Vec<Field>>,
    /// Of the answer when it is done.
    pub status: u16,
    pub answer: Vec<Field>,
    /// The statuses of the answers when it is not.
    pub refusals: Vec<u16>,
}

/// Something in a request or an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// With the way to it: `vectors[].values`.
    pub name: String,
    pub kind: String,
    pub required: bool,
    pub about: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    pub status: u16,
    /// As the control plane's bodies have it.
    pub name: String,
    /// As gRPC and the data plane's bodies have it.
    pub number: i32,
    pub when: String,
}

impl ApiReference {
    /// The operations in which every word of `search` stands somewhere.
    pub fn matching(&self, search: &str) -> Self {
        let words: Vec<String> = search.split_whitespace().map(str::to_lowercase).collect();
        let areas = self.areas.iter().map(|area| {
            let found = area.operations.iter().filter(|operation| {
                words.iter().all(|word| area.name.to_lowercase().contains(word) || operation.holds(word))
            });
            Area { operations: found.cloned().collect(), ..area.clone() }
        });
        let areas = areas.filter(|area| !area.operations.is_empty()).collect();
        Self { areas, refusals: self.refusals.clone() }
    }
}

impl Operation {
    fn holds(&self, word: &str) -> bool {
        let own = [&self.id, &self.method, &self.path, &self.summary];
        let fields = self.parameters.iter().chain(self.body.iter().flatten()).chain(&self.answer);
        own.into_iter().chain(fields.map(|field| &field.name)).any(|text| text.to_lowercase().contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference() -> ApiReference {
        let operation = |method: &str, path: &str, field: &str| Operation {
            id: String::new(),
            method: method.into(),
            path: path.into(),
            summary: "Does it.".into(),
            parameters: Vec::new(),
            body: Some(vec![Field {
                name: field.into(),
                kind: "string".into(),
                required: true,
                about: String::new(),
            }]),
            status: 200,
            answer: Vec::new(),
            refusals: Vec::new(),
        };
        let area = |name: &str, operations| Area { name: name.into(), of_index: false, operations };
        ApiReference {
            areas: vec![
                area(
                    "Indexes",
                    vec![operation("POST", "/indexes", "dimension"), operation("GET", "/indexes", "x")],
                ),
                area("Vectors", vec![operation("POST", "/query", "topK")]),
            ],
            refusals: Vec::new(),
        }
    }

    fn found(search: &str) -> Vec<String> {
        let areas = reference().matching(search).areas.into_iter();
        areas.flat_map(|area| area.operations).map(|it| format!("{} {}", it.method, it.path)).collect()
    }

    #[test]
    fn all_words_must_stand_somewhere() {
        assert_eq!(found("").len(), 3);
        assert_eq!(found(" post  INDEX "), ["POST /indexes"]);
        assert_eq!(found("topk"), ["POST /query"]);
        assert_eq!(found("vectors"), ["POST /query"]);
        assert_eq!(found("get query"), [""; 0]);
        assert_eq!(reference().matching("topk").areas.len(), 1, "no empty areas");
    }
}
