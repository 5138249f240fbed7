//! How pages call the server: one piece of code for all functions. What is asked goes out as the text of a form, what
//! comes back is the text of the answer. Code of its own for each function would be most of the front end.

use crate::Failure;
use leptos::{
    ev::SubmitEvent, form::form_data_from_event, html, prelude::*, server_fn::error::ServerFnUrlError,
};
use serde::Serialize;
use server_fn::ServerFn;

/// Calls of one server function from this page, by a form or by a script, and what came of the last one.
#[derive(Clone, Copy)]
pub struct Sending {
    path: &'static str,
    pub action: Action<String, Result<(), Failure>>,
}

impl Sending {
    /// A failure of this function that came in the address is what came of it at first.
    pub fn to<F: ServerFn<Error = Failure>>() -> Self {
        Self::to_path(F::PATH)
    }

    fn to_path(path: &'static str) -> Self {
        let failure = use_context::<ServerActionError>().filter(|error| error.path() == path);
        let failure = failure.map(|error| Err(ServerFnUrlError::<Failure>::decode_err(error.err())));
        Self { path, action: Action::new_with_value(failure, move |body: &String| sent(path, body.clone())) }
    }

    pub fn path(self) -> &'static str {
        self.path
    }

    pub fn send(self, arguments: &impl Serialize) {
        self.action.dispatch(encoded(arguments));
    }

    pub fn pending(self) -> Signal<bool> {
        self.action.pending().into()
    }

    /// What the last call had under a name, as long as that is a plain word or an id.
    pub fn last_sent(self, name: &str) -> Option<String> {
        self.action.input().with(|body| word(body.as_deref()?, name).map(str::to_owned))
    }
}

fn word<'a>(body: &'a str, name: &str) -> Option<&'a str> {
    body.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

async fn sent(path: &'static str, body: String) -> Result<(), Failure> {
    post(path, body).await.map(drop)
}

/// A form that calls a server function, with scripts and without.
#[component]
pub fn SendForm(
    #[prop(into)] sending: Sending,
    #[prop(optional)] class: Option<&'static str>,
    /// The form's element, for those who need it.
    #[prop(optional)]
    node: NodeRef<html::Form>,
    children: Children,
) -> impl IntoView {
    let send = move |event: SubmitEvent| {
        if event.default_prevented() {
            return;
        }
        event.prevent_default();
        if let Ok(data) = form_data_from_event(&event) {
            sending.action.dispatch(body_of(&data));
        }
    };
    view! {
        <form class=class action=sending.path method="post" node_ref=node on:submit=send>
            {children()}
        </form>
    }
    .into_any()
}

/// As the browser would send it.
fn body_of(data: &web_sys::FormData) -> String {
    let parameters = web_sys::UrlSearchParams::new_with_str_sequence_sequence(data);
    parameters.ok().and_then(|parameters| parameters.to_string().as_string()).unwrap_or_default()
}

/// Arguments as the text of a form.
pub fn encoded(arguments: &impl Serialize) -> String {
    serde_qs::to_string(arguments).unwrap_or_default()
}

/// Asks a server function for the text of its answer.
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
pub async fn post(path: &'static str, body: String) -> Result<String, Failure> {
    use server_fn::{
        client::{Client, browser::BrowserClient},
        error::FromServerFnError,
        redirect::call_redirect_hook,
        request::{ClientReq, browser::BrowserRequest},
        response::{ClientRes, browser::BrowserResponse},
    };
    type Answer = BrowserResponse;

    let request = <BrowserRequest as ClientReq<Failure>>::try_new_post(
        path,
        "application/x-www-form-urlencoded",
        "application/json",
        body,
    )?;
    let answer = <BrowserClient as Client<Failure>>::send(request).await?;
    if <Answer as ClientRes<Failure>>::status(&answer) >= 400 {
        return Err(Failure::de(<Answer as ClientRes<Failure>>::try_into_bytes(answer).await?));
    }
    let location = <Answer as ClientRes<Failure>>::location(&answer);
    let redirects = <Answer as ClientRes<Failure>>::has_redirect(&answer);
    let text = <Answer as ClientRes<Failure>>::try_into_string(answer).await?;
    if redirects {
        call_redirect_hook(&location);
    }
    Ok(text)
}

/// The server calls its own functions without a network.
#[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
pub async fn post(_path: &'static str, _body: String) -> Result<String, Failure> {
    Err(conifer_domain::Problem::Offline.into())
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn a_word_is_found_by_its_whole_name() {
        let body = "project_id=7&id=0190&theme=dark";
        assert_eq!(word(body, "id"), Some("0190"));
        assert_eq!(word(body, "theme"), Some("dark"));
        assert_eq!(word(body, "them"), None);
    }
}
