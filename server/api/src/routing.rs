//! The way in: one index or all, REST or gRPC.

use crate::{Api, bill::Bill, control, data, grpc, hosts::Target};
use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    middleware::{self, Next},
    response::Response,
};
use std::borrow::Cow;
use tower::ServiceExt;

/// In the extensions of an answer: the pattern that its request matched, and whether it was about records.
#[derive(Clone, Debug)]
pub struct Route {
    pub path: Cow<'static, str>,
    pub is_data: bool,
}

#[derive(Clone)]
struct Ways {
    api: Api,
    control: Router,
    data: Router,
}

pub fn router(api: Api) -> Router {
    let ways = Ways {
        control: control::router(api.clone()).layer(middleware::from_fn_with_state(false, note_route)),
        data: data::router(api.clone()).layer(middleware::from_fn_with_state(true, note_route)),
        api,
    };
    Router::new().fallback(enter).with_state(ways)
}

async fn enter(State(ways): State<Ways>, request: Request) -> Response {
    let (mut request, bill) = Bill::attach(request);
    let target = {
        let directory = ways.api.services.directory();
        ways.api.hosts.target(&mut request, |label| directory.by_label(label))
    };
    request.extensions_mut().insert(target);
    let index = match target {
        Target::Control => None,
        Target::Index(id) => Some(id),
    };
    let open = bill.open(&ways.api.services, index);
    let response = answer(ways, target, request).await;
    open.settle(&response);
    response
}

async fn answer(ways: Ways, target: Target, request: Request) -> Response {
    if grpc::is_grpc(&request) {
        return grpc::answer(ways.api, request).await;
    }
    let way = match target {
        Target::Control => ways.control,
        Target::Index(_) => ways.data,
    };
    let Ok(response) = way.oneshot(request).await;
    response
}

async fn note_route(State(is_data): State<bool>, request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next.run(request).await;
    if let Some(path) = matched {
        let path = path.as_str().to_owned().into();
        response.extensions_mut().insert(Route { path, is_data });
    }
    response
}
