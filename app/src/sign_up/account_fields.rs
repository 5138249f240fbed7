//! What everybody chooses who gets an account by a link: a name and a password.

use crate::{
    Failure,
    form::{Form, Input},
    passwords::NewPasswordField,
    ui::*,
};
use leptos::prelude::*;
use server_fn::ServerFn;

#[component]
pub fn AccountFields<F>(form: Form<F>, email: String) -> impl IntoView
where
    F: ServerFn<Error = Failure> + Clone + Send + Sync + 'static,
    F::Output: Send + Sync + 'static,
{
    let name = RwSignal::new(String::new());
    view! {
        // The server knows it by the token; password managers learn here whose password this is.
        <Field
            name="username"
            label="E-mail"
            kind="email"
            autocomplete="username"
            readonly=true
            value=email.clone()
            error=form.error(Input::Email)
        />
        <Field
            name="name"
            label="Your name"
            autocomplete="name"
            required=true
            value=form.typed("name")
            error=form.error(Input::Name)
            on_input=Callback::new(move |text| name.set(text))
        />
        <NewPasswordField
            name="password"
            label="Password"
            error=form.error(Input::Password)
            person_name=name
            email=Signal::stored(email)
        />
    }
}
