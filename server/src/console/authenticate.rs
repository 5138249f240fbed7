//! Who asks is found out before anything runs. A redirect from inside a page's nested parts would be lost,
//! so signed-out visitors of private pages are sent to sign in from here.

use super::{Console, answers};
use crate::telemetry::requests::{AnsweredTo, Client};
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use conifer_app::server::Visitor;
use conifer_domain::{Problem, theme::Theme};
use conifer_services::{Origin, sessions};
use tower_sessions::{Session, cookie::Cookie};
use url::form_urlencoded;

const USER_AGENT_LENGTH_MAX_CHARS: usize = 512;

/// Puts the visitor into the request.
pub async fn visitor(State(console): State<Console>, mut request: Request, next: Next) -> Response {
    let extensions = request.extensions();
    let (Some(session), Some(client)) = (extensions.get::<Session>().cloned(), extensions.get::<Client>())
    else {
        tracing::error!("a request came without session or client");
        return answers::refuse(Problem::Unexpected);
    };
    let origin = origin(client, &request);
    let current = match sessions::current(&console.services, &session).await {
        Ok(current) => current,
        Err(error) => {
            tracing::error!(?error, "the session could not be read");
            return answers::refuse(error.problem());
        }
    };
    let answered_to = current.as_ref().map(|current| AnsweredTo(current.account.id));
    let theme_cookie = theme(request.headers());
    request.extensions_mut().insert(Visitor { current, origin, theme_cookie });
    let mut response = next.run(request).await;
    if let Some(answered_to) = answered_to {
        response.extensions_mut().insert(answered_to);
    }
    response
}

fn origin(client: &Client, request: &Request) -> Origin {
    let user_agent = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    Origin {
        address: client.address,
        user_agent: user_agent.unwrap_or_default().chars().take(USER_AGENT_LENGTH_MAX_CHARS).collect(),
        request_id: client.request_id.to_string(),
    }
}

fn theme(headers: &HeaderMap) -> Option<Theme> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut cookies = cookies.flat_map(Cookie::split_parse).flatten();
    cookies.find(|cookie| cookie.name() == conifer_app::theme::COOKIE)?.value().parse().ok()
}

/// Lets only known people see private pages. Pages that do not exist tell everybody so.
pub async fn person(request: Request, next: Next) -> Response {
    let exists = request.extensions().get::<MatchedPath>().is_some();
    let signed_in = request.extensions().get::<Visitor>().is_some_and(|visitor| visitor.current.is_some());
    if signed_in || !exists || conifer_app::routes::is_public(request.uri().path()) {
        return next.run(request).await;
    }
    Redirect::to(&sign_in_and_return(&request)).into_response()
}

fn sign_in_and_return(request: &Request) -> String {
    match request.uri().path_and_query().map(|path| path.as_str()) {
        None | Some("/") => "/sign-in".into(),
        Some(path) => {
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("next", path).finish();
            format!("/sign-in?{query}")
        }
    }
}
