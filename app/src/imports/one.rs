//! One import: how far it is, what was refused, and the buttons that hold it.

use super::{
    functions::{CancelImport, FetchImport, PauseImport, ResumeImport},
    states::{StateOf, left, source},
};
use crate::{
    Failure,
    chunks::Page,
    form::{Form, PostForm},
    indexes::{Addressed, IndexHeader, ShownIndex, load_index, use_ids},
    list::use_parameter,
    loaded::{Loaded, load_at, when_loaded, when_loaded_below_title},
    notice::Changes,
    permitted::why_not,
    ui::*,
};
use conifer_domain::{
    imports::{Import, ImportState},
    permissions::{Action, Role},
};
use leptos::prelude::*;
use server_fn::ServerFn;
use std::time::Duration;

const LOOK_EVERY: Duration = Duration::from_secs(1);

pub struct ImportPage {
    index: Loaded<ShownIndex>,
    import: Loaded<Option<Import>>,
    looks: RwSignal<u32>,
}

impl Page for ImportPage {
    fn data() -> Self {
        let (ids, import_id) = (use_ids(), use_parameter("id"));
        let looks = RwSignal::new(0);
        provide_context(First(StoredValue::new(None)));
        let import = load_at(
            move || looks.get() + Changes::track(),
            move || FetchImport { id: ids.with(|(_, id)| id.clone()), import_id: import_id.get() },
        );
        Self { index: load_index(), import, looks }
    }

    fn view(this: Self) -> AnyView {
        let Self { import, looks, .. } = this;
        when_loaded(this.index, move |shown| {
            let head = shown.clone();
            view! {
                <IndexHeader shown=head page="Import" />
                {when_loaded_below_title(
                    import,
                    move |import| {
                        import.map(|import| view! { <Watched import looks shown=shown.clone() /> })
                    },
                )}
            }
        })
        .into_any()
    }
}

#[component]
fn Watched(import: Import, looks: RwSignal<u32>, shown: ShownIndex) -> impl IntoView {
    let is_over = import.state.is_over();
    Effect::new(move || {
        if !is_over {
            set_timeout(move || looks.update(|looks| *looks += 1), LOOK_EVERY);
        }
    });
    let (page, index_id) = (shown.index.address(), shown.index.id.to_string());
    let share = Some(import.percent / 100.0);
    let title = source(&import);
    let rate = (!is_over).then(|| view! { <Rate import=import.clone() /> });
    let written = match import.state {
        ImportState::Cancelled | ImportState::Failed => "written before it ended, and there to be found",
        _ => "written",
    };
    let failed = import.error.clone().map(|why| {
        view! {
            <Alert kind=Kind::Danger role="alert" title="It ended before the end of the file">
                {why}
            </Alert>
        }
    });
    let controls =
        (!is_over).then(|| view! { <Controls import=import.clone() index_id access=shown.access /> });
    let refusals =
        (import.refused > 0).then(|| view! { <Refusals import=import.clone() page=page.to_string() /> });
    view! {
        <Card title=title>
            <div class="stack-tight">
                <p>
                    <StateOf import=import.clone() />
                </p>
                <Progress label="Read" share />
                <p role="status">
                    <strong class="strong">{count(import.records)}</strong>
                    {if import.records == 1 { " record " } else { " records " }}
                    {written}
                    {(import.refused > 0).then(|| format!(", {} refused", counted(import.refused, "row")))}
                </p>
                {rate}
                {failed}
                {controls}
            </div>
        </Card>
        {refusals}
        <p class="cluster">
            <ButtonLink href=page.page("imports")>"All imports"</ButtonLink>
            <ButtonLink href=page.page("records")>"Records"</ButtonLink>
        </p>
    }
    .into_any()
}

/// How fast it goes: by what was read since the page was opened, as it may have waited before.
#[component]
fn Rate(import: Import) -> impl IntoView {
    let text = RwSignal::new(format!("{} of {} read", bytes(import.bytes_done), bytes(import.bytes)));
    let first = use_context::<First>();
    Effect::new(move || {
        let now = web_sys::js_sys::Date::now();
        let Some(First(first)) = first else { return };
        let (since, records, done) = first.get_value().unwrap_or((now, import.records, import.bytes_done));
        first.set_value(Some((since, records, done)));
        let seconds = (now - since) / 1000.0;
        if seconds > 1.0 {
            let rate = ((import.records - records) as f64 / seconds) as u64;
            let left = left(import.bytes_done - done, import.bytes - done, seconds);
            let left = left.map(|left| format!(", {left}")).unwrap_or_default();
            text.update(|text| text.push_str(&format!(", {} a second{left}", counted(rate, "record"))));
        }
    });
    view! { <p class="muted">{text}</p> }
}

/// When the page first saw it, and how far it was.
#[derive(Clone, Copy)]
struct First(StoredValue<Option<(f64, u64, u64)>>);

#[component]
fn Controls(import: Import, index_id: String, access: Role) -> impl IntoView {
    let refused = why_not(Action::ImportVectors, access);
    let turn = match import.is_paused {
        true => deed::<ResumeImport>("Resume", &import, &index_id, refused.clone()),
        false => deed::<PauseImport>("Pause", &import, &index_id, refused.clone()),
    };
    view! {
        <div class="cluster">
            {turn} {deed::<CancelImport>("Cancel", &import, &index_id, refused)}
            <noscript>
                <a href=format!("?id={}", import.id)>"Look again"</a>
            </noscript>
        </div>
    }
    .into_any()
}

fn deed<F: ServerFn<Error = Failure> + 'static>(
    word: &'static str,
    import: &Import,
    index_id: &str,
    refused: Option<String>,
) -> AnyView {
    let (form, index_id, import_id) = (Form::<F>::new(), index_id.to_owned(), import.id.to_string());
    view! {
        <PostForm form>
            <input type="hidden" name="id" value=index_id />
            <input type="hidden" name="import_id" value=import_id />
            <Submit size=Size::Small variant=Variant::Secondary disabled_reason=refused>
                {word}
            </Submit>
        </PostForm>
    }
    .into_any()
}

#[component]
fn Refusals(import: Import, page: String) -> impl IntoView {
    let href = format!("{page}/imports/{}/refused", import.id);
    let row = |refusal: conifer_domain::imports::Refusal| {
        view! {
            <tr>
                <Cell label="Row">{refusal.row.map_or_else(|| "the file".to_owned(), count)}</Cell>
                <Cell label="Reason">{refusal.reason}</Cell>
            </tr>
        }
    };
    view! {
        <div class="spread">
            <h2 class="section-title">"Refused rows"</h2>
            <ButtonLink href icon=Glyph::Download attr:download="">
                "Download as CSV"
            </ButtonLink>
        </div>
        <Table caption="Refused rows" head=vec!["Row", "Reason"]>
            {import.refusals.into_iter().map(row).collect_view()}
        </Table>
    }
    .into_any()
}
