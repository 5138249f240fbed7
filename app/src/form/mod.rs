//! Forms: one server function each, the same with and without scripts.
//!
//! ```ignore
//! let rename = Form::<Rename>::new();
//! view! {
//!     <PostForm form=rename>
//!         <Field name="name" label="Name" required=true error=rename.error(Input::Name) />
//!         <div class="form-actions"><Submit pending=rename.pending()>"Save"</Submit></div>
//!     </PostForm>
//! }
//! ```
//! Success redirects from inside the server function (`server::done`). A failure is shown at its field,
//! or above the form when it belongs to none of the fields in it.

mod stale;
pub mod typed;

use crate::{
    Failure,
    calls::{SendForm, Sending},
    ui::FormError,
};
pub use conifer_domain::Field as Input;
use leptos::{html, prelude::*};
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;
use std::marker::PhantomData;

/// One form on a page: the server function it posts to and what came of it.
pub struct Form<F> {
    inner: Inner,
    of: PhantomData<fn() -> F>,
}

/// What does not depend on the function: there are many, and their code must not be.
#[derive(Clone, Copy)]
pub struct Inner {
    sending: Sending,
    fields: StoredValue<Vec<Input>>,
}

impl<F> Clone for Form<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F> Copy for Form<F> {}

impl<F> From<Form<F>> for Inner {
    fn from(form: Form<F>) -> Self {
        form.inner
    }
}

impl<F> From<Form<F>> for Sending {
    fn from(form: Form<F>) -> Self {
        form.inner.sending
    }
}

impl<F: ServerFn<Error = Failure>> Form<F> {
    #[allow(clippy::new_without_default, reason = "it reads the address of the page")]
    pub fn new() -> Self {
        Self { inner: Inner::of(Sending::to::<F>()), of: PhantomData }
    }

    /// One of many like it in the rows of a list. A failure that came in the address does not say of which:
    /// [`ListFailure`] tells it above them all.
    pub fn in_row() -> Self {
        let form = Self::new();
        form.sending().action.clear();
        form
    }
}

impl<F> Form<F> {
    pub fn sending(self) -> Sending {
        self.inner.sending
    }

    /// What is wrong with one field. Asking also says that the form shows this field.
    pub fn error(self, field: Input) -> Signal<Option<String>> {
        self.inner.error(field)
    }

    /// What is wrong with the form as a whole. Evaluated when rendered, so after its fields are known.
    pub fn form_error(self) -> Signal<Option<String>> {
        self.inner.form_error()
    }

    pub fn pending(self) -> Signal<bool> {
        self.sending().pending()
    }

    /// Puts the inputs back to what they were made with, after an answer that `is_over` says so of.
    pub fn reset_after(self, node: NodeRef<html::Form>, is_over: fn(&Result<(), Failure>) -> bool) {
        let value = self.sending().action.value();
        Effect::new(move || {
            let over = value.with(|value| value.as_ref().is_some_and(is_over));
            if let Some(node) = node.get_untracked().filter(|_| over) {
                node.reset();
            }
        });
    }

    /// Whether the page came with a failure of this form: without scripts, that is how one comes back. A dialog
    /// around the form then stands open.
    pub fn failed_at_first(self) -> bool {
        self.sending().action.value().with_untracked(|value| matches!(value, Some(Err(_))))
    }
}

impl Inner {
    fn of(sending: Sending) -> Self {
        // The router remembers a failure that came in the address for as long as the page lives:
        // on the way back to this form it is old news.
        if use_query_map().with_untracked(|query| query.get_str("__err").is_none()) {
            sending.action.clear();
        }
        stale::show_anew(sending);
        Self { sending, fields: StoredValue::default() }
    }

    pub fn pending(self) -> Signal<bool> {
        self.sending.pending()
    }

    fn error(self, field: Input) -> Signal<Option<String>> {
        self.fields.update_value(|fields| fields.push(field));
        self.problem(Box::new(move |at| at == Some(field)))
    }

    fn form_error(self) -> Signal<Option<String>> {
        self.problem(Box::new(move |at| {
            self.fields.with_value(|fields| at.is_none_or(|field| !fields.contains(&field)))
        }))
    }

    fn problem(self, belongs: Box<dyn Fn(Option<Input>) -> bool + Send + Sync>) -> Signal<Option<String>> {
        let value = self.sending.action.value();
        Signal::derive(move || {
            value.with(|value| match value {
                Some(Err(Failure(problem))) if belongs(problem.field()) => Some(problem.to_string()),
                _ => None,
            })
        })
    }

    fn has_failed(self) -> bool {
        self.sending.action.value().with(|value| matches!(value, Some(Err(_))))
    }
}

/// Above a list: what went wrong with a form in one of its rows, where scripts could not tell it there.
#[component]
pub fn ListFailure(#[prop(into)] form: Inner) -> impl IntoView {
    view! { <FormError message=form.form_error() /> }
}

/// The form itself, with what is wrong as a whole above its fields.
#[component]
pub fn PostForm(
    #[prop(into)] form: Inner,
    /// The form's element, for those who need it.
    #[prop(optional)]
    node: NodeRef<html::Form>,
    children: Children,
) -> impl IntoView {
    Effect::new(move || {
        if form.has_failed() {
            // One frame later the fields carry their errors.
            request_animation_frame(move || focus_first_invalid(node));
        }
    });
    let fields = children();
    view! {
        <SendForm sending=form.sending class="form" node>
            <FormError message=form.form_error() />
            {fields}
        </SendForm>
    }
}

fn focus_first_invalid(form: NodeRef<html::Form>) {
    use leptos::wasm_bindgen::JsCast;
    // The form may be gone by now: a failure can tell that what it stood for is.
    let form = form.try_get_untracked().flatten();
    let first = form.and_then(|form| form.query_selector("[aria-invalid='true']").ok().flatten());
    if let Some(field) = first.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
        _ = field.focus();
    }
}
