//! The backups of an index: those there are, making one, making them by the clock.

use super::{
    functions::{CreateBackup, Kept, ListBackups, ScheduleBackups},
    tables::{BackupTable, ScheduleTable},
};
use crate::{
    chunks::Page,
    form::{Form, Input, PostForm},
    indexes::{IndexHeader, ShownIndex, load_index, use_ids},
    loaded::{Loaded, load, when_loaded, when_loaded_below_title},
    permitted::why_not,
    ui::*,
};
use conifer_domain::{backups::Frequency, permissions::Action};
use leptos::prelude::*;

pub struct BackupsPage {
    index: Loaded<ShownIndex>,
    kept: Loaded<Kept>,
}

impl Page for BackupsPage {
    fn data() -> Self {
        let ids = use_ids();
        let kept = load(move || {
            let (project_id, index_id) = ids.get();
            ListBackups { project_id, index_id }
        });
        Self { index: load_index(), kept }
    }

    fn view(this: Self) -> AnyView {
        let kept = this.kept;
        when_loaded(this.index, move |shown| {
            let head = shown.clone();
            view! {
                <IndexHeader shown=head page="Backups" />
                {when_loaded_below_title(kept, move |kept| view! { <Backups kept shown=shown.clone() /> })}
            }
        })
        .into_any()
    }
}

#[component]
fn Backups(kept: Kept, shown: ShownIndex) -> impl IntoView {
    let Kept { backups, schedules } = kept;
    let list = match backups.is_empty() {
        true => view! {
            <EmptyState
                icon=Glyph::Archive
                title="No backups yet"
                text="A backup is what the index holds at one moment. It shares its files with the index, so it is made at once."
            />
        }
        .into_any(),
        false => view! { <BackupTable backups shown=shown.clone() /> }.into_any(),
    };
    let planned = (!schedules.is_empty()).then(|| view! { <ScheduleTable schedules shown=shown.clone() /> });
    view! {
        {list}
        {planned}
        <div class="form-row">
            <NewBackupCard shown=shown.clone() />
            <NewScheduleCard shown />
        </div>
    }
    .into_any()
}

/// The hidden inputs that say which index a form is about.
#[component]
pub fn WhichIndex(shown: ShownIndex) -> impl IntoView {
    view! {
        <input type="hidden" name="project_id" value=shown.index.project_id.to_string() />
        <input type="hidden" name="index_id" value=shown.index.id.to_string() />
    }
}

#[component]
fn NewBackupCard(shown: ShownIndex) -> impl IntoView {
    let form = Form::<CreateBackup>::new();
    let why_not = why_not(Action::CreateBackups, shown.access);
    view! {
        <Card title="Back up now">
            <PostForm form>
                <WhichIndex shown />
                <Field
                    name="name"
                    label="Name"
                    mono=true
                    placeholder="before-the-change"
                    value=form.typed("name")
                    error=form.error(Input::BackupName)
                />
                <Field name="description" label="Description" error=form.error(Input::Description) />
                <div class="form-actions">
                    <Submit pending=form.pending() disabled_reason=why_not>
                        "Make backup"
                    </Submit>
                </div>
            </PostForm>
        </Card>
    }
    .into_any()
}

#[component]
fn NewScheduleCard(shown: ShownIndex) -> impl IntoView {
    let form = Form::<ScheduleBackups>::new();
    let why_not = why_not(Action::CreateBackups, shown.access);
    let often = Frequency::ALL.map(|often| (often.as_str().to_owned(), often.as_str().to_owned()));
    view! {
        <Card title="Back up by the clock">
            <PostForm form>
                <WhichIndex shown />
                <Field
                    name="name"
                    id="field-schedule-name"
                    label="Name of the schedule"
                    mono=true
                    required=true
                    placeholder="nightly"
                    error=form.error(Input::ScheduleName)
                />
                <div class="form-row">
                    <Select
                        name="frequency"
                        label="How often"
                        options=often.to_vec()
                        selected="daily".to_owned()
                        error=form.error(Input::Frequency)
                    />
                    <Field
                        name="days"
                        label="Days to keep"
                        inputmode="numeric"
                        pattern="[0-9]+"
                        required=true
                        value="7".to_owned()
                        error=form.error(Input::RetentionDays)
                    />
                </div>
                <div class="form-actions">
                    <Submit pending=form.pending() disabled_reason=why_not>
                        "Add schedule"
                    </Submit>
                </div>
            </PostForm>
        </Card>
    }
    .into_any()
}
