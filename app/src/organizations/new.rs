//! Making an organization.

#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    chunks::Page,
    form::{Form, Input, PostForm},
    ui::*,
};
use leptos::prelude::*;
use leptos_meta::Title;

#[server(prefix = "/fn", endpoint = "organizations/create")]
pub async fn create_organization(name: String) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let id = conifer_services::organizations::create(&server::services()?, &origin, &current, &name).await?;
    server::done(&format!("/organizations/{id}"), conifer_domain::notices::Notice::OrganizationCreated);
    Ok(())
}

pub struct NewOrganizationPage;

impl Page for NewOrganizationPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let form = Form::<CreateOrganization>::new();
        view! {
            <Title text="New organization" />
            <PageHeader
                title="New organization"
                text="It holds projects and the people who work in them. You will be its owner."
            />
            <div class="page-narrow">
                <Card>
                    <PostForm form>
                        <Field
                            name="name"
                            label="Name"
                            required=true
                            autofocus=true
                            autocomplete="organization"
                            hint="In any script; you can change it later."
                            value=form.typed("name")
                            error=form.error(Input::OrganizationName)
                        />
                        <div class="form-actions">
                            <Submit pending=form.pending()>"Create organization"</Submit>
                            <ButtonLink href="/" variant=Variant::Ghost>
                                "Cancel"
                            </ButtonLink>
                        </div>
                    </PostForm>
                </Card>
            </div>
        }
        .into_any()
    }
}
