//! The form that makes the first owner, an organization and its first project.

use super::OrganizationFields;
#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    form::{Form, Input, PostForm},
    passwords::NewPasswordField,
    ui::*,
};
use leptos::prelude::*;

#[server(prefix = "/fn", endpoint = "setup/found")]
pub async fn found(
    token: String,
    name: String,
    email: String,
    password: String,
    organization_name: String,
    project_name: String,
) -> Result<(), Failure> {
    use conifer_services::{
        sessions,
        setup::{self, Founding},
    };

    let (services, session, origin) = (server::services()?, server::session()?, server::visitor()?.origin);
    let founding = Founding { name, email, password, organization_name, project_name };
    let founded = setup::found(&services, &origin, &token, founding).await?;
    sessions::begin(&services, &session, &origin, founded.verified()).await?;
    leptos_axum::redirect("/");
    Ok(())
}

#[component]
pub fn FoundingForm(token: String) -> impl IntoView {
    let form = Form::<Found>::new();
    let (name, email) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    view! {
        <p class="auth-text">"The first account owns the organization and everything in it."</p>
        <PostForm form>
            <input type="hidden" name="token" value=token />
            <Field
                name="name"
                label="Your name"
                autocomplete="name"
                required=true
                value=form.typed("name")
                error=form.error(Input::Name)
                on_input=Callback::new(move |text| name.set(text))
            />
            <Field
                name="email"
                label="E-mail"
                kind="email"
                autocomplete="username"
                required=true
                value=form.typed("email")
                error=form.error(Input::Email)
                on_input=Callback::new(move |text| email.set(text))
            />
            <NewPasswordField
                name="password"
                label="Password"
                error=form.error(Input::Password)
                person_name=name
                email
            />
            <OrganizationFields form />
            <div class="form-actions">
                <Submit pending=form.pending() variant=Variant::Primary wide=true>"Create the first account"</Submit>
            </div>
        </PostForm>
    }
}
