use super::{Glyph, Icon, Kind};
use leptos::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq)]
struct Toast {
    id: u64,
    kind: Kind,
    text: String,
}

/// Says in passing what a script has just done. What must reach people without JavaScript, or stay, is an
/// [`Alert`](super::Alert).
#[derive(Clone, Copy, Debug)]
pub struct Toaster {
    toasts: RwSignal<Vec<Toast>>,
    next_id: StoredValue<u64>,
}

/// More would cover the page; the oldest goes.
const TOASTS_MAX: usize = 4;

impl Toaster {
    pub fn show(self, kind: Kind, text: impl Into<String>) {
        let id = self.next_id.get_value();
        self.next_id.set_value(id + 1);
        self.toasts.update(|toasts| {
            if toasts.len() == TOASTS_MAX {
                toasts.remove(0);
            }
            toasts.push(Toast { id, kind, text: text.into() });
        });
    }

    fn dismiss(self, id: u64) {
        self.toasts.update(|toasts| toasts.retain(|toast| toast.id != id));
    }
}

/// Call once, above everything that toasts and above [`Toasts`].
pub fn provide_toasts() {
    provide_context(Toaster { toasts: RwSignal::default(), next_id: StoredValue::new(0) });
}

/// Take it while the component is made: later, in an async answer, the context may be gone.
pub fn use_toaster() -> Toaster {
    expect_context()
}

/// Where toasts appear. The region stands from the start, empty, so that what comes into it is read aloud.
#[component]
pub fn Toasts() -> impl IntoView {
    let toaster = use_toaster();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || toaster.toasts.get() key=|toast| toast.id let:toast>
                <ToastView toast />
            </For>
        </div>
    }
    .into_any()
}

#[component]
fn ToastView(toast: Toast) -> impl IntoView {
    let toaster = use_toaster();
    let Toast { id, kind, text } = toast;
    view! {
        <div
            class=format!("toast toast-{}", kind.as_str())
            on:animationend=move |event| {
                // The style's clock ran out; the animation of its coming ends too, and means nothing.
                if event.animation_name() == "toast-life" {
                    toaster.dismiss(id);
                }
            }
        >
            <Icon glyph=kind.glyph() />
            <p>{text}</p>
            <button class="toast-close" type="button" aria-label="Dismiss" on:click=move |_| toaster.dismiss(id)>
                <Icon glyph=Glyph::Close />
            </button>
        </div>
    }
    .into_any()
}
