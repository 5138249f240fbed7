//! What a page loads, how it waits for it, and what it shows when that fails.

use crate::{
    Failure,
    errors::{LoneProblemPage, ProblemAlert, ProblemPage},
    notice::Changes,
    ui::Skeleton,
};
use leptos::{
    prelude::*,
    server::codee::{Decoder, Encoder},
};
use serde::{Serialize, de::DeserializeOwned};
use std::future::Future;

pub type Loaded<T> = Resource<Result<T, Failure>, Json>;

/// Loads for a key, and again when the key changes or a form on the page changed something.
pub fn load<K, T, Fut>(
    key: impl Fn() -> K + Send + Sync + 'static,
    fetch: impl Fn(K) -> Fut + Send + Sync + 'static,
) -> Loaded<T>
where
    K: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    Fut: Future<Output = Result<T, Failure>> + Send + 'static,
{
    Resource::new_with_options(move || (key(), Changes::track()), move |(key, _)| fetch(key), false)
}

/// Shows what was loaded: a skeleton until it is there, the page of the problem when it cannot be had.
pub fn when_loaded<T, V>(
    loaded: Loaded<T>,
    render: impl Fn(T) -> V + Clone + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    V: IntoView + 'static,
{
    when_answered(loaded, move |answer| match answer {
        Ok(value) => render(value).into_any(),
        Err(Failure(problem)) => view! { <ProblemPage problem /> }.into_any(),
    })
}

/// The same for a page outside the shell: what is rendered brings the frame of the page with it.
pub fn when_loaded_alone<T, V>(
    loaded: Loaded<T>,
    render: impl Fn(T) -> V + Clone + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    V: IntoView + 'static,
{
    when_answered(loaded, move |answer| match answer {
        Ok(value) => render(value).into_any(),
        Err(Failure(problem)) => view! { <LoneProblemPage problem /> }.into_any(),
    })
}

/// The same below a title that stands already: a problem is told in the place of what it kept away.
pub fn when_loaded_below_title<T, V>(
    loaded: Loaded<T>,
    render: impl Fn(T) -> V + Clone + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    V: IntoView + 'static,
{
    when_answered(loaded, move |answer| match answer {
        Ok(value) => render(value).into_any(),
        Err(Failure(problem)) => view! { <ProblemAlert problem /> }.into_any(),
    })
}

fn when_answered<T>(
    loaded: Loaded<T>,
    render: impl Fn(Result<T, Failure>) -> AnyView + Clone + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
{
    view! {
        <Transition fallback=|| view! { <Skeleton lines=4 /> }>
            {move || {
                let render = render.clone();
                Suspend::new(async move { render(loaded.await) })
            }}
        </Transition>
    }
}

/// JSON, read in the one way in which answers of server functions are read too: reading in two ways would put
/// the code for each type into the front end twice.
#[derive(Clone, Copy, Debug)]
pub struct Json;

impl<T: Serialize> Encoder<T> for Json {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, Self::Error> {
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for Json {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, Self::Error> {
        serde_json::from_slice(text.as_bytes())
    }
}
