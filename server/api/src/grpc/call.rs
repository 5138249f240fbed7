//! One call: who makes it, about which index, and how its message is read and its answer written.

use super::wire;
use crate::{
    Api,
    caller::Caller,
    data::{BODY_MAX_BYTES, usage::Usage},
    errors::{ApiError, Code, Result},
    hosts::Target,
    version::ApiVersion,
};
use axum::{
    body::Body,
    extract::{FromRequestParts, Request},
    http::request::Parts,
    response::Response,
};
use conifer_domain::ids::IndexId;
use conifer_services::{
    authorize::{Granted, Right},
    engine::Written,
    records::Seen,
};
use prost::Message;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::time::timeout;
use tonic::{Status, server::Grpc};
use tonic_prost::ProstCodec;
use tower::service_fn;

/// For the message to arrive and the answer to be found.
const WAIT_MAX: Duration = Duration::from_secs(60);

pub struct Call {
    pub api: Api,
    pub index: IndexId,
    pub version: ApiVersion,
    caller: Caller,
}

impl Call {
    /// Before the message is read.
    pub async fn begin(api: Api, parts: &mut Parts) -> Result<Self> {
        let caller = Caller::from_request_parts(parts, &api).await?;
        let version = ApiVersion::from_request_parts(parts, &api).await?;
        let index = match parts.extensions.get::<Target>() {
            Some(Target::Index(id)) => *id,
            _ => IndexId::NONE,
        };
        Ok(Self { api, index, version, caller })
    }

    /// Puts what a read costs on its bill.
    pub fn spends(&self, usage: Usage) -> Option<wire::Usage> {
        Some(wire::Usage { read_units: Some(self.caller.spends(usage).read_units) })
    }

    /// Notes how many records came with it.
    pub fn wrote(&self, records: u64) {
        self.caller.wrote(records);
    }

    /// The proof that the caller may, of the index at hand.
    pub async fn may<P>(&self) -> Result<Granted<P>>
    where
        P: Right<Of = IndexId>,
    {
        self.caller.may::<P>(&self.api, self.index).await
    }
}

/// An answer, and which write it tells of.
pub struct Answer<T> {
    message: T,
    lsn: Option<(&'static str, u64)>,
}

impl<T> Answer<T> {
    pub fn plain(message: T) -> Self {
        Self { message, lsn: None }
    }

    pub fn of_write(written: Written, message: T) -> Self {
        Self { message, lsn: Some(("x-pinecone-request-lsn", written.number)) }
    }

    pub fn of_read<V>(seen: Seen<V>, shape: impl FnOnce(V) -> T) -> Self {
        Self { message: shape(seen.value), lsn: Some(("x-pinecone-max-indexed-lsn", seen.last_write)) }
    }

    fn into_response(self) -> tonic::Response<T> {
        let mut response = tonic::Response::new(self.message);
        if let Some((name, number)) = self.lsn {
            response.metadata_mut().insert(name, number.into());
        }
        response
    }
}

/// Reads the one message, does the deed, and writes the one answer.
pub async fn unary<Q, A, D, F>(call: Call, request: Request, deed: D) -> Response
where
    Q: Message + Default + 'static,
    A: Message + 'static,
    D: Fn(Arc<Call>, Q) -> F + Send + Sync,
    F: Future<Output = Result<Answer<A>>> + Send,
{
    let call = Arc::new(call);
    let was_read = AtomicBool::new(false);
    let service = service_fn(|message: tonic::Request<Q>| {
        was_read.store(true, Ordering::Relaxed);
        let answer = deed(Arc::clone(&call), message.into_inner());
        async move { Ok::<_, Status>(answer.await?.into_response()) }
    });
    let mut grpc = Grpc::new(ProstCodec::<A, Q>::default()).max_decoding_message_size(BODY_MAX_BYTES);
    match timeout(WAIT_MAX, grpc.unary(service, request)).await {
        Ok(response) if was_read.load(Ordering::Relaxed) => response.map(Body::new),
        Ok(response) => blame_client(response.map(Body::new)),
        Err(_) => refuse(ApiError::new(Code::RequestTimeout, "the call: did not end in time").into()),
    }
}

/// A message that cannot be read, or is too large, is the client's mistake, whatever tonic calls it.
fn blame_client(response: Response) -> Response {
    match Status::from_header_map(response.headers()) {
        Some(status) if matches!(status.code(), tonic::Code::Internal | tonic::Code::OutOfRange) => {
            refuse(Status::invalid_argument(format!("the message: {}", status.message())))
        }
        _ => response,
    }
}

pub fn refuse(status: Status) -> Response {
    status.into_http()
}
