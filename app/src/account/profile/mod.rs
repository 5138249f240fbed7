//! Name, e-mail address and theme.

mod theme_card;

use super::{email::EmailCard, load_details};
#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    chunks::Page,
    form::{Form, Input, PostForm},
    loaded::{Loaded, when_loaded},
    ui::*,
};
use conifer_domain::accounts::AccountDetails;
use leptos::prelude::*;
use leptos_meta::Title;
use theme_card::ThemeCard;

#[server(prefix = "/fn", endpoint = "account/rename")]
pub async fn rename(name: String) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    conifer_services::accounts::rename(&server::services()?, &origin, &current, &name).await?;
    server::done("/account", conifer_domain::notices::Notice::ProfileSaved);
    Ok(())
}

pub struct ProfilePage {
    details: Loaded<AccountDetails>,
}

impl Page for ProfilePage {
    fn data() -> Self {
        Self { details: load_details() }
    }

    fn view(this: Self) -> AnyView {
        view! {
            <Title text="Profile" />
            {when_loaded(this.details, |details| view! { <Profile details /> })}
        }
        .into_any()
    }
}

#[component]
fn Profile(details: AccountDetails) -> impl IntoView {
    let theme = details.account.theme;
    view! {
        <div class="stack">
            <NameCard name=details.account.name.clone() />
            <EmailCard details />
            <ThemeCard theme />
        </div>
    }
}

#[component]
fn NameCard(name: String) -> impl IntoView {
    let form = Form::<Rename>::new();
    view! {
        <Card title="Name" text="How you appear to the people you work with.">
            <PostForm form>
                <Field
                    name="name"
                    label="Name"
                    autocomplete="name"
                    required=true
                    value=form.typed("name").unwrap_or(name)
                    error=form.error(Input::Name)
                />
                <div class="form-actions">
                    <Submit pending=form.pending()>"Save name"</Submit>
                </div>
            </PostForm>
        </Card>
    }
}
