//! Where an index is said to run.

use super::CreateIndex;
use crate::{
    form::{Form, Input},
    snippets::Creation,
    ui::*,
};
use leptos::prelude::*;

#[component]
pub fn DeploymentChoice(form: Form<CreateIndex>, new: RwSignal<Creation>) -> impl IntoView {
    let ways = vec![
        Choice::new(
            "serverless",
            "Serverless",
            "Nothing to size. The right choice unless a program asks for pods.",
        ),
        Choice::new("pod", "Pods", "With a pod type and replicas, which count towards the project's pods."),
    ];
    let pod_type = RwSignal::new("p1.x1".to_owned());
    let chosen = Callback::new(move |way: String| {
        let pods = (way == "pod").then(|| pod_type.get_untracked());
        new.update(|new| new.pods = pods);
    });
    let typed = Callback::new(move |text: String| {
        pod_type.set(text.clone());
        new.update(|new| new.pods = Some(text));
    });
    let types = ["s1", "p1", "p2"]
        .into_iter()
        .flat_map(|kind| ["x1", "x2", "x4", "x8"].map(|size| format!("{kind}.{size}")))
        .map(|name| (name.clone(), name));
    view! {
        <Card
            title="Deployment"
            text="It runs on this server whatever is said here; programs are shown back what they asked for."
        >
            <Choices name="deployment" label="Kind" choices=ways selected="serverless" on_change=chosen />
            <div class="form-row serverless-only">
                <Field
                    name="cloud"
                    label="Cloud"
                    value="aws".to_owned()
                    required=true
                    error=form.error(Input::Cloud)
                    on_input=Callback::new(move |text| new.update(|new| new.cloud = text))
                />
                <Field
                    name="region"
                    label="Region"
                    value="us-east-1".to_owned()
                    required=true
                    error=form.error(Input::Region)
                    on_input=Callback::new(move |text| new.update(|new| new.region = text))
                />
            </div>
            <div class="form-row pod-only">
                <Select
                    name="pod_type"
                    label="Pod type"
                    options=types.collect()
                    selected="p1.x1".to_owned()
                    error=form.error(Input::PodType)
                    on_change=typed
                />
                <Field
                    name="replicas"
                    label="Replicas"
                    inputmode="numeric"
                    pattern="[0-9]+"
                    value="1".to_owned()
                    required=true
                    error=form.error(Input::Replicas)
                />
                <Field
                    name="environment"
                    label="Environment"
                    value="local".to_owned()
                    required=true
                    error=form.error(Input::Environment)
                />
            </div>
        </Card>
    }
    .into_any()
}
