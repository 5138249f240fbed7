//! What of an index can change: its tags, its protection, its pods; and deleting it.

#[cfg(feature = "ssr")]
use super::{address::of_project, header::Addressed};
use super::{
    header::IndexHeader,
    new::written_tags,
    shown::{ShownIndex, load_index},
};
#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    calls::Sending,
    chunks::Page,
    form::{Form, Input, PostForm},
    loaded::{Loaded, when_loaded},
    permitted::why_not,
    ui::*,
};
#[cfg(feature = "ssr")]
use conifer_domain::{
    Field as DomainField, Problem, Rule,
    indexes::{IndexChange, PodChange, Tags},
    notices::Notice,
    permissions::may,
};
use conifer_domain::{
    indexes::{Deployment, Index},
    permissions::{Action, Role},
};
use leptos::prelude::*;

#[server(prefix = "/fn", endpoint = "indexes/configure")]
pub async fn configure_index(
    id: String,
    #[server(default)] tags: String,
    #[server(default)] deletion_protection: bool,
) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let services = server::services()?;
    let index = entry(&services, &id).await?;
    // What is no longer in the text is taken away.
    let gone = index.tags.iter().map(|(key, _)| (key.to_owned(), String::new()));
    let tags = Tags::new(gone.chain(super::new::read_tags(&tags)))?;
    let change = IndexChange {
        deletion_protection: Some(deletion_protection),
        tags: Some(tags),
        ..IndexChange::default()
    };
    conifer_services::indexes::configure(&services, &origin, &current, index.id, change).await?;
    server::done(&index.address().page("settings"), Notice::IndexConfigured);
    Ok(())
}

#[server(prefix = "/fn", endpoint = "indexes/resize")]
pub async fn resize_index(id: String, pod_type: String, replicas: String) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let services = server::services()?;
    let index = entry(&services, &id).await?;
    let replicas = replicas.trim().parse().ok().filter(|count| *count > 0);
    let pods = PodChange {
        pod_type: Some(pod_type.parse()?),
        replicas: Some(replicas.ok_or(Problem::invalid(DomainField::Replicas, Rule::NotANumber))?),
    };
    let change = IndexChange { pods: Some(pods), ..IndexChange::default() };
    conifer_services::indexes::configure(&services, &origin, &current, index.id, change).await?;
    server::done(&index.address().page("settings"), Notice::IndexConfigured);
    Ok(())
}

#[server(prefix = "/fn", endpoint = "indexes/delete")]
pub async fn delete_index(id: String, confirm: String) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let services = server::services()?;
    let index = entry(&services, &id).await?;
    conifer_services::indexes::delete_typed(&services, &origin, &current, index.id, &confirm).await?;
    server::done(&of_project(index.project_id), Notice::IndexDeleted);
    Ok(())
}

#[cfg(feature = "ssr")]
async fn entry(services: &conifer_services::Services, id: &str) -> Result<Index, Failure> {
    let granted = server::granted::<may::ViewIndex>(services, id).await?;
    Ok((**conifer_services::indexes::describe(services, &granted).await?).clone())
}

pub struct IndexSettingsPage {
    index: Loaded<ShownIndex>,
}

impl Page for IndexSettingsPage {
    fn data() -> Self {
        Self { index: load_index() }
    }

    fn view(this: Self) -> AnyView {
        when_loaded(this.index, |shown| view! { <Settings shown /> }).into_any()
    }
}

#[component]
fn Settings(shown: ShownIndex) -> impl IntoView {
    let ShownIndex { index, access, .. } = shown.clone();
    let pods = match &index.deployment {
        Deployment::Pod { pod_type, replicas, .. } => {
            let (pod_type, replicas) = (pod_type.to_string(), *replicas);
            Some(view! { <PodsCard id=index.id.to_string() access pod_type replicas /> })
        }
        _ => None,
    };
    view! {
        <IndexHeader shown page="Settings" />
        <div class="page-narrow stack">
            <TagsCard index=index.clone() access />
            {pods}
            <DeleteCard index access />
        </div>
    }
    .into_any()
}

