//! Records out.

use super::{
    super::{
        BODY_MAX_BYTES, TAG,
        place::{Here, Namespace},
    },
    Done,
    fetch::check_count,
    incoming::{In, any_filter},
    lsn,
};
use crate::{
    Api,
    caller::Caller,
    errors::{ApiError, Result},
    requests::Body,
};
use axum::{Json, extract::State, response::IntoResponse};
use conifer_domain::permissions::may;
use conifer_services::{
    engine::{Filter, RecordId, limits},
    records,
};
use serde::Deserialize;
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DeleteRequest {
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>, min_items = 1, max_items = 1000)]
    pub ids: Option<Vec<In<RecordId>>>,
    #[serde(default)]
    pub delete_all: Option<bool>,
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 512)]
    pub namespace: Namespace,
    #[serde(default, deserialize_with = "any_filter")]
    #[schema(value_type = Option<Object>)]
    pub filter: Option<Filter>,
}

#[derive(Debug)]
pub(crate) enum Which {
    Ids(Vec<RecordId>),
    Filter(Filter),
    All,
}

impl DeleteRequest {
    pub(crate) fn which(&mut self) -> Result<Which> {
        match (self.ids.take(), self.filter.take(), self.delete_all.unwrap_or(false)) {
            (Some(ids), None, false) => {
                check_count(ids.len(), limits::DELETE_IDS)?;
                Ok(Which::Ids(ids.into_iter().map(|In(id)| id).collect()))
            }
            (None, Some(filter), false) => Ok(Which::Filter(filter)),
            (None, None, true) => Ok(Which::All),
            (None, None, false) => Err(ApiError::invalid("ids: is required, or a filter, or deleteAll")),
            _ => Err(ApiError::invalid("ids, filter, deleteAll: one of them is to be given, but more are")),
        }
    }
}

/// Deletes records by their ids, by a filter, or all of a namespace.
#[utoipa::path(post, path = "/vectors/delete", tag = TAG, request_body = DeleteRequest,
    responses((status = OK, body = Done)))]
pub(crate) async fn delete_vectors(
    State(api): State<Api>,
    caller: Caller,
    Here(index): Here,
    Body(mut request): Body<DeleteRequest, BODY_MAX_BYTES>,
) -> Result<impl IntoResponse> {
    let granted = caller.may::<may::DeleteAVector>(&api, index).await?;
    let (services, which) = (&api.services, request.which()?);
    let namespace = request.namespace.name;
    let written = match which {
        Which::Ids(ids) => records::delete(services, &granted, namespace, ids).await?,
        Which::Filter(filter) => records::delete_by_filter(services, &granted, namespace, filter).await?,
        Which::All => records::delete_all(services, &granted, namespace).await?,
    };
    Ok((lsn::of_write(written), Json(Done {})))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::requests::parse;

    fn which(text: &str) -> Result<Which, String> {
        let which = parse::<DeleteRequest>(text.as_bytes()).and_then(|mut request| request.which());
        which.map_err(|error| error.message.into_owned())
    }

    #[test]
    fn what_goes_is_said_in_one_way() {
        assert!(matches!(which(r#"{"ids":["a"],"deleteAll":false}"#), Ok(Which::Ids(_))));
        assert!(matches!(which(r#"{"filter":{"k":1}}"#), Ok(Which::Filter(_))));
        assert!(matches!(which(r#"{"deleteAll":true,"namespace":"n"}"#), Ok(Which::All)));
        assert!(which("{}").expect_err("refused").starts_with("ids: is required"));
        assert!(which(r#"{"ids":["a"],"deleteAll":true}"#).expect_err("refused").ends_with("but more are"));
        assert_eq!(which(r#"{"ids":[]}"#).expect_err("refused"), "ids: must be 1 to 1000 ids, but is 0");
        let many = format!(r#"{{"ids":[{}"a"]}}"#, "\"b\",".repeat(1000));
        assert_eq!(which(&many).expect_err("refused"), "ids: must be 1 to 1000 ids, but is 1001");
    }
}
