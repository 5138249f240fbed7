//! Adding records by hand.

use super::functions::{AddRecords, with_namespace};
use crate::{
    chunks::Page,
    form::{Form, Input, PostForm},
    indexes::{Addressed, IndexHeader, ShownIndex, load_index},
    list::use_parameter,
    loaded::{Loaded, when_loaded},
    permitted::why_not,
    ui::*,
};
use conifer_domain::{
    indexes::{Index, VectorType},
    namespaces::DEFAULT_NAMESPACE,
    permissions::Action,
};
use leptos::prelude::*;

pub struct AddRecordsPage {
    index: Loaded<ShownIndex>,
    namespace: Memo<String>,
}

impl Page for AddRecordsPage {
    fn data() -> Self {
        Self { index: load_index(), namespace: use_parameter("namespace") }
    }

    fn view(this: Self) -> AnyView {
        let namespace = this.namespace;
        when_loaded(this.index, move |shown| view! { <Add shown namespace=namespace.get_untracked() /> })
            .into_any()
    }
}

#[component]
fn Add(shown: ShownIndex, namespace: String) -> impl IntoView {
    let form = Form::<AddRecords>::new();
    let index = shown.index.clone();
    let back = with_namespace(&index.address().page("records"), &namespace);
    let why_not = why_not(Action::UpsertVectors, shown.access);
    view! {
        <IndexHeader shown page="Add records" />
        <Card title="Add records" text="All of them are put in, or none. A record whose ID is there already is replaced.">
            <PostForm form>
                <input type="hidden" name="id" value=index.id.to_string() />
                <Field
                    name="namespace"
                    label="Namespace"
                    mono=true
                    plain=true
                    placeholder=DEFAULT_NAMESPACE
                    hint="It is made when it is missing; empty is the default one."
                    value=form.typed("namespace").unwrap_or(namespace)
                    error=form.error(Input::Namespace)
                />
                <JsonArea
                    name="records"
                    label="Records"
                    rows=14
                    required=true
                    placeholder=example(&index)
                    hint=hint(&index)
                    check=no_check
                    error=form.error(Input::Records)
                />
                <div class="form-actions">
                    <Submit pending=form.pending() disabled_reason=why_not>
                        "Add records"
                    </Submit>
                    <ButtonLink href=back variant=Variant::Ghost>
                        "Cancel"
                    </ButtonLink>
                </div>
            </PostForm>
        </Card>
    }
    .into_any()
}

/// Several records, one a line, are no JSON text as a whole: the server tells what is wrong with which.
fn no_check(text: &str) -> Option<String> {
    text.trim_start()
        .starts_with('[')
        .then(|| fault_as::<Vec<conifer_domain::records::Record>>(text))
        .flatten()
}

fn hint(index: &Index) -> String {
    let values = index.vectors.dimension().map(|dimension| format!(" Each needs {dimension} values."));
    format!("JSON: one record, a list of them, or one a line.{}", values.unwrap_or_default())
}

fn example(index: &Index) -> String {
    let vector = match index.vectors.kind() {
        VectorType::Dense => r#""values": [0.1, 0.2, …]"#,
        VectorType::Sparse => r#""sparseValues": {"indices": [7, 42], "values": [0.5, 0.8]}"#,
    };
    format!("[\n  {{\"id\": \"a\", {vector}, \"metadata\": {{\"title\": \"First\", \"year\": 2026}}}}\n]")
}
