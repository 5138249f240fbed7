//! The page of one key.

use super::{
    delete::DeleteCard,
    functions::{DAYS_SHOWN, FetchKey, KeyDetails, list_address},
    key_settings::{RenameCard, RightsCard, RotateCard},
    secret::SecretCard,
    table::{Expiry, maker, place},
    x_ray::XRay,
};
use crate::{
    chunks::Page,
    form::{Form, ListFailure},
    loaded::{Loaded, load, when_loaded},
    members::Place,
    permitted::why_not,
    projects::use_project_id,
    ui::*,
    views::{BeginView, ViewButton},
};
use conifer_domain::{api_keys::ApiKey, permissions::Action};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

pub struct ApiKeyPage {
    key: Loaded<KeyDetails>,
}

impl Page for ApiKeyPage {
    fn data() -> Self {
        let (project, params) = (use_project_id(), use_params_map());
        let key = Memo::new(move |_| params.with(|params| params.get("key_id").unwrap_or_default()));
        let key = load(move || FetchKey { project_id: project.get(), key_id: key.get() });
        Self { key }
    }

    fn view(this: Self) -> AnyView {
        when_loaded(this.key, |details| view! { <KeyView details /> }).into_any()
    }
}

#[component]
fn KeyView(details: KeyDetails) -> impl IntoView {
    let KeyDetails { project_id, access, fresh, key, calls } = details;
    let view_as = Form::<BeginView>::new();
    let (id, name) = (key.id.to_string(), key.name.clone());
    let (title, no_view) = (key.name.clone(), why_not(Action::ViewAs, access));
    view! {
        <Title text=title.clone() />
        <PageHeader title>
            <ButtonLink href=list_address(project_id) icon=Glyph::ArrowLeft>
                "All keys"
            </ButtonLink>
            <ViewButton place=Place::Project(project_id) input="key_id" id name why_not=no_view />
        </PageHeader>
        <div class="stack">
            <ListFailure form=view_as />
            {fresh.map(|fresh| view! { <SecretCard fresh /> })} <About key_shown=key.clone() />
            <XRay project_id access key_shown=key.clone() calls days=DAYS_SHOWN />
            <RightsCard project_id access key_shown=key.clone() />
            <RotateCard project_id access key_shown=key.clone() />
            <RenameCard project_id access key_shown=key.clone() />
            <DeleteCard project_id access key_shown=key />
        </div>
    }
    .into_any()
}

#[component]
fn About(key_shown: ApiKey) -> impl IntoView {
    let ApiKey { prefix, rights, created_by, created_at_ms, last_used, old_secret_until_ms, .. } = key_shown;
    let where_ = place(&rights);
    view! {
        <Card title="About this key">
            <Facts>
                <Fact term="Begins with">
                    <span class="mono">{prefix}</span>
                </Fact>
                <Fact term="Counts in">{where_}</Fact>
                <Fact term="Created">
                    <Time at_ms=created_at_ms />
                    " by "
                    {maker(created_by)}
                </Fact>
                <Fact term="Expires">
                    <Expiry rights />
                </Fact>
                <Fact term="Last used">
                    {match last_used {
                        Some(used) => view! {
                            <Time at_ms=used.at_ms />
                            " from "
                            <span class="mono">{used.address}</span>
                        }
                        .into_any(),
                        None => view! { <span class="muted">"Not yet"</span> }.into_any(),
                    }}
                </Fact>
                {old_secret_until_ms
                    .map(|at_ms| {
                        view! {
                            <Fact term="The secret before">
                                "counts until " <Time at_ms />
                            </Fact>
                        }
                    })}
            </Facts>
        </Card>
    }
    .into_any()
}
