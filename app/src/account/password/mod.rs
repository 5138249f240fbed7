//! Changing the password.

#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    chunks::Page,
    form::{Form, Input, PostForm},
    passwords::NewPasswordField,
    ui::*,
};
use leptos::prelude::*;
use leptos_meta::Title;

#[server(prefix = "/fn", endpoint = "account/change-password")]
pub async fn change_password(current_password: String, new_password: String) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let services = server::services()?;
    conifer_services::passwords::change(&services, &origin, &current, &current_password, &new_password)
        .await?;
    server::done("/account/password", conifer_domain::notices::Notice::PasswordChanged);
    Ok(())
}

pub struct PasswordPage;

impl Page for PasswordPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! {
            <Title text="Password" />
            <ChangePasswordCard />
        }
        .into_any()
    }
}

#[component]
fn ChangePasswordCard() -> impl IntoView {
    let form = Form::<ChangePassword>::new();
    view! {
        <Card title="Password" text="Changing it signs you out everywhere else and sends you a mail about it.">
            <PostForm form>
                <PasswordField
                    name="current_password"
                    label="Current password"
                    autocomplete="current-password"
                    error=form.error(Input::CurrentPassword)
                />
                <NewPasswordField name="new_password" label="New password" error=form.error(Input::NewPassword) />
                <div class="form-actions">
                    <Submit pending=form.pending()>"Change password"</Submit>
                </div>
            </PostForm>
        </Card>
    }
}
