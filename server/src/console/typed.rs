//! A form that failed without scripts is shown again with what was typed into it.

use super::functions::body_bytes_max;
use axum::{
    body::{self, Body},
    extract::Request,
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};
use conifer_app::form::typed::{KEPT, KEPT_LENGTH_MAX_BYTES, PREFIX};
use std::collections::BTreeMap;
use url::form_urlencoded;

/// Puts the harmless part of the input into the address that a failed form leads back to.
pub async fn keep(request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    // It is in memory and within its limit already.
    let bytes = body::to_bytes(body, body_bytes_max(head.uri.path())).await.unwrap_or_default();
    let mut response = next.run(Request::from_parts(head, Body::from(bytes.clone()))).await;
    let location = response.headers().get(header::LOCATION).and_then(|location| location.to_str().ok());
    let kept = location.and_then(|location| with_typed(location, &bytes));
    if let Some(location) = kept.and_then(|location| HeaderValue::from_str(&location).ok()) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// None unless the address tells of a failure. What an earlier failure left in it goes.
fn with_typed(location: &str, body: &[u8]) -> Option<String> {
    let (path, query) = location.split_once('?')?;
    // Of a name that stands there twice, the later is the newer.
    let mut pairs: BTreeMap<_, _> = form_urlencoded::parse(query.as_bytes())
        .filter(|(name, _)| !name.starts_with(PREFIX))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    if !pairs.contains_key("__err") {
        return None;
    }
    let typed = form_urlencoded::parse(body)
        .filter(|(name, value)| KEPT.contains(&name.as_ref()) && value.len() <= KEPT_LENGTH_MAX_BYTES)
        .map(|(name, value)| (format!("{PREFIX}{name}"), value.into_owned()));
    pairs.extend(typed);
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    Some(format!("{path}?{query}"))
}

#[cfg(test)]
mod tests {
    use super::with_typed;

    #[test]
    fn what_was_typed_comes_back_but_no_secret() {
        assert_eq!(
            with_typed("/sign-in?__err=e&__path=p", b"email=ada%40example.com&password=secret").as_deref(),
            Some("/sign-in?__err=e&__path=p&typed.email=ada%40example.com")
        );
    }

    #[test]
    fn an_address_does_not_grow_from_failure_to_failure() {
        assert_eq!(
            with_typed("/a?__path=p&__err=old&typed.name=Ada&next=%2F&__path=p&__err=new", b"name=Eva")
                .as_deref(),
            Some("/a?__err=new&__path=p&next=%2F&typed.name=Eva")
        );
        let long = format!("name={}", "x".repeat(601));
        assert_eq!(with_typed("/a?__err=e", long.as_bytes()).as_deref(), Some("/a?__err=e"));
    }

    #[test]
    fn success_says_nothing_of_the_input() {
        assert_eq!(with_typed("/account?done=profile-saved", b"name=Ada"), None);
        assert_eq!(with_typed("/", b"name=Ada"), None);
    }
}
