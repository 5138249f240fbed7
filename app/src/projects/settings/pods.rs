#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    form::{Form, Input, PostForm},
    permitted::why_not,
    ui::*,
};
use conifer_domain::{
    permissions::{Action, Role},
    pods::ProjectPods,
};
use leptos::prelude::*;

#[server(prefix = "/fn", endpoint = "projects/limit-pods")]
pub async fn limit_pods(id: String, limit: String) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let (services, id) = (server::services()?, server::id(&id)?);
    let limit = conifer_domain::pods::read_limit(&limit)?;
    conifer_services::pods::set_limit(&services, &origin, &current, id, limit).await?;
    let settings = format!("/projects/{id}/settings");
    server::done(&settings, conifer_domain::notices::Notice::PodLimitSet);
    Ok(())
}

#[component]
pub fn PodsCard(id: String, access: Role, pods: ProjectPods) -> impl IntoView {
    let form = Form::<LimitPods>::new();
    view! {
        <Card title="Pods" text=used(pods)>
            <PostForm form>
                <input type="hidden" name="id" value=id />
                <Field
                    name="limit"
                    label="Pod limit"
                    inputmode="numeric"
                    pattern="[0-9]+"
                    required=true
                    value=form.typed("limit").unwrap_or_else(|| pods.limit.to_string())
                    hint="All its indexes together may have as many. Replicas and shards count; indexes without pods do not."
                    error=form.error(Input::PodLimit)
                />
                <div class="form-actions">
                    <Submit
                        pending=form.pending()
                        disabled_reason=why_not(Action::UpdateProjectPodLimits, access)
                    >
                        "Save limit"
                    </Submit>
                </div>
            </PostForm>
        </Card>
    }
    .into_any()
}

fn used(ProjectPods { limit, used }: ProjectPods) -> String {
    format!("Used: {used} of {limit}.")
}
