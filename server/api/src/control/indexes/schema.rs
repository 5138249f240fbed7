//! What an index holds, as it is said since 2026-07: fields, of which two reserved ones make vectors.

use crate::{
    errors::{ApiError, Result},
    requests::choice,
};
use conifer_domain::indexes::{Metric, Vectors};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

const DENSE: &str = "_values";
const SPARSE: &str = "_sparse_values";

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewSchema {
    #[schema(value_type = ReservedFields)]
    fields: BTreeMap<String, NewField>,
}

/// The fields that are built.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct ReservedFields {
    _values: Option<NewField>,
    _sparse_values: Option<NewField>,
}

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewField {
    #[schema(pattern = "^(dense_vector|sparse_vector)$")]
    r#type: String,
    #[serde(default)]
    #[schema(minimum = 1, maximum = 20000)]
    dimension: Option<i64>,
    #[serde(default)]
    metric: Option<String>,
}

impl NewSchema {
    pub(super) fn into_vectors(self) -> Result<Vectors> {
        let Self { mut fields } = self;
        let (dense, sparse) = (fields.remove(DENSE), fields.remove(SPARSE));
        if let Some((name, _)) = fields.first_key_value() {
            let what =
                format!("schema.fields.{name}: Indexes of documents with fields of their own are not built");
            return Err(ApiError::unimplemented(&what));
        }
        if let Some(sparse) = &sparse {
            check_type(SPARSE, sparse, "sparse_vector")?;
            check_sparse(sparse)?;
        }
        match dense {
            Some(dense) => into_dense(&dense, sparse.is_some()),
            None if sparse.is_some() => Ok(Vectors::Sparse),
            None => Err(ApiError::invalid("schema.fields: must have _values, _sparse_values or both")),
        }
    }
}

fn into_dense(field: &NewField, has_sparse: bool) -> Result<Vectors> {
    check_type(DENSE, field, "dense_vector")?;
    let dimension =
        field.dimension.ok_or_else(|| ApiError::invalid("schema.fields._values.dimension: is required"))?;
    let metric = field.metric.as_deref().map(str::to_ascii_lowercase);
    let metric = metric.map(|text| choice("schema.fields._values.metric", &text, Metric::ALL)).transpose()?;
    // Sparse values beside dense ones are compared by the dot product, and so must these be.
    let metric = metric.unwrap_or(if has_sparse { Metric::Dotproduct } else { Metric::Cosine });
    if has_sparse && metric != Metric::Dotproduct {
        return Err(ApiError::invalid(format!(
            "schema.fields._values.metric: must be dotproduct beside _sparse_values, but is {metric}"
        )));
    }
    Ok(Vectors::dense(dimension, metric)?)
}

fn check_type(name: &str, field: &NewField, wanted: &str) -> Result<()> {
    if field.r#type != wanted {
        let found = &field.r#type;
        return Err(ApiError::invalid(format!(
            "schema.fields.{name}.type: must be {wanted:?}, but is {found:?}"
        )));
    }
    Ok(())
}

fn check_sparse(field: &NewField) -> Result<()> {
    if field.dimension.is_some() {
        return Err(ApiError::invalid("schema.fields._sparse_values.dimension: must be left out"));
    }
    match field.metric.as_deref() {
        None | Some("dotproduct") => Ok(()),
        Some(found) => Err(ApiError::invalid(format!(
            "schema.fields._sparse_values.metric: must be dotproduct, but is {found:?}"
        ))),
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IndexSchema {
    fields: BTreeMap<&'static str, Field>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Field {
    DenseVector { dimension: u32, metric: &'static str },
    SparseVector {},
}

impl From<Vectors> for IndexSchema {
    fn from(vectors: Vectors) -> Self {
        let sparse = (SPARSE, Field::SparseVector {});
        let fields = match vectors {
            Vectors::Sparse => [sparse].into(),
            Vectors::Dense { dimension, metric } => {
                // A dense index shows both.
                [(DENSE, Field::DenseVector { dimension, metric: metric.as_str() }), sparse].into()
            }
        };
        Self { fields }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{errors::Code, requests::parse};
    use serde_json::json;

    fn vectors(text: &str) -> Result<Vectors> {
        parse::<NewSchema>(text.as_bytes()).and_then(NewSchema::into_vectors)
    }

    #[test]
    fn the_reserved_fields_make_vectors() {
        let dense = r#"{"fields":{"_values":{"type":"dense_vector","dimension":8,"metric":"Cosine"}}}"#;
        assert_eq!(vectors(dense), Ok(Vectors::Dense { dimension: 8, metric: Metric::Cosine }));
        let both = r#"{"fields":{"_values":{"type":"dense_vector","dimension":8},"_sparse_values":{"type":"sparse_vector"}}}"#;
        assert_eq!(vectors(both), Ok(Vectors::Dense { dimension: 8, metric: Metric::Dotproduct }));
        assert_eq!(vectors(r#"{"fields":{"_sparse_values":{"type":"sparse_vector"}}}"#), Ok(Vectors::Sparse));
    }

    #[test]
    fn other_fields_are_not_built() {
        let text = r#"{"fields":{"title":{"type":"string","full_text_search":{}}}}"#;
        assert_eq!(vectors(text).expect_err("refused").code, Code::Unimplemented);
        for text in [
            r#"{"fields":{}}"#,
            r#"{"fields":{"_values":{"type":"dense_vector"}}}"#,
            r#"{"fields":{"_values":{"type":"sparse_vector","dimension":3}}}"#,
            r#"{"fields":{"_sparse_values":{"type":"sparse_vector","dimension":3}}}"#,
        ] {
            assert_eq!(vectors(text).expect_err("refused").code, Code::InvalidArgument, "{text}");
        }
    }

    #[test]
    fn a_dense_index_shows_both() {
        let schema = IndexSchema::from(Vectors::Dense { dimension: 2, metric: Metric::Euclidean });
        let shown = json!({"fields": {
            "_values": {"type": "dense_vector", "dimension": 2, "metric": "euclidean"},
            "_sparse_values": {"type": "sparse_vector"},
        }});
        assert_eq!(serde_json::to_value(schema).expect("JSON"), shown);
    }
}
