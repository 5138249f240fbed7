//! What a server function or a page rendered on the server can ask for.

mod fresh;
mod reached;

pub use fresh::Fresh;
pub use reached::Reached;

use crate::{Failure, list::without, notice::is_message};
use conifer_domain::{Field, Problem, Rule, api_reference::ApiReference, notices::Notice, theme::Theme};
use conifer_services::{
    Error, Origin, Services,
    authorize::{Granted, Right, authorize},
    sessions::Current,
};
use http::{header::REFERER, request::Parts};
use leptos::prelude::*;
use leptos_router::{location::RequestUrl, params::ParamsMap};
use std::str::FromStr;
use tower_sessions::Session;

/// Who asks. The server finds it out before any page or function runs.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// None while nobody is signed in.
    pub current: Option<Current>,
    pub origin: Origin,
    /// The theme this browser asked for while signed out.
    pub theme_cookie: Option<Theme>,
}

/// How the API describes itself. The pages know no more of it.
#[derive(Clone, Copy, Debug)]
pub struct ApiDescribed(pub fn() -> &'static ApiReference);

pub fn api_reference() -> Result<&'static ApiReference, Failure> {
    from_context::<ApiDescribed>().map(|described| (described.0)())
}

pub fn api_url() -> Result<String, Failure> {
    Ok(reached()?.api.url())
}

/// The server's context is provided for every request; its absence is a defect in the wiring.
fn from_context<T: Clone + Send + Sync + 'static>() -> Result<T, Failure> {
    use_context::<T>().ok_or_else(|| {
        tracing::error!(missing = std::any::type_name::<T>(), "request without context");
        Failure(Problem::Unexpected)
    })
}

pub fn services() -> Result<Services, Failure> {
    from_context()
}

/// Where programs reach the API, as whoever asks sees it.
pub fn reached() -> Result<Reached, Failure> {
    from_context()
}

pub fn session() -> Result<Session, Failure> {
    from_context()
}

pub fn visitor() -> Result<Visitor, Failure> {
    from_context()
}

/// The signed-in person and where they ask from, or the problem that nobody is.
pub fn signed_in() -> Result<(Current, Origin), Failure> {
    let Visitor { current, origin, .. } = visitor()?;
    Ok((current.ok_or(Problem::SignedOut)?, origin))
}

/// The id in an address or a form. What is none is as unknown as one of nobody.
pub fn id<T: FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| Failure(Problem::NotFound))
}

/// The role that a form sent.
pub fn role<R: FromStr>(text: &str) -> Result<R, Failure> {
    text.parse().map_err(|_| Failure(Problem::invalid(Field::Role, Rule::Unknown)))
}

/// The proof that who is signed in may do what is done with it.
pub async fn granted<P: Right>(services: &Services, of: &str) -> Result<Granted<P>, Failure>
where
    P::Of: FromStr,
{
    let (current, origin) = signed_in()?;
    Ok(authorize(services, &origin, &current, id(of)?).await?)
}

/// Ends a server function that changed something: on to a page that says so.
pub fn done(path: &str, notice: Notice) {
    let mark = if path.contains('?') { '&' } else { '?' };
    leptos_axum::redirect(&format!("{path}{mark}done={}", notice.as_str()));
}

/// The same for a form that stands in a list: the list keeps its search and its page.
pub fn done_on_list(path: &str, notice: Notice) {
    let mut query = query_of_sender(path).unwrap_or_default();
    query.insert("done", notice.as_str().to_owned());
    leptos_axum::redirect(&format!("{path}{}", query.to_query_string()));
}

/// The query of the page that sent the form, if that is `path`.
fn query_of_sender(path: &str) -> Option<ParamsMap> {
    let head = use_context::<Parts>()?;
    let sender = RequestUrl::new(head.headers.get(REFERER)?.to_str().ok()?).parse().ok()?;
    (sender.path() == path).then(|| without(sender.search_params(), is_message))
}

/// The theme of the page being rendered.
pub fn theme() -> Theme {
    let Some(visitor) = use_context::<Visitor>() else {
        return Theme::default();
    };
    visitor.current.map(|current| current.account.theme).or(visitor.theme_cookie).unwrap_or_default()
}

/// Logs what nobody but the operator may see.
pub fn unexpected(error: impl std::fmt::Debug) -> Failure {
    tracing::error!(?error, "unexpected failure");
    Failure(Problem::Unexpected)
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error.problem() {
            Problem::Unexpected => unexpected(error),
            problem => Self(problem),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::role;
    use crate::Failure;
    use conifer_domain::{Field, Problem, Rule, projects::ProjectRole};

    #[test]
    fn a_role_of_elsewhere_is_told_at_its_field() {
        assert_eq!(role("user"), Ok(ProjectRole::User));
        let unknown = Failure(Problem::invalid(Field::Role, Rule::Unknown));
        assert_eq!(role::<ProjectRole>("manager"), Err(unknown));
    }
}
