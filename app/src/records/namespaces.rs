//! The namespaces of an index: how much is in each, making one, deleting one.

use super::functions::{CreateNamespace, DeleteNamespace, ListNamespaces, with_namespace};
use crate::{
    chunks::Page,
    form::{Form, Input, PostForm},
    indexes::{Addressed, IndexHeader, ShownIndex, load_index, use_ids},
    loaded::{Loaded, load, when_loaded, when_loaded_below_title},
    permitted::why_not,
    ui::*,
};
use conifer_domain::{
    namespaces::Namespace,
    permissions::{Action, Role},
};
use leptos::prelude::*;

pub struct NamespacesPage {
    index: Loaded<ShownIndex>,
    namespaces: Loaded<Vec<Namespace>>,
}

impl Page for NamespacesPage {
    fn data() -> Self {
        let ids = use_ids();
        let namespaces = load(move || ListNamespaces { id: ids.with(|(_, id)| id.clone()) });
        Self { index: load_index(), namespaces }
    }

    fn view(this: Self) -> AnyView {
        let namespaces = this.namespaces;
        when_loaded(this.index, move |shown| {
            let head = shown.clone();
            view! {
                <IndexHeader shown=head page="Namespaces" />
                {when_loaded_below_title(
                    namespaces,
                    move |namespaces| view! { <Namespaces namespaces shown=shown.clone() /> },
                )}
            }
        })
        .into_any()
    }
}

#[component]
fn Namespaces(namespaces: Vec<Namespace>, shown: ShownIndex) -> impl IntoView {
    let (access, id) = (shown.access, shown.index.id.to_string());
    let records = shown.index.address().page("records");
    let most = namespaces.iter().map(|namespace| namespace.records).max().unwrap_or(0).max(1);
    let row = move |namespace: Namespace| {
        let href = with_namespace(&records, &namespace.name);
        view! { <NamespaceRow namespace href most access id=id.clone() /> }
    };
    let list = match namespaces.is_empty() {
        true => view! {
            <EmptyState
                icon=Glyph::Layers
                title="No namespaces yet"
                text="One is made by the first record written into it, or here."
            />
        }
        .into_any(),
        false => view! {
            <Table caption="Namespaces" head=vec!["Namespace", "Records", "Share", ""]>
                {namespaces.into_iter().map(row).collect_view()}
            </Table>
        }
        .into_any(),
    };
    view! {
        {list}
        <NewNamespace id=shown.index.id.to_string() access />
    }
    .into_any()
}

#[component]
fn NamespaceRow(namespace: Namespace, href: String, most: u64, access: Role, id: String) -> impl IntoView {
    let label = namespace.label().to_owned();
    let of = label.clone();
    let why_not = why_not(Action::DeleteNamespaces, access);
    let dialog =
        format!("delete-namespace-{}", if namespace.name.is_empty() { "default" } else { &namespace.name });
    let ask = why_not.is_none().then(|| {
        let form = Form::<DeleteNamespace>::in_row();
        let label = label.clone();
        let gone = counted(namespace.records, "record");
        view! {
            <ConfirmDialog
                id=dialog.clone()
                title=format!("Delete {label}?")
                confirm="Delete namespace"
                typed=label
                action=form
            >
                <p>{gone} " in it go with it. Nobody can bring them back."</p>
                <input type="hidden" name="id" value=id />
                <input type="hidden" name="namespace" value=namespace.name.clone() />
            </ConfirmDialog>
        }
    });
    view! {
        <tr>
            <Cell label="Namespace">
                <a class="mono" href=href>
                    {label.clone()}
                </a>
            </Cell>
            <Cell label="Records">{count(namespace.records)}</Cell>
            <Cell label="Share">
                <ShareBar share=namespace.records as f64 / most as f64 />
            </Cell>
            <ActionCell>
                <Button size=Size::Small opens=dialog disabled_reason=why_not>
                    "Delete"
                    <span class="visually-hidden">" the namespace " {of}</span>
                </Button>
                {ask}
            </ActionCell>
        </tr>
    }
    .into_any()
}

#[component]
fn NewNamespace(id: String, access: Role) -> impl IntoView {
    let form = Form::<CreateNamespace>::new();
    view! {
        <Card title="New namespace" text="A part of the index that is searched by itself, such as one for each customer.">
            <PostForm form>
                <input type="hidden" name="id" value=id />
                <Field
                    name="namespace"
                    label="Name"
                    mono=true
                    required=true
                    autocomplete="off"
                    value=form.typed("namespace")
                    error=form.error(Input::Namespace)
                />
                <div class="form-actions">
                    <Submit
                        pending=form.pending()
                        disabled_reason=why_not(Action::CreateNamespaces, access)
                    >
                        "Create namespace"
                    </Submit>
                </div>
            </PostForm>
        </Card>
    }
    .into_any()
}
