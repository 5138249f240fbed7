#[cfg(feature = "ssr")]
use crate::server;
use crate::{Failure, calls::Sending, permitted::why_not, ui::*};
use conifer_domain::{
    permissions::Action,
    projects::{ProjectContents, ProjectDetails},
};
use leptos::prelude::*;

#[server(prefix = "/fn", endpoint = "projects/delete")]
pub async fn delete_project(id: String, confirm: String) -> Result<(), Failure> {
    use conifer_domain::permissions::may;

    let (current, origin) = server::signed_in()?;
    let services = server::services()?;
    let granted = server::granted::<may::DeleteProject>(&services, &id).await?;
    conifer_services::projects::delete(&services, &origin, &current, granted.of(), &confirm).await?;
    let organization = format!("/organizations/{}", granted.organization_id());
    server::done(&organization, conifer_domain::notices::Notice::ProjectDeleted);
    Ok(())
}

const DIALOG: &str = "delete-project";

#[component]
pub fn DeleteCard(
    project: ProjectDetails,
    /// None for whom may not delete it.
    contents: Option<ProjectContents>,
) -> impl IntoView {
    let action = Sending::to::<DeleteProject>();
    let why_not = why_not(Action::DeleteProject, project.access);
    let dialog = contents.map(|contents| {
        let name = project.name;
        view! {
            <ConfirmDialog
                id=DIALOG
                title=format!("Delete {name}?")
                confirm="Delete project"
                typed=name
                action
            >
                <p>"Nobody can bring it back. With it goes:"</p>
                <ul>{goes_with_it(contents).map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                <input type="hidden" name="id" value=project.id.to_string() />
            </ConfirmDialog>
        }
    });
    view! {
        <Card title="Delete project" text="With all that is in it." danger=true>
            <div class="form-actions">
                <Button variant=Variant::Danger opens=DIALOG disabled_reason=why_not>
                    "Delete project"
                </Button>
            </div>
        </Card>
        {dialog}
    }
}

fn goes_with_it(contents: ProjectContents) -> [String; 4] {
    [
        counted(contents.members, "the access of 1 member", "the access of {} members"),
        counted(contents.invites, "1 open invite", "{} open invites"),
        counted(contents.indexes, "1 index with its records", "{} indexes with their records"),
        counted(contents.backups, "1 backup", "{} backups"),
    ]
}

fn counted(count: u64, one: &str, many: &str) -> String {
    if count == 1 { one.to_owned() } else { many.replace("{}", &count.to_string()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_is_counted() {
        let contents = ProjectContents { members: 12, invites: 1, indexes: 0, backups: 1 };
        let lines = ["the access of 12 members", "1 open invite", "0 indexes with their records", "1 backup"];
        assert_eq!(goes_with_it(contents), lines);
    }
}
