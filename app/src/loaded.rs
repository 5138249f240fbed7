//! What a page loads, how it waits for it, and what it shows when that fails.

#[cfg(not(feature = "ssr"))]
use crate::calls::{encoded, post};
use crate::{
    Failure,
    answer::{self, Unreadable},
    errors::{LoneProblemPage, ProblemAlert, ProblemPage},
    notice::Changes,
    ui::Skeleton,
};
use conifer_domain::Problem;
use leptos::{
    prelude::*,
    server::codee::{Decoder, Encoder},
};
use serde::{Serialize, de::DeserializeOwned};
use server_fn::ServerFn;
use std::{future::Future, marker::PhantomData, pin::Pin, sync::Arc};

/// The answer of a server function, of which only the text is kept: one type for all of them, or the front end
/// would hold the code of loading once for each.
pub struct Loaded<T> {
    answer: Resource<Text, Plain>,
    kind: PhantomData<fn() -> T>,
}

type Text = Result<String, Failure>;

impl<T> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Loaded<T> {}

impl<T: DeserializeOwned + 'static> Loaded<T> {
    /// What there is of it by now.
    pub fn get(self) -> Option<Result<T, Failure>> {
        self.answer.get().map(read)
    }

    /// Shows a part of a page that is made from it; `refused` is shown when it cannot be had.
    pub fn show(
        self,
        waiting: impl Fn() -> AnyView + Send + Sync + 'static,
        refused: fn(Problem) -> AnyView,
        render: impl Fn(T) -> AnyView + Send + Sync + 'static,
    ) -> AnyView {
        let show = move |answer| match read(answer) {
            Ok(value) => render(value),
            Err(Failure(problem)) => refused(problem),
        };
        shown(self.answer, Box::new(waiting), Arc::new(show))
    }
}

fn read<T: DeserializeOwned>(answer: Text) -> Result<T, Failure> {
    answer::read(answer?.as_bytes()).map_err(|_| Failure(Problem::Unexpected))
}

/// Loads by a server function, and again when its arguments change or a form on the page changed something.
pub fn load<F>(arguments: impl Fn() -> F + Send + Sync + 'static) -> Loaded<F::Output>
where
    F: ServerFn<Error = Failure> + Serialize + Send + 'static,
    F::Output: Serialize + DeserializeOwned + Send + 'static,
{
    load_at(Changes::track, arguments)
}

/// Loads by a server function, and again when its arguments or what `moment` says change: the same question may
/// have another answer by then.
pub fn load_at<F>(
    moment: impl Fn() -> u32 + Send + Sync + 'static,
    arguments: impl Fn() -> F + Send + Sync + 'static,
) -> Loaded<F::Output>
where
    F: ServerFn<Error = Failure> + Serialize + Send + 'static,
    F::Output: Serialize + DeserializeOwned + Send + 'static,
{
    #[cfg(feature = "ssr")]
    let (body, fetch) = (|| String::new(), move |_| run(untrack(&arguments)));
    #[cfg(not(feature = "ssr"))]
    let (body, fetch) =
        (move || encoded(&arguments()), move |body| -> Awaited { Box::pin(post(F::PATH, body)) });
    Loaded { answer: resource(Box::new(move || (body(), moment())), Box::new(fetch)), kind: PhantomData }
}

type Awaited = Pin<Box<dyn Future<Output = Text> + Send>>;

#[cfg(feature = "ssr")]
fn run<F>(arguments: F) -> Awaited
where
    F: ServerFn<Error = Failure> + Send + 'static,
    F::Output: Serialize + Send + 'static,
{
    Box::pin(async move {
        let value = arguments.run_body().await?;
        serde_json::to_string(&value).map_err(crate::server::unexpected)
    })
}

fn resource(
    question: Box<dyn Fn() -> (String, u32) + Send + Sync>,
    fetch: Box<dyn Fn(String) -> Awaited + Send + Sync>,
) -> Resource<Text, Plain> {
    Resource::new_with_options(question, move |(body, _)| fetch(body), false)
}

/// Shows what was loaded: a skeleton until it is there, the page of the problem when it cannot be had.
pub fn when_loaded<T, V>(loaded: Loaded<T>, render: impl Fn(T) -> V + Send + Sync + 'static) -> impl IntoView
where
    T: DeserializeOwned + 'static,
    V: IntoView + 'static,
{
    let refused = |problem| view! { <ProblemPage problem /> }.into_any();
    loaded.show(skeleton, refused, move |value| render(value).into_any())
}

/// The same for a page outside the shell: what is rendered brings the frame of the page with it.
pub fn when_loaded_alone<T, V>(
    loaded: Loaded<T>,
    render: impl Fn(T) -> V + Send + Sync + 'static,
) -> impl IntoView
where
    T: DeserializeOwned + 'static,
    V: IntoView + 'static,
{
    let refused = |problem| view! { <LoneProblemPage problem /> }.into_any();
    loaded.show(skeleton, refused, move |value| render(value).into_any())
}

/// The same below a title that stands already: a problem is told in the place of what it kept away.
pub fn when_loaded_below_title<T, V>(
    loaded: Loaded<T>,
    render: impl Fn(T) -> V + Send + Sync + 'static,
) -> impl IntoView
where
    T: DeserializeOwned + 'static,
    V: IntoView + 'static,
{
    let refused = |problem| view! { <ProblemAlert problem /> }.into_any();
    loaded.show(skeleton, refused, move |value| render(value).into_any())
}

fn skeleton() -> AnyView {
    view! { <Skeleton lines=4 /> }.into_any()
}

fn shown(
    answer: Resource<Text, Plain>,
    waiting: Box<dyn Fn() -> AnyView + Send + Sync>,
    show: Arc<dyn Fn(Text) -> AnyView + Send + Sync>,
) -> AnyView {
    view! {
        <Transition fallback=waiting>
            {move || {
                let show = show.clone();
                Suspend::new(async move { show(answer.await) })
            }}
        </Transition>
    }
    .into_any()
}

/// How an answer travels inside the page: its own text, which is JSON, or a failure's after a mark that no JSON
/// begins with.
#[derive(Clone, Copy, Debug)]
pub struct Plain;

const FAILED: char = '!';

impl Encoder<Text> for Plain {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(answer: &Text) -> Result<String, Self::Error> {
        match answer {
            Ok(text) => Ok(text.clone()),
            Err(failure) => serde_json::to_string(failure).map(|failure| format!("{FAILED}{failure}")),
        }
    }
}

impl Decoder<Text> for Plain {
    type Error = Unreadable;
    type Encoded = str;

    fn decode(text: &str) -> Result<Text, Self::Error> {
        match text.strip_prefix(FAILED) {
            Some(failure) => answer::read(failure.as_bytes()).map(Err),
            None => Ok(Ok(text.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_arrives_as_it_was_sent() {
        for answer in [Ok(r#"{"a":"!"}"#.to_owned()), Err(Failure(Problem::NotFound))] {
            let text = Plain::encode(&answer).expect("text");
            assert_eq!(Plain::decode(&text).expect("an answer"), answer);
        }
    }
}
