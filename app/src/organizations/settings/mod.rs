//! The settings of an organization: its name, its id, leaving and deleting it.

mod delete;
mod rename;

use super::load_organization;
use crate::{
    chunks::Page,
    loaded::{Loaded, when_loaded},
    members::{LeaveCard, Place},
    ui::*,
};
use conifer_domain::organizations::OrganizationDetails;
use delete::DeleteCard;
use leptos::prelude::*;
use leptos_meta::Title;
use rename::NameCard;

pub struct OrganizationSettingsPage {
    organization: Loaded<OrganizationDetails>,
}

impl Page for OrganizationSettingsPage {
    fn data() -> Self {
        Self { organization: load_organization() }
    }

    fn view(this: Self) -> AnyView {
        when_loaded(this.organization, |organization| view! { <Settings organization /> }).into_any()
    }
}

#[component]
fn Settings(organization: OrganizationDetails) -> impl IntoView {
    view! {
        <Title text=format!("Settings · {}", organization.name) />
        <PageHeader title="Organization settings" />
        <div class="page-narrow stack">
            <NameCard organization=organization.clone() />
            <Card title="Organization ID" text="What programs call it. It never changes.">
                <Id id=organization.id.to_string() label="Copy organization ID" />
            </Card>
            <LeaveCard place=Place::Organization(organization.id) />
            <DeleteCard organization />
        </div>
    }
}
