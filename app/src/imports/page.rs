//! What was imported into an index, and the form that sends a file.

use super::{
    functions::{AbandonUpload, Imported, ListImports},
    send::{Sending, Stage},
    states::{StateOf, left, source},
};
use crate::{
    chunks::Page,
    form::{Form, ListFailure, PostForm},
    indexes::{Addressed, IndexHeader, ShownIndex, load_index, use_ids},
    list::{Pager, use_paging},
    loaded::{Loaded, load, when_loaded, when_loaded_below_title},
    permitted::why_not,
    ui::*,
};
use conifer_domain::{
    imports::Import,
    permissions::Action,
    uploads::{UPLOAD_BYTES_MAX, Upload},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_navigate;

pub struct ImportsPage {
    index: Loaded<ShownIndex>,
    imported: Loaded<Imported>,
}

impl Page for ImportsPage {
    fn data() -> Self {
        let (ids, paging) = (use_ids(), use_paging());
        let imported = load(move || ListImports { id: ids.with(|(_, id)| id.clone()), paging: paging.get() });
        Self { index: load_index(), imported }
    }

    fn view(this: Self) -> AnyView {
        let imported = this.imported;
        when_loaded(this.index, move |shown| {
            let head = shown.clone();
            view! {
                <IndexHeader shown=head page="Imports" />
                {when_loaded_below_title(
                    imported,
                    move |imported| view! { <Imports imported shown=shown.clone() /> },
                )}
            }
        })
        .into_any()
    }
}

#[component]
fn Imports(imported: Imported, shown: ShownIndex) -> impl IntoView {
    let Imported { imports, uploads } = imported;
    let path = shown.index.address().page("imports");
    let refused = why_not(Action::ImportVectors, shown.access);
    let waiting = (!uploads.is_empty()).then(|| {
        view! { <Waiting uploads=uploads.clone() path=path.clone() index_id=shown.index.id.to_string() refused=refused.clone() /> }
    });
    let one = path.clone();
    let row = move |import: Import| view! { <ImportRow import path=one.clone() /> };
    let list = (!imports.items.is_empty()).then(|| {
        view! {
            <Table caption="Imports" head=vec!["File", "State", "Records", "Refused", "Begun"]>
                {imports.items.into_iter().map(row).collect_view()}
            </Table>
            <Pager next=imports.next />
        }
    });
    view! {
        <div class="records">
            <SendFile shown uploads path refused />
            {waiting}
            {list}
        </div>
    }
    .into_any()
}

#[component]
fn ImportRow(import: Import, path: String) -> impl IntoView {
    let href = format!("{path}/one?id={}", import.id);
    let (name, records, refused, begun_ms) =
        (source(&import), import.records, import.refused, import.created_at_ms);
    view! {
        <tr>
            <Cell label="File">
                <a href=href>{name}</a>
            </Cell>
            <Cell label="State">
                <StateOf import />
            </Cell>
            <Cell label="Records">{count(records)}</Cell>
            <Cell label="Refused">{count(refused)}</Cell>
            <Cell label="Begun">
                <Time at_ms=begun_ms />
            </Cell>
        </tr>
    }
    .into_any()
}

/// Files that are here, whole or in part, and that no import reads yet.
#[component]
fn Waiting(uploads: Vec<Upload>, path: String, index_id: String, refused: Option<String>) -> impl IntoView {
    let row = move |upload: Upload| {
        let (form, index_id, refused) = (Form::<AbandonUpload>::in_row(), index_id.clone(), refused.clone());
        let href = format!("{path}/file?upload={}", upload.id);
        let name = upload.name.clone();
        let state = match upload.is_whole() {
            true => format!("{}, whole", bytes(upload.bytes)),
            false => {
                format!("{} of {}: choose it again to go on", bytes(upload.received), bytes(upload.bytes))
            }
        };
        let of = name.clone();
        let title = match upload.is_whole() {
            true => view! { <a href=href>{name}</a> }.into_any(),
            false => name.into_any(),
        };
        view! {
            <tr>
                <Cell label="File">{title}</Cell>
                <Cell label="Here">{state}</Cell>
                <ActionCell>
                    <PostForm form>
                        <input type="hidden" name="id" value=index_id />
                        <input type="hidden" name="upload_id" value=upload.id.to_string() />
                        <Submit
                            size=Size::Small
                            variant=Variant::Secondary
                            pending=form.pending()
                            disabled_reason=refused
                        >
                            "Remove"
                            <span class="visually-hidden">" " {of}</span>
                        </Submit>
                    </PostForm>
                </ActionCell>
            </tr>
        }
    };
    let failed = Form::<AbandonUpload>::new();
    view! {
        <ListFailure form=failed />
        <Table caption="Files that wait" show_caption=true head=vec!["File", "Here", ""]>
            {uploads.into_iter().map(row).collect_view()}
        </Table>
    }
    .into_any()
}

/// With scripts in chunks; without, a small file as a form.
#[component]
fn SendFile(shown: ShownIndex, uploads: Vec<Upload>, path: String, refused: Option<String>) -> impl IntoView {
    let sending = Sending::new();
    let index_id = shown.index.id.to_string();
    let navigate = use_navigate();
    Effect::new(move || {
        if let Some(upload) = sending.done.get() {
            navigate(&format!("{path}/file?upload={}", upload.id), Default::default());
        }
    });
    let is_refused = refused.is_some();
    let submit = {
        let index_id = index_id.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            if !is_refused {
                sending.begin(index_id.clone(), uploads.clone());
            }
        }
    };
    let text = format!(
        "JSON, JSON lines, CSV, Parquet or a NumPy array (.npy), up to {}. Nothing is written before you have seen its first rows.",
        bytes(UPLOAD_BYTES_MAX)
    );
    view! {
        <Card title="Import a file" text=text>
            <form
                class="form"
                method="post"
                enctype="multipart/form-data"
                action=format!("/indexes/{index_id}/uploads")
                on:submit=submit
            >
                <div class="field">
                    <label class="field-label" for="import-file">
                        "File"
                    </label>
                    <input
                        id="import-file"
                        class="input"
                        type="file"
                        name="file"
                        required=true
                        accept=".json,.jsonl,.ndjson,.csv,.tsv,.parquet,.npy,.txt,.ids"
                        node_ref=sending.input
                    />
                </div>
                <noscript>
                    <p class="muted">"Without scripts, up to 4 MB."</p>
                </noscript>
                <div class="form-actions">
                    <Submit
                        pending=Signal::derive(move || sending.stage.get() == Stage::Sending)
                        disabled_reason=refused
                    >
                        "Send file"
                    </Submit>
                </div>
            </form>
            {move || (sending.stage.get() != Stage::Idle).then(|| view! { <OnItsWay sending /> })}
        </Card>
    }
    .into_any()
}

