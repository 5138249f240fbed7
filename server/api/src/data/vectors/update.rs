//! Changes to records that are there.

use super::{
    super::{
        BODY_MAX_BYTES, TAG,
        place::{Here, Namespace},
    },
    incoming::{In, SparseVector, any_filter, dense, sparse},
    lsn,
};
use crate::{
    Api,
    caller::Caller,
    errors::{ApiError, Result},
    requests::Body,
};
use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use conifer_domain::permissions::may;
use conifer_services::{
    Error,
    engine::{Filter, Metadata, Patch, RecordId, SparseValues, Values},
    records,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UpdateRequest {
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 512)]
    pub id: Option<In<RecordId>>,
    #[serde(default, deserialize_with = "dense")]
    #[schema(value_type = Option<Vec<f32>>, max_items = 20000)]
    pub values: Option<Values>,
    #[serde(default, deserialize_with = "sparse")]
    #[schema(value_type = Option<SparseVector>)]
    pub sparse_values: Option<SparseValues>,
    /// Fields to set; other fields of the record stay.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    pub set_metadata: Option<In<Metadata>>,
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 512)]
    pub namespace: Namespace,
    #[serde(default, deserialize_with = "any_filter")]
    #[schema(value_type = Option<Object>)]
    pub filter: Option<Filter>,
    /// Only counts what a filter matches.
    #[serde(default)]
    pub dry_run: Option<bool>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UpdateResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    matched_records: Option<u64>,
}

/// Changes the record of an id, if there is one, or the metadata of all that a filter matches.
#[utoipa::path(post, path = "/vectors/update", tag = TAG, request_body = UpdateRequest,
    responses((status = OK, body = UpdateResponse)))]
pub(crate) async fn update_vector(
    State(api): State<Api>,
    caller: Caller,
    Here(index): Here,
    Body(request): Body<UpdateRequest, BODY_MAX_BYTES>,
) -> Result<Response> {
    let granted = caller.may::<may::UpdateAVector>(&api, index).await?;
    let update = request.into_update()?;
    let Update { namespace, patch, dry_run, .. } = update;
    match update.of {
        Of::Id(id) => {
            let updated = records::update(&api.services, &granted, namespace.name, id, patch).await;
            let done = Json(UpdateResponse { matched_records: None });
            match updated {
                Ok(written) => Ok((lsn::of_write(written), done).into_response()),
                // As documented of the original: no effect, and no error.
                Err(Error::Missing { .. }) => Ok(done.into_response()),
                Err(error) => Err(error.into()),
            }
        }
        Of::Filter(filter) => {
            let update =
                records::update_by_filter(&api.services, &granted, namespace.name, filter, patch, dry_run);
            let updated = update.await?;
            let done = Json(UpdateResponse { matched_records: Some(updated.matched) });
            Ok(match updated.written {
                Some(written) => (lsn::of_write(written), done).into_response(),
                None => done.into_response(),
            })
        }
    }
}

pub(crate) struct Update {
    pub of: Of,
    pub namespace: Namespace,
    pub patch: Patch,
    pub dry_run: bool,
}

#[derive(Debug)]
pub(crate) enum Of {
    Id(RecordId),
    Filter(Filter),
}

impl UpdateRequest {
    pub(crate) fn into_update(self) -> Result<Update> {
        let refused = |why| Err(ApiError::invalid(why));
        let has_values = self.values.is_some() || self.sparse_values.is_some();
        let dry_run = self.dry_run.unwrap_or(false);
        let of = match (self.id, self.filter) {
            (Some(In(id)), None) if !dry_run => Of::Id(id),
            (Some(_), None) => return refused("dryRun: must be left out with an id"),
            (None, Some(_)) if has_values => return refused("values: must be left out with a filter"),
            (None, Some(filter)) => Of::Filter(filter),
            (None, None) => return refused("id: is required, or a filter"),
            (Some(_), Some(_)) => return refused("id: must be left out with a filter"),
        };
        let metadata = self.set_metadata.map(|In(metadata)| metadata).unwrap_or_default();
        let patch = Patch { values: self.values, sparse: self.sparse_values, metadata };
        Ok(Update { of, namespace: self.namespace, patch, dry_run })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::requests::parse;

    fn update(text: &str) -> Result<Update, String> {
        let update = parse::<UpdateRequest>(text.as_bytes()).and_then(UpdateRequest::into_update);
        update.map_err(|error| error.message.into_owned())
    }

    #[test]
    fn an_update_is_of_one_record_or_of_a_filter() {
        let one = update(r#"{"id":"a","values":[1],"setMetadata":{"k":1}}"#).expect("an update");
        assert!(matches!(one.of, Of::Id(_)) && one.patch.values.is_some());
        let many = update(r#"{"filter":{"k":1},"setMetadata":{"k":2},"dryRun":true}"#).expect("an update");
        assert!(matches!(many.of, Of::Filter(_)) && many.dry_run);
        for (text, why) in [
            ("{}", "id: is required, or a filter"),
            (r#"{"id":"a","filter":{}}"#, "id: must be left out with a filter"),
            (r#"{"filter":{"k":1},"values":[1]}"#, "values: must be left out with a filter"),
            (r#"{"id":"a","dryRun":true}"#, "dryRun: must be left out with an id"),
        ] {
            assert_eq!(update(text).err().as_deref(), Some(why), "{text}");
        }
    }
}