#[component]
fn TagsCard(index: Index, access: Role) -> impl IntoView {
    let form = Form::<ConfigureIndex>::new();
    let wrong = [Input::Tags, Input::TagKey, Input::TagValue].map(|field| form.error(field));
    let error = Signal::derive(move || wrong.iter().find_map(|error| error.get()));
    let tags = form.typed("tags").unwrap_or_else(|| written_tags(index.tags.iter()));
    view! {
        <Card title="Tags and protection" text="They say what it is for, and keep it from being deleted by mistake.">
            <PostForm form>
                <input type="hidden" name="id" value=index.id.to_string() />
                <TextArea
                    name="tags"
                    label="Tags"
                    rows=3
                    mono=true
                    value=tags
                    placeholder="team = search"
                    hint="One a line, at most 20. A tag whose line is gone is taken away."
                    error
                />
                <Checkbox
                    name="deletion_protection"
                    label="Protect it against deletion"
                    hint="Nobody can delete it until this is turned off again, neither here nor by an API key."
                    checked=index.deletion_protection
                />
                <div class="form-actions">
                    <Submit
                        pending=form.pending()
                        disabled_reason=why_not(Action::ConfigureIndexes, access)
                    >
                        "Save"
                    </Submit>
                </div>
            </PostForm>
        </Card>
    }
    .into_any()
}

#[component]
fn PodsCard(id: String, access: Role, pod_type: String, replicas: u32) -> impl IntoView {
    let form = Form::<ResizeIndex>::new();
    let types = ["s1", "p1", "p2"]
        .into_iter()
        .flat_map(|kind| ["x1", "x2", "x4", "x8"].map(|size| format!("{kind}.{size}")))
        .map(|name| (name.clone(), name));
    view! {
        <Card title="Pods" text="What programs are told of its size. It counts towards the pods of the project.">
            <PostForm form>
                <input type="hidden" name="id" value=id />
                <div class="form-row">
                    <Select
                        name="pod_type"
                        label="Pod type"
                        options=types.collect()
                        selected=pod_type
                        error=form.error(Input::PodType)
                    />
                    <Field
                        name="replicas"
                        label="Replicas"
                        inputmode="numeric"
                        pattern="[0-9]+"
                        required=true
                        value=replicas.to_string()
                        error=form.error(Input::Replicas)
                    />
                </div>
                <div class="form-actions">
                    <Submit
                        pending=form.pending()
                        disabled_reason=why_not(Action::UpdateIndexSize, access)
                    >
                        "Save size"
                    </Submit>
                </div>
            </PostForm>
        </Card>
    }
    .into_any()
}

const DIALOG: &str = "delete-index";

#[component]
fn DeleteCard(index: Index, access: Role) -> impl IntoView {
    let action = Sending::to::<DeleteIndex>();
    let protected = index.deletion_protection.then(|| conifer_domain::Problem::DeletionProtected.to_string());
    let why_not = why_not(Action::DeleteIndexes, access).or(protected);
    let dialog = why_not.is_none().then(|| {
        let name = index.name.clone();
        view! {
            <ConfirmDialog
                id=DIALOG
                title=format!("Delete {name}?")
                confirm="Delete index"
                typed=name
                action
            >
                <p>"All its records go with it, and programs that use it fail at once. Its backups stay."</p>
                <input type="hidden" name="id" value=index.id.to_string() />
            </ConfirmDialog>
        }
    });
    view! {
        <Card title="Delete index" text="With all its records. Its backups stay." danger=true>
            <div class="form-actions">
                <Button variant=Variant::Danger opens=DIALOG disabled_reason=why_not>
                    "Delete index"
                </Button>
            </div>
        </Card>
        {dialog}
    }
    .into_any()
}
