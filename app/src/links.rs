//! Pages that are reached by a link with a token.

use crate::ui::*;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The token in the address. Forms send it on in a hidden field.
pub fn use_token() -> Memo<String> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| query.get("token").unwrap_or_default()))
}

/// A dead link is an answer to whoever asks about it, not a failure.
#[cfg(feature = "ssr")]
pub fn alive<T>(checked: conifer_services::Result<T>) -> Result<Option<T>, crate::Failure> {
    use conifer_domain::Problem;
    use conifer_services::Error;
    match checked {
        Ok(found) => Ok(Some(found)),
        Err(Error::Problem(Problem::LinkDead)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Stands in for what the link led to; `again` is the page that mails another.
#[component]
pub fn DeadLink(#[prop(into)] again: String) -> impl IntoView {
    view! {
        <Alert kind=Kind::Warning title="This link is dead">
            "It was used already, a newer one replaced it, or it is too old."
        </Alert>
        <ButtonLink href=again variant=Variant::Primary>
            "Ask for a new link"
        </ButtonLink>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::alive;
    use crate::Failure;
    use conifer_domain::Problem;

    #[test]
    fn only_a_dead_link_is_an_answer() {
        assert_eq!(alive(Ok(7)), Ok(Some(7)));
        assert_eq!(alive::<()>(Err(Problem::LinkDead.into())), Ok(None));
        assert_eq!(alive::<()>(Err(Problem::Unavailable.into())), Err(Failure(Problem::Unavailable)));
    }
}
