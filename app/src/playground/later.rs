//! Views that come once the page stands.

use leptos::{prelude::*, task::spawn_local_scoped_with_cancellation};

/// Shows what is made, as soon as it is.
pub fn later(made: impl Future<Output = AnyView> + 'static) -> impl IntoView {
    let arrived = RwSignal::new_local(None::<AnyView>);
    // What it makes lives as long as this.
    spawn_local_scoped_with_cancellation(async move {
        let view = made.await;
        arrived.try_set(Some(view));
    });
    move || {
        arrived.track();
        arrived.try_update_untracked(Option::take).flatten()
    }
}
