//! One record: its vector at a glance, its metadata as a form, and what a change would change.

use super::{
    functions::{DeleteRecords, FetchRecord, SaveRecord, address, with_namespace},
    metadata::MetadataForm,
};
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
    permissions::Action,
    records::{Record, Sparse},
};
use leptos::prelude::*;

pub struct RecordPage {
    index: Loaded<ShownIndex>,
    record: Loaded<Option<Record>>,
    namespace: Memo<String>,
}

impl Page for RecordPage {
    fn data() -> Self {
        let ids = use_ids();
        let (namespace, record_id) = (use_parameter("namespace"), use_parameter("id"));
        let record = load(move || FetchRecord {
            id: ids.with(|(_, id)| id.clone()),
            namespace: namespace.get(),
            record_id: record_id.get(),
        });
        Self { index: load_index(), record, namespace }
    }

    fn view(this: Self) -> AnyView {
        let Self { index, record, namespace } = this;
        when_loaded(index, move |shown| {
            let head = shown.clone();
            view! {
                <IndexHeader shown=head page="Record" />
                {when_loaded_below_title(
                    record,
                    move |record| match record {
                        Some(record) => {
                            view! { <OneRecord record shown=shown.clone() namespace=namespace.get_untracked() /> }
                                .into_any()
                        }
                        None => view! { <NoRecord /> }.into_any(),
                    },
                )}
            }
        })
        .into_any()
    }
}

#[component]
fn NoRecord() -> impl IntoView {
    view! {
        <EmptyState
            icon=Glyph::Search
            title="No record is named"
            text="The address of a record ends in its ID. Choose one among the records."
        />
    }
}

#[component]
fn OneRecord(record: Record, shown: ShownIndex, namespace: String) -> impl IntoView {
    let place = shown.index.address();
    let back = with_namespace(&place.page("records"), &namespace);
    let similar = address(
        &place.page("playground"),
        &[("namespace", &namespace), ("by", "record"), ("record", &record.id)],
    );
    let why_not_delete = why_not(Action::DeleteAVector, shown.access);
    let why_not_save = why_not(Action::UpsertVectors, shown.access);
    let id = shown.index.id.to_string();
    let json = serde_json::to_string_pretty(&record).unwrap_or_default();
    let dialog = why_not_delete.is_none().then(|| {
        view! { <DeleteDialog index_id=id.clone() namespace=namespace.clone() record_id=record.id.clone() /> }
    });
    view! {
        <div class="spread">
            <div class="stack-tight">
                <a class="small" href=back>
                    "All records of this namespace"
                </a>
                <h2 class="record-title">
                    <Id id=record.id.clone() label="Copy record ID" />
                </h2>
            </div>
            <div class="cluster">
                <ButtonLink href=similar icon=Glyph::Sparkle>
                    "Find similar"
                </ButtonLink>
                <Button variant=Variant::Danger icon=Glyph::Trash opens=DIALOG disabled_reason=why_not_delete>
                    "Delete"
                </Button>
            </div>
        </div>
        {record.values.clone().map(|values| view! { <ValuesCard values /> })}
        {record.sparse.clone().map(|sparse| view! { <SparseCard sparse /> })}
        <EditCard record=record.clone() index_id=id namespace why_not=why_not_save />
        <Card title="As JSON" text="As programs write it.">
            <CodeBlock text=json label="Record" />
        </Card>
        {dialog}
    }
    .into_any()
}

const DIALOG: &str = "delete-record";

#[component]
fn DeleteDialog(index_id: String, namespace: String, record_id: String) -> impl IntoView {
    let form = Form::<DeleteRecords>::new();
    view! {
        <ConfirmDialog id=DIALOG title="Delete this record?" confirm="Delete record" action=form>
            <p>
                <strong class="as-typed">{record_id.clone()}</strong>
                " is gone at once, and nobody can bring it back."
            </p>
            <input type="hidden" name="id" value=index_id />
            <input type="hidden" name="namespace" value=namespace />
            <input type="hidden" name="ids[]" value=record_id />
        </ConfirmDialog>
    }
}

