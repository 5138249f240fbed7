//! Views that come in a chunk of their own once they are wanted, so that a page's first visit does not wait for them.

use crate::ui::Skeleton;
use leptos::{
    html,
    prelude::*,
    task::spawn_local_scoped_with_cancellation,
    wasm_bindgen::{JsCast, closure::Closure},
    web_sys::{Element, IntersectionObserver, IntersectionObserverInit, js_sys},
};

/// Begun this far before it comes into view.
const AHEAD: &str = "300px";

/// Shows what a lazy function makes, as soon as its chunk is there.
pub fn later(made: impl Future<Output = AnyView> + 'static) -> impl IntoView {
    let arrived = RwSignal::new_local(None::<AnyView>);
    let waits = RwSignal::new(true);
    // What it makes lives as long as this.
    spawn_local_scoped_with_cancellation(async move {
        let view = made.await;
        arrived.try_set(Some(view));
        waits.try_set(false);
    });
    let there = move || {
        arrived.track();
        arrived.try_update_untracked(Option::take).flatten()
    };
    view! {
        {move || waits.get().then(|| view! { <Skeleton /> })}
        {there}
    }
}

/// The same, once somebody is about to see the place where it belongs. Without scripts nothing comes.
pub fn when_seen<F>(make: impl FnOnce() -> F + 'static) -> impl IntoView
where
    F: Future<Output = AnyView> + 'static,
{
    let place = NodeRef::<html::Div>::new();
    let seen = RwSignal::new(false);
    Effect::new(move || {
        if let Some(element) = place.get() {
            on_sight(&element, move || _ = seen.try_set(true));
        }
    });
    let make = StoredValue::new_local(Some(make));
    let view = move || {
        let make = seen.get().then(|| make.try_update_value(Option::take).flatten()).flatten()?;
        Some(later(make()))
    };
    view! {
        <div class="later stack needs-script" node_ref=place>
            {view}
        </div>
    }
}

/// Calls it once, when the element is in view or nearly so.
fn on_sight(element: &Element, call: impl Fn() + 'static) {
    let watch = move |entries: js_sys::Array, observer: IntersectionObserver| {
        let is_near = |entry: js_sys::wasm_bindgen::JsValue| {
            entry.unchecked_into::<leptos::web_sys::IntersectionObserverEntry>().is_intersecting()
        };
        if entries.iter().any(is_near) {
            observer.disconnect();
            call();
        }
    };
    let watch = Closure::<dyn Fn(js_sys::Array, IntersectionObserver)>::new(watch).into_js_value();
    let wishes = IntersectionObserverInit::new();
    wishes.set_root_margin(AHEAD);
    if let Ok(observer) = IntersectionObserver::new_with_options(watch.unchecked_ref(), &wishes) {
        observer.observe(element);
    }
}
