//! Calls as a client's bytes.

use crate::town::{At, Town, origin};
use axum::{
    body::Body,
    http::{HeaderMap, Request, Version},
};
use conifer_api::hosts::Arrival;
use http_body_util::BodyExt;
use prost::Message;

/// Of gRPC's own.
pub const INVALID_ARGUMENT: i32 = 3;
pub const NOT_FOUND: i32 = 5;
pub const ALREADY_EXISTS: i32 = 6;
pub const PERMISSION_DENIED: i32 = 7;
pub const UNIMPLEMENTED: i32 = 12;
pub const UNAUTHENTICATED: i32 = 16;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub code: i32,
    pub message: String,
    pub body: Vec<u8>,
    pub headers: HeaderMap,
}

impl Said {
    /// The message of a call that was done.
    pub fn read<M: Message + Default>(&self) -> M {
        assert_eq!(self.code, 0, "{self:?}");
        M::decode(&self.body[5..]).expect("a message")
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().expect("text")).unwrap_or_default()
    }
}

impl Town {
    pub async fn call(&self, at: At, secret: &str, method: &str, message: &impl Message) -> Said {
        let metadata: &[(&str, &str)] = match secret {
            "" => &[],
            secret => &[("api-key", secret)],
        };
        self.send_call(at, metadata, &format!("/VectorService/{method}"), message.encode_to_vec()).await
    }

    pub async fn send_call(&self, at: At, metadata: &[(&str, &str)], path: &str, message: Vec<u8>) -> Said {
        let length = u32::try_from(message.len()).expect("short").to_be_bytes();
        self.send_frame(at, metadata, path, [&[0], &length[..], &message].concat()).await
    }

    pub async fn send_frame(&self, at: At, metadata: &[(&str, &str)], path: &str, frame: Vec<u8>) -> Said {
        let index = match at {
            At::Control => None,
            At::Index(id) => Some(id),
        };
        let mut request = Request::post(path)
            .version(Version::HTTP_2)
            .header("content-type", "application/grpc")
            .extension(Arrival { index, ..Arrival::default() })
            .extension(origin());
        for (name, value) in metadata {
            request = request.header(*name, *value);
        }
        let response = self.answer(request.body(Body::from(frame)).expect("a request")).await;
        let (head, body) = response.into_parts();
        let collected = body.collect().await.expect("a body");
        let mut headers = head.headers;
        headers.extend(collected.trailers().cloned().unwrap_or_default());
        let text = |name: &str| headers.get(name).map(|value| value.to_str().expect("text").to_owned());
        let code = text("grpc-status").expect("a status").parse().expect("a number");
        let message = text("grpc-message").unwrap_or_default();
        Said { code, message, body: collected.to_bytes().to_vec(), headers }
    }
}
