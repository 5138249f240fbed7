//! A file that is here: what its columns are, what becomes of its first rows, and the form that begins to read it.

use super::functions::{LookIntoUpload, Looked, StartImport};
use crate::{
    chunks::Page,
    form::{Form, Input, PostForm},
    indexes::{Addressed, IndexHeader, ShownIndex, load_index, use_ids},
    list::use_parameter,
    loaded::{Loaded, load, when_loaded, when_loaded_below_title},
    permitted::why_not,
    ui::*,
};
use conifer_domain::{
    namespaces::DEFAULT_NAMESPACE,
    permissions::Action,
    uploads::{Column, FileFormat, Part, Preview},
};
use leptos::prelude::*;
use leptos_router::{hooks::use_navigate, hooks::use_query_map, params::ParamsMap};
use std::collections::BTreeMap;

pub struct UploadPage {
    index: Loaded<ShownIndex>,
    looked: Loaded<Option<Looked>>,
}

impl Page for UploadPage {
    fn data() -> Self {
        let (ids, upload, query) = (use_ids(), use_parameter("upload"), use_query_map());
        let all = move |name| query.with(|query| query.get_all(name).unwrap_or_default());
        let looked = load(move || LookIntoUpload {
            id: ids.with(|(_, id)| id.clone()),
            upload_id: upload.get(),
            columns: all("columns[]"),
            parts: all("parts[]"),
        });
        Self { index: load_index(), looked }
    }

    fn view(this: Self) -> AnyView {
        let looked = this.looked;
        when_loaded(this.index, move |shown| {
            let head = shown.clone();
            view! {
                <IndexHeader shown=head page="Import a file" />
                {when_loaded_below_title(
                    looked,
                    move |looked| match looked {
                        Some(looked) => view! { <File looked shown=shown.clone() /> }.into_any(),
                        None => no_file("No file is named", "Choose one among the imports.", &shown),
                    },
                )}
            }
        })
        .into_any()
    }
}

#[component]
fn File(looked: Looked, shown: ShownIndex) -> impl IntoView {
    let Looked { upload, ids, preview } = looked;
    let back = shown.index.address().page("imports");
    let Some(preview) = preview else {
        let text = match upload.format {
            FileFormat::Ids => "Send the array (.npy) that these are the IDs of, and choose this file there.",
            _ => "It is not here as a whole yet: choose it again to go on.",
        };
        return no_file(&upload.name, text, &shown);
    };
    let title = format!("{} ({}, {})", upload.name, upload.format.label(), bytes(upload.bytes));
    let Some(why) = preview.unreadable.clone() else {
        return view! { <Ready preview looked=Looked { upload, ids, preview: None } shown title back /> }
            .into_any();
    };
    view! {
        <Alert kind=Kind::Danger role="alert" title=format!("{title} cannot be read")>
            {why}
        </Alert>
        <ButtonLink href=back>"To the imports"</ButtonLink>
    }
    .into_any()
}

fn no_file(title: &str, text: &str, shown: &ShownIndex) -> AnyView {
    let (title, text, back) = (title.to_owned(), text.to_owned(), shown.index.address().page("imports"));
    view! {
        <EmptyState icon=Glyph::Layers title text>
            <ButtonLink href=back>"To the imports"</ButtonLink>
        </EmptyState>
    }
    .into_any()
}

