//! The nearest records.

use super::{
    super::{
        BODY_MAX_BYTES, TAG,
        place::{Here, Namespace},
        usage::Usage,
    },
    VectorShape,
    incoming::{In, SparseVector, dense, optional_filter, sparse},
    lsn,
    outgoing::{Out, written_bytes},
};
use crate::{
    Api,
    caller::Caller,
    errors::{ApiError, Result},
    requests::{Body, answer},
};
use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use conifer_domain::permissions::may;
use conifer_services::{
    Error,
    engine::{Filter, Match, Query, RecordId, SparseValues, Target, Values, limits},
    records::{self, Seen},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct QueryRequest {
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 512)]
    pub namespace: Namespace,
    #[schema(minimum = 1, maximum = 10000)]
    pub top_k: i64,
    #[serde(default, deserialize_with = "optional_filter")]
    #[schema(value_type = Option<Object>)]
    pub filter: Option<Filter>,
    #[serde(default)]
    pub include_values: Option<bool>,
    #[serde(default)]
    pub include_metadata: Option<bool>,
    #[serde(default, deserialize_with = "dense")]
    #[schema(value_type = Option<Vec<f32>>, max_items = 20000)]
    pub vector: Option<Values>,
    #[serde(default, deserialize_with = "sparse")]
    #[schema(value_type = Option<SparseVector>)]
    pub sparse_vector: Option<SparseValues>,
    /// Of a record to be like.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 512)]
    pub id: Option<In<RecordId>>,
    /// Checked, and without effect: searches keep their recall by themselves.
    #[serde(default)]
    #[schema(minimum = 0.5, maximum = 4.0)]
    pub scan_factor: Option<f32>,
    /// Checked, and without effect.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 100000)]
    pub max_candidates: Option<i64>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct QueryResponse {
    #[schema(value_type = Vec<ScoredVector>)]
    matches: Vec<Out<Match>>,
    namespace: String,
    usage: Usage,
}

/// A record with how like it is.
#[derive(ToSchema)]
#[allow(dead_code)]
pub(crate) struct ScoredVector {
    score: f32,
    #[schema(inline)]
    #[serde(flatten)]
    record: VectorShape,
}

/// Finds the records that are most like a vector, or like another record.
#[utoipa::path(post, path = "/query", tag = TAG, request_body = QueryRequest,
    responses((status = OK, body = QueryResponse)))]
pub(crate) async fn query_vectors(
    State(api): State<Api>,
    caller: Caller,
    Here(index): Here,
    Body(request): Body<QueryRequest, BODY_MAX_BYTES>,
) -> Result<Response> {
    let granted = caller.may::<may::QueryVectors>(&api, index).await?;
    let Namespace { name, asked } = request.namespace.clone();
    let found = |matches| QueryResponse { matches, namespace: asked, usage: caller.spends(Usage::ONE) };
    match records::query(&api.services, &granted, name, request.into_query()?).await {
        Ok(Seen { value, last_write }) => {
            let bytes = value.matches.iter().map(written_bytes).sum();
            let found = found(value.matches.into_iter().map(Out).collect());
            Ok((lsn::of_read(last_write), answer(bytes, found).await).into_response())
        }
        // Clients expect that nothing is like a record that is not there.
        Err(Error::Missing { .. }) => Ok(Json(found(Vec::new())).into_response()),
        Err(error) => Err(error.into()),
    }
}

impl QueryRequest {
    pub(crate) fn into_query(self) -> Result<Query> {
        self.check_hints()?;
        let target = match (self.id, self.vector, self.sparse_vector) {
            (Some(In(id)), None, None) => Target::Id(id),
            (Some(_), ..) => {
                let why = "id: must be left out where vector or sparseVector is given";
                return Err(ApiError::invalid(why));
            }
            (None, values, sparse) => Target::Vector { values, sparse },
        };
        Ok(Query {
            target,
            top_k: in_range("topK", self.top_k, limits::TOP_K as i64)? as usize,
            filter: self.filter,
            exact: false,
            include_values: self.include_values.unwrap_or(false),
            include_metadata: self.include_metadata.unwrap_or(false),
        })
    }

    fn check_hints(&self) -> Result<()> {
        if let Some(factor) = self.scan_factor.filter(|factor| !(0.5..=4.0).contains(factor)) {
            return Err(ApiError::invalid(format!("scanFactor: must be 0.5 to 4, but is {factor}")));
        }
        self.max_candidates.map_or(Ok(()), |count| in_range("maxCandidates", count, 100_000).map(drop))
    }
}

fn in_range(field: &str, found: i64, max: i64) -> Result<i64> {
    let refused = || ApiError::invalid(format!("{field}: must be 1 to {max}, but is {found}"));
    (1..=max).contains(&found).then_some(found).ok_or_else(refused)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::requests::parse;

    fn query(text: &str) -> Result<Query, String> {
        let query = parse::<QueryRequest>(text.as_bytes()).and_then(QueryRequest::into_query);
        query.map_err(|error| error.message.into_owned())
    }

    #[test]
    fn what_to_be_like_is_said_in_one_way() {
        assert!(matches!(query(r#"{"topK":1,"id":"a"}"#).expect("a query").target, Target::Id(_)));
        assert!(
            query(r#"{"topK":1,"vector":[1],"filter":{},"namespace":null}"#)
                .expect("a query")
                .filter
                .is_none()
        );
        let both = query(r#"{"topK":1,"id":"a","vector":[1]}"#);
        assert_eq!(both, Err("id: must be left out where vector or sparseVector is given".into()));
    }

    #[test]
    fn limits_are_named() {
        for (text, message) in [
            (r#"{"topK":0,"id":"a"}"#, "topK: must be 1 to 10000, but is 0"),
            (r#"{"topK":-1,"id":"a"}"#, "topK: must be 1 to 10000, but is -1"),
            (r#"{"id":"a"}"#, "missing field `topK`"),
            (r#"{"topK":1,"id":"a","scanFactor":9}"#, "scanFactor: must be 0.5 to 4, but is 9"),
            (r#"{"topK":1,"id":"a","maxCandidates":0}"#, "maxCandidates: must be 1 to 100000, but is 0"),
            (
                r#"{"topK":1,"id":"a","filter":{"y":{"$gt":"x"}}}"#,
                "filter.y.$gt: must be a number, but is the string \"x\"",
            ),
            (
                r#"{"topK":1,"sparseVector":{"indices":[],"values":[]}}"#,
                "sparseVector.indices: must be 1 to 2048 places, but is 0",
            ),
        ] {
            assert_eq!(query(text), Err(message.to_owned()));
        }
    }
}
