//! Making an index: every choice with what it means, and the same as a program would do it.

mod functions;
mod models;
mod tags;
mod vectors;
mod whereabouts;

use super::address::of_project;
#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    chunks::Page,
    form::{Form, Input, PostForm},
    loaded::{Loaded, load, when_loaded},
    permitted::why_not,
    projects::use_project_id,
    snippets::{Creation, creation},
    ui::*,
};
use conifer_domain::{
    ids::ProjectId,
    permissions::{Action, Role},
};
pub use functions::CreateIndex;
use leptos::prelude::*;
use leptos_meta::Title;
use serde::{Deserialize, Serialize};
pub use tags::{read as read_tags, written as written_tags};
use vectors::VectorChoice;
use whereabouts::DeploymentChoice;

/// What the form has to know of its project.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ground {
    project_id: ProjectId,
    api: String,
    access: Role,
}

#[server(prefix = "/fn", endpoint = "indexes/ground")]
pub async fn fetch_ground(id: String) -> Result<Ground, Failure> {
    let services = server::services()?;
    let granted = server::granted::<conifer_domain::permissions::may::ViewIndexes>(&services, &id).await?;
    Ok(Ground { project_id: granted.of(), api: server::api_url()?, access: granted.role() })
}

pub struct NewIndexPage {
    ground: Loaded<Ground>,
}

impl Page for NewIndexPage {
    fn data() -> Self {
        let id = use_project_id();
        Self { ground: load(move || FetchGround { id: id.get() }) }
    }

    fn view(this: Self) -> AnyView {
        when_loaded(this.ground, |ground| view! { <NewIndex ground /> }).into_any()
    }
}

#[component]
fn NewIndex(ground: Ground) -> impl IntoView {
    let form = Form::<CreateIndex>::new();
    let typed = |name: &str| form.typed(name).unwrap_or_default();
    let new = RwSignal::new(Creation {
        api: ground.api.clone(),
        name: typed("name"),
        dimension: typed("dimension"),
        cloud: "aws".into(),
        region: "us-east-1".into(),
        ..Creation::default()
    });
    let snippets = Signal::derive(move || new.with(creation));
    view! {
        <Title text="New index" />
        <PageHeader title="New index" text="What vectors it takes never changes; tags, protection and size can." />
        <div class="beside">
            <PostForm form>
                <input type="hidden" name="id" value=ground.project_id.to_string() />
                <NameCard form new />
                <VectorChoice form new />
                <DeploymentChoice form new />
                <ExtrasCard form new />
                <div class="form-actions">
                    <Submit pending=form.pending() disabled_reason=why_not(Action::CreateIndexes, ground.access)>
                        "Create index"
                    </Submit>
                    <ButtonLink href=of_project(ground.project_id) variant=Variant::Ghost>
                        "Cancel"
                    </ButtonLink>
                </div>
            </PostForm>
            <aside class="beside-notes" aria-label="The same by an SDK">
                <h2>"The same by an SDK"</h2>
                <Snippets id="create" label="Create the index" snippets />
            </aside>
        </div>
    }
    .into_any()
}

#[component]
fn NameCard(form: Form<CreateIndex>, new: RwSignal<Creation>) -> impl IntoView {
    view! {
        <Card title="Name">
            <Field
                name="name"
                label="Index name"
                required=true
                autofocus=true
                autocomplete="off"
                mono=true
                maxlength=45
                pattern="[a-z0-9]([a-z0-9\\-]*[a-z0-9])?"
                hint="1 to 45 of a–z, 0–9 and, between them, hyphens. Programs call it by this."
                value=form.typed("name")
                error=form.error(Input::IndexName)
                on_input=Callback::new(move |text| new.update(|new| new.name = text))
            />
        </Card>
    }
    .into_any()
}

#[component]
fn ExtrasCard(form: Form<CreateIndex>, new: RwSignal<Creation>) -> impl IntoView {
    let wrong = [Input::Tags, Input::TagKey, Input::TagValue].map(|field| form.error(field));
    let error = Signal::derive(move || wrong.iter().find_map(|error| error.get()));
    view! {
        <Card title="Tags and protection">
            <TextArea
                name="tags"
                label="Tags"
                rows=2
                mono=true
                placeholder="team = search"
                hint="One a line, at most 20: for people and programs to find it by."
                value=form.typed("tags").unwrap_or_default()
                error
                on_input=Callback::new(move |text: String| new.update(|new| new.tags = read_tags(&text)))
            />
            <Checkbox
                name="deletion_protection"
                label="Protect it against deletion"
                hint="Nobody can delete it until this is turned off again."
                on_change=Callback::new(move |protected| new.update(|new| new.protected = protected))
            />
        </Card>
    }
    .into_any()
}
