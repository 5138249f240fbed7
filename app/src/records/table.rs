//! Records as a table: their ids, a column for each metadata field, and what can be done with those that are marked.

use super::{
    cells::{MetadataCell, columns_of},
    functions::{DeleteRecords, record_address},
};
use crate::{
    form::{Form, PostForm},
    ui::*,
};
use conifer_domain::records::Record;
use leptos::prelude::*;

#[component]
pub fn RecordTable(
    records: Vec<Record>,
    /// The fields to show, by blanks; empty for those that most records have.
    columns: String,
    namespace: String,
    /// Where one record is.
    one: String,
    index_id: String,
    why_not_delete: Option<String>,
) -> impl IntoView {
    let form = Form::<DeleteRecords>::new();
    let columns = columns_of(&records, &columns);
    let json = serde_json::to_string_pretty(&records).unwrap_or_default();
    let marked = RwSignal::new(0_usize);
    let row = |record: &Record| {
        let href = record_address(&one, &namespace, &record.id);
        view! { <RecordRow record=record.clone() href columns=columns.clone() marked /> }
    };
    let rows = records.iter().map(row).collect_view();
    let head = columns.iter().map(|column| view! { <th scope="col">{column.clone()}</th> }).collect_view();
    view! {
        <PostForm form>
            <input type="hidden" name="id" value=index_id />
            <input type="hidden" name="namespace" value=namespace.clone() />
            <div class="table-frame table-wide" role="region" aria-label="Records" tabindex="0">
                <table class="table record-table">
                    <caption class="visually-hidden">"Records"</caption>
                    <thead>
                        <tr>
                            <th scope="col">
                                <span class="visually-hidden">"Marked"</span>
                            </th>
                            <th scope="col">"ID"</th>
                            {head}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <div class="spread">
                <div class="cluster">
                    <Submit
                        variant=Variant::Danger
                        size=Size::Small
                        icon=Glyph::Trash
                        pending=form.pending()
                        disabled_reason=why_not_delete
                    >
                        "Delete marked"
                        {move || Some(marked.get()).filter(|count| *count > 0).map(|count| format!(" ({count})"))}
                    </Submit>
                </div>
                <CopyButton text=json label="Copy this page as JSON" />
            </div>
        </PostForm>
    }
    .into_any()
}

#[component]
fn RecordRow(record: Record, href: String, columns: Vec<String>, marked: RwSignal<usize>) -> impl IntoView {
    let label = format!("Mark {}", record.id);
    let changed = move |event| {
        let checked = event_target_checked(&event);
        marked.update(|count| *count = if checked { *count + 1 } else { count.saturating_sub(1) });
    };
    let cells = columns
        .iter()
        .map(|column| view! { <td><MetadataCell value=record.metadata.get(column).cloned() /></td> })
        .collect_view();
    view! {
        <tr>
            <td>
                <input
                    class="choice-input"
                    type="checkbox"
                    name="ids[]"
                    value=record.id.clone()
                    aria-label=label
                    on:change=changed
                />
            </td>
            <td>
                <a class="mono record-id" href=href>
                    {record.id.clone()}
                </a>
            </td>
            {cells}
        </tr>
    }
    .into_any()
}