#[component]
fn OnItsWay(sending: Sending) -> impl IntoView {
    let share = Signal::derive(move || Some(sending.sent.get() as f64 / sending.bytes.get().max(1) as f64));
    let told = move || {
        let (sent, all, (since, from)) = (sending.sent.get(), sending.bytes.get(), sending.since.get());
        let seconds = (web_sys::js_sys::Date::now() - since) / 1000.0;
        let done = sent.saturating_sub(from);
        let rate = if seconds > 0.5 {
            format!(", {}/s", bytes((done as f64 / seconds) as u64))
        } else {
            String::new()
        };
        let left = left(done, all - from, seconds).map(|left| format!(", {left}")).unwrap_or_default();
        format!("{} of {} sent{rate}{left}", bytes(sent), bytes(all))
    };
    let control = move || match sending.stage.get() {
        Stage::Sending => view! {
            <Button size=Size::Small on:click=move |_| sending.pause()>
                "Pause"
            </Button>
        }
        .into_any(),
        Stage::Idle => ().into_any(),
        Stage::Paused => view! {
            <Button size=Size::Small on:click=move |_| sending.go_on()>
                "Go on"
            </Button>
        }
        .into_any(),
        Stage::Broken(why) => view! {
            <Alert kind=Kind::Danger role="alert">
                {why}
            </Alert>
            {sending
                .upload()
                .map(|_| {
                    view! {
                        <Button size=Size::Small on:click=move |_| sending.go_on()>
                            "Go on"
                        </Button>
                    }
                })}
        }
        .into_any(),
    };
    view! {
        <div class="stack-tight" role="group" aria-label="Sending">
            <Progress label="Sent" share />
            <p class="muted">{told}</p>
            {control}
        </div>
    }
    .into_any()
}