#[component]
fn Ready(preview: Preview, looked: Looked, shown: ShownIndex, title: String, back: String) -> impl IntoView {
    let form = Form::<StartImport>::new();
    let Preview { columns, rows, refused, .. } = preview;
    let upload = looked.upload;
    let chosen = columns.iter().map(|column| (column.name.clone(), column.part)).collect();
    let chosen: RwSignal<BTreeMap<String, Part>> = RwSignal::new(chosen);
    let page = format!("{back}/file");
    let navigate = use_navigate();
    let look = {
        let (page, upload) = (page.clone(), upload.id.to_string());
        move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            navigate(&address(&page, &upload, &chosen.get_untracked()), Default::default());
        }
    };
    let told = match refused.len() {
        0 => format!("The first {} can all be read.", counted(rows, "row")),
        some => format!("Of the first {}, {some} cannot be read:", counted(rows, "row")),
    };
    let reasons =
        refused.into_iter().take(10).map(|(row, reason)| view! { <li>{format!("Row {row}: {reason}")}</li> });
    let is_array = upload.format == FileFormat::Npy;
    let ids_choices = std::iter::once((String::new(), "Numbered from 0".to_owned()))
        .chain(looked.ids.iter().map(|ids| (ids.id.to_string(), format!("Lines of {}", ids.name))))
        .collect::<Vec<_>>();
    let ids = is_array.then(|| {
        view! {
            <div class="form-row">
                <Select name="ids_from" label="IDs" options=ids_choices selected="" hint="Send a text file with an ID a line to choose it here." />
                <Field name="ids_prefix" label="Before each number" plain=true mono=true />
            </div>
        }
    });
    let rows = columns.into_iter().map(|column| view! { <ColumnRow column chosen /> }).collect_view();
    let on_error = [("continue", "Leave it out and go on"), ("abort", "Stop there")]
        .map(|(name, label)| (name.to_owned(), label.to_owned()));
    view! {
        <Card title=title text="What each column is of a record. It was guessed by the names.">
            <PostForm form>
                <input type="hidden" name="id" value=shown.index.id.to_string() />
                <input type="hidden" name="upload_id" value=upload.id.to_string() />
                <input type="hidden" name="upload" value=upload.id.to_string() />
                <Table caption="Columns" head=vec!["Column", "Is", "In the first rows"]>
                    {rows}
                </Table>
                <div role="status" class="stack-tight">
                    <p>{told}</p>
                    <ul class="import-reasons">{reasons.collect_view()}</ul>
                </div>
                {ids}
                <div class="form-row">
                    <Field
                        name="namespace"
                        label="Namespace"
                        mono=true
                        plain=true
                        placeholder=DEFAULT_NAMESPACE
                        hint="It is made when it is missing; empty is the default one."
                        value=form.typed("namespace")
                        error=form.error(Input::Namespace)
                    />
                    <Select name="on_error" label="A row that cannot be read" options=on_error.to_vec() selected="continue" />
                </div>
                <div class="form-actions">
                    <Submit
                        pending=form.pending()
                        disabled_reason=why_not(Action::ImportVectors, shown.access)
                    >
                        "Begin the import"
                    </Submit>
                    {(!is_array)
                        .then(|| {
                            view! {
                                <button
                                    class="button button-secondary"
                                    type="submit"
                                    formmethod="get"
                                    formaction=page
                                    formnovalidate=true
                                    on:click=look
                                >
                                    "Try these columns"
                                </button>
                            }
                        })}
                    <ButtonLink href=back variant=Variant::Ghost>
                        "Later"
                    </ButtonLink>
                </div>
            </PostForm>
        </Card>
    }
    .into_any()
}

#[component]
fn ColumnRow(column: Column, chosen: RwSignal<BTreeMap<String, Part>>) -> impl IntoView {
    let Column { name, part, samples } = column;
    let options: Vec<(String, String)> =
        Part::ALL.iter().map(|part| (part.as_str().to_owned(), part.label().to_owned())).collect();
    let of = name.clone();
    let changed = Callback::new(move |value: String| {
        if let Ok(part) = value.parse() {
            chosen.update(|chosen| _ = chosen.insert(of.clone(), part));
        }
    });
    let samples = samples.into_iter().map(|sample| view! { <div class="cell-text mono">{sample}</div> });
    let (id, label, shown) = (format!("part-{name}"), format!("What {name} is"), name.clone());
    view! {
        <tr>
            <Cell label="Column">
                <span class="mono record-id">{shown}</span>
                <input type="hidden" name="columns[]" value=name />
            </Cell>
            <Cell label="Is">
                <Select
                    name="parts[]"
                    id
                    label
                    label_hidden=true
                    options
                    selected=part.as_str()
                    on_change=changed
                />
            </Cell>
            <Cell label="In the first rows">{samples.collect_view()}</Cell>
        </tr>
    }
    .into_any()
}

/// The page with these columns, as a form without scripts would ask for it.
fn address(page: &str, upload: &str, chosen: &BTreeMap<String, Part>) -> String {
    let mut query: ParamsMap = [("upload".to_owned(), upload.to_owned())].into_iter().collect();
    for (name, part) in chosen {
        query.insert("columns[]", name.clone());
        query.insert("parts[]", part.as_str().to_owned());
    }
    format!("{page}{}", query.to_query_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_every_column() {
        let chosen = [("a".to_owned(), Part::Id), ("b".to_owned(), Part::Values)].into();
        let address = address("/p", "u", &chosen);
        assert_eq!(address.matches("columns%5B%5D=").count(), 2, "{address}");
    }
}
