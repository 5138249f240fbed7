//! Backups and schedules as tables.

use super::{
    functions::{DeleteBackup, RestoreBackup, UnscheduleBackups},
    page::WhichIndex,
};
use crate::{
    form::{Form, Input, PostForm},
    indexes::ShownIndex,
    permitted::why_not,
    ui::*,
};
use conifer_domain::{
    backups::{Backup, BackupSchedule, BackupState},
    permissions::Action,
};
use leptos::prelude::*;

#[component]
pub fn BackupTable(backups: Vec<Backup>, shown: ShownIndex) -> impl IntoView {
    let row = move |backup: Backup| view! { <BackupRow backup shown=shown.clone() /> };
    view! {
        <Table caption="Backups" head=vec!["Backup", "Records", "Size", "State", "Made", ""]>
            {backups.into_iter().map(row).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn BackupRow(backup: Backup, shown: ShownIndex) -> impl IntoView {
    let (kind, word) = match backup.state {
        BackupState::Making => (Kind::Info, "Being made"),
        BackupState::Ready => (Kind::Success, "Ready"),
        BackupState::Failed => (Kind::Danger, "Failed"),
        BackupState::Deleting => (Kind::Warning, "Being deleted"),
    };
    let id = backup.id.to_string();
    let name = backup.name.clone().unwrap_or_else(|| "Without a name".to_owned());
    let (restore, delete) = (format!("restore-{id}"), format!("delete-{id}"));
    let no_restore = why_not(Action::CreateIndexes, shown.access);
    let no_delete = why_not(Action::DeleteBackups, shown.access);
    let asks = [no_restore.is_none(), no_delete.is_none()];
    let (title, of_restore, of_delete) = (name.clone(), name.clone(), name.clone());
    let in_namespaces = counted(backup.namespaces, "namespace");
    view! {
        <tr>
            <Cell label="Backup">
                <span class="strong">{title}</span>
                {backup.description.map(|text| view! { <span class="cell-sub">{text}</span> })}
            </Cell>
            <Cell label="Records">
                {count(backup.records)} <span class="cell-sub">{in_namespaces}</span>
            </Cell>
            <Cell label="Size">{bytes(backup.size_bytes)}</Cell>
            <Cell label="State">
                <Badge kind>{word}</Badge>
            </Cell>
            <Cell label="Made">
                <Time at_ms=backup.created_at_ms />
            </Cell>
            <ActionCell>
                <div class="row-actions">
                    <Button size=Size::Small opens=restore.clone() disabled_reason=no_restore>
                        "Restore"
                        <span class="visually-hidden">" " {of_restore}</span>
                    </Button>
                    <Button size=Size::Small opens=delete.clone() disabled_reason=no_delete>
                        "Delete"
                        <span class="visually-hidden">" " {of_delete}</span>
                    </Button>
                </div>
                {asks[0].then(|| view! { <RestoreDialog id=restore backup=id.clone() shown=shown.clone() /> })}
                {asks[1].then(|| view! { <DeleteDialog id=delete backup=id name shown /> })}
            </ActionCell>
        </tr>
    }
    .into_any()
}

#[component]
fn RestoreDialog(id: String, backup: String, shown: ShownIndex) -> impl IntoView {
    let form = Form::<RestoreBackup>::in_row();
    let field = format!("{id}-name");
    view! {
        <Dialog id=id.clone() title="Restore into a new index">
            <PostForm form>
                <input type="hidden" name="project_id" value=shown.index.project_id.to_string() />
                <input type="hidden" name="backup_id" value=backup />
                <Field
                    name="name"
                    id=field
                    label="Name of the new index"
                    mono=true
                    required=true
                    autocomplete="off"
                    value=format!("{}-restored", shown.index.name)
                    error=form.error(Input::IndexName)
                />
                <DialogActions dialog=id>
                    <Submit pending=form.pending()>"Restore"</Submit>
                </DialogActions>
            </PostForm>
        </Dialog>
    }
    .into_any()
}

#[component]
fn DeleteDialog(id: String, backup: String, name: String, shown: ShownIndex) -> impl IntoView {
    let form = Form::<DeleteBackup>::in_row();
    view! {
        <ConfirmDialog id title="Delete this backup?" confirm="Delete backup" action=form>
            <p>
                <strong>{name}</strong>
                " cannot be restored any more. The index and indexes made from it stay."
            </p>
            <WhichIndex shown />
            <input type="hidden" name="backup_id" value=backup />
        </ConfirmDialog>
    }
    .into_any()
}

#[component]
pub fn ScheduleTable(schedules: Vec<BackupSchedule>, shown: ShownIndex) -> impl IntoView {
    let row = move |schedule: BackupSchedule| view! { <ScheduleRow schedule shown=shown.clone() /> };
    view! {
        <Table caption="Schedules" show_caption=true head=vec!["Schedule", "How often", "Kept", "Next", ""]>
            {schedules.into_iter().map(row).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn ScheduleRow(schedule: BackupSchedule, shown: ShownIndex) -> impl IntoView {
    let dialog = format!("unschedule-{}", schedule.id);
    let no = why_not(Action::DeleteBackups, shown.access);
    let ask = no.is_none().then(|| {
        let form = Form::<UnscheduleBackups>::in_row();
        view! {
            <ConfirmDialog id=dialog.clone() title="Delete this schedule?" confirm="Delete schedule" action=form>
                <p>"No more backups are made by it. Those it made stay as long as they are to be kept."</p>
                <WhichIndex shown />
                <input type="hidden" name="schedule_id" value=schedule.id.to_string() />
            </ConfirmDialog>
        }
    });
    let of = schedule.name.clone();
    view! {
        <tr>
            <Cell label="Schedule">
                <span class="strong">{schedule.name}</span>
            </Cell>
            <Cell label="How often">{schedule.frequency.as_str()}</Cell>
            <Cell label="Kept">{counted(schedule.retention.in_days().into(), "day")}</Cell>
            <Cell label="Next">
                {match schedule.next_run_at_ms {
                    Some(at_ms) => view! { <Time at_ms /> }.into_any(),
                    None => view! { <span class="muted">"Paused"</span> }.into_any(),
                }}
            </Cell>
            <ActionCell>
                <Button size=Size::Small opens=dialog disabled_reason=no>
                    "Delete"
                    <span class="visually-hidden">" the schedule " {of}</span>
                </Button>
                {ask}
            </ActionCell>
        </tr>
    }
    .into_any()
}