#[component]
fn ValuesCard(values: Vec<f32>) -> impl IntoView {
    let norm = values.iter().map(|value| f64::from(*value) * f64::from(*value)).sum::<f64>().sqrt();
    let zeros = values.iter().filter(|value| **value == 0.0).count();
    let least = values.iter().copied().fold(f32::INFINITY, f32::min);
    let most = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let text = serde_json::to_string(&values).unwrap_or_default();
    view! {
        <Card title="Vector" text="Each bar is a value, or the strongest of a few neighbours.">
            <VectorPicture values=values.clone() />
            <div class="spread">
                <dl class="inline-facts">
                    <div>
                        <dt>"Dimension"</dt>
                        <dd>{count(values.len() as u64)}</dd>
                    </div>
                    <div>
                        <dt>"Length"</dt>
                        <dd>{number(norm)}</dd>
                    </div>
                    <div>
                        <dt>"Zeros"</dt>
                        <dd>{count(zeros as u64)}</dd>
                    </div>
                    <div>
                        <dt>"From"</dt>
                        <dd>{number(least.into())}</dd>
                    </div>
                    <div>
                        <dt>"To"</dt>
                        <dd>{number(most.into())}</dd>
                    </div>
                </dl>
                <CopyButton text label="Copy the values" />
            </div>
        </Card>
    }
    .into_any()
}

#[component]
fn SparseCard(sparse: Sparse) -> impl IntoView {
    const SHOWN_MAX: usize = 24;
    let mut pairs: Vec<(u32, f32)> =
        sparse.indices.iter().copied().zip(sparse.values.iter().copied()).collect();
    pairs.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    let strongest = pairs.first().map_or(1.0, |(_, value)| value.abs());
    let total = pairs.len() as u64;
    let item = move |(index, value): (u32, f32)| {
        view! {
            <li class="sparse-item">
                <span class="mono">{index}</span>
                <ShareBar share=f64::from(value.abs() / strongest) />
                <span class="num">{number(value.into())}</span>
            </li>
        }
    };
    view! {
        <Card title="Sparse values" text=format!("{} places have a value; the strongest first.", count(total))>
            <ul class="sparse-list">{pairs.into_iter().take(SHOWN_MAX).map(item).collect_view()}</ul>
        </Card>
    }
    .into_any()
}

#[component]
fn EditCard(record: Record, index_id: String, namespace: String, why_not: Option<String>) -> impl IntoView {
    let form = Form::<SaveRecord>::new();
    let text = |json: Option<String>| json.unwrap_or_default();
    let values = text(record.values.as_ref().and_then(|values| serde_json::to_string(values).ok()));
    let sparse = text(record.sparse.as_ref().and_then(|sparse| serde_json::to_string(sparse).ok()));
    let metadata =
        form.typed("metadata").unwrap_or_else(|| text(serde_json::to_string_pretty(&record.metadata).ok()));
    let (has_values, has_sparse) = (record.values.is_some(), record.sparse.is_some());
    view! {
        <Card title="Edit" text="Saved as a whole: programs see the old record or the new one, never a mixture.">
            <PostForm form>
                <input type="hidden" name="id" value=index_id />
                <input type="hidden" name="namespace" value=namespace />
                <input type="hidden" name="record_id" value=record.id />
                <MetadataForm before=record.metadata metadata error=form.error(Input::Metadata) />
                <details class="find-more" open=!has_values && !has_sparse>
                    <summary>"Values"</summary>
                    <div class="stack">
                        {has_values
                            .then(|| {
                                view! {
                                    <JsonArea
                                        name="values"
                                        label="Values"
                                        rows=4
                                        value=values
                                        check={fault_as::<Vec<f32>>}
                                        error=form.error(Input::Values)
                                    />
                                }
                            })}
                        {has_sparse
                            .then(|| {
                                view! {
                                    <JsonArea
                                        name="sparse_values"
                                        label="Sparse values"
                                        rows=4
                                        value=sparse
                                        check={fault_as::<Sparse>}
                                        error=form.error(Input::SparseValues)
                                    />
                                }
                            })}
                    </div>
                </details>
                <div class="form-actions">
                    <Submit pending=form.pending() disabled_reason=why_not>
                        "Save record"
                    </Submit>
                </div>
            </PostForm>
        </Card>
    }
    .into_any()
}
