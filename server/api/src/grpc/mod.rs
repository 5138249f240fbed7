//! The data plane over gRPC: the same services and the same words of refusal as over REST.

mod call;
mod incoming;
mod namespaces;
mod outgoing;
mod records;
mod status;
pub mod wire;

use crate::{Api, routing::Route};
use axum::{
    body::Body,
    extract::Request,
    http::{Version, header},
    response::Response,
};
use call::{Call, refuse, unary};
use tonic::{Code, Status};

const SERVICE: &str = "/VectorService/";
const CONTENT_TYPE: &str = "application/grpc";

pub const METHODS: [&str; 12] = [
    "Upsert",
    "Delete",
    "Fetch",
    "FetchByMetadata",
    "List",
    "Query",
    "Update",
    "DescribeIndexStats",
    "ListNamespaces",
    "DescribeNamespace",
    "CreateNamespace",
    "DeleteNamespace",
];

pub fn is_grpc(request: &Request) -> bool {
    let Some(kind) = request.headers().get(header::CONTENT_TYPE) else { return false };
    let kind = kind.as_bytes().strip_prefix(CONTENT_TYPE.as_bytes());
    request.version() == Version::HTTP_2
        && kind.is_some_and(|kind| kind.is_empty() || b"+;".contains(&kind[0]))
}

pub async fn answer(api: Api, request: Request) -> Response {
    let asked = request.uri().path().strip_prefix(SERVICE);
    let Some(method) = asked.and_then(|asked| METHODS.into_iter().find(|method| *method == asked)) else {
        return refuse(Status::new(Code::Unimplemented, "no such method here"));
    };
    let (mut parts, body) = request.into_parts();
    let mut response = match Call::begin(api, &mut parts).await {
        Ok(call) => call_method(method, call, Request::from_parts(parts, body)).await,
        Err(error) => refuse(error.into()),
    };
    let path = format!("{SERVICE}{method}").into();
    response.extensions_mut().insert(Route { path, is_data: true });
    response
}

async fn call_method(method: &str, call: Call, request: Request<Body>) -> Response {
    match method {
        "Upsert" => unary(call, request, records::upsert).await,
        "Delete" => unary(call, request, records::delete).await,
        "Fetch" => unary(call, request, records::fetch).await,
        "FetchByMetadata" => unary(call, request, records::fetch_by_metadata).await,
        "List" => unary(call, request, records::list).await,
        "Query" => unary(call, request, records::query).await,
        "Update" => unary(call, request, records::update).await,
        "DescribeIndexStats" => unary(call, request, namespaces::stats).await,
        "ListNamespaces" => unary(call, request, namespaces::list).await,
        "DescribeNamespace" => unary(call, request, namespaces::describe).await,
        "CreateNamespace" => unary(call, request, namespaces::create).await,
        "DeleteNamespace" => unary(call, request, namespaces::delete).await,
        _ => refuse(Status::new(Code::Unimplemented, "no such method here")),
    }
}
