//! One operation: what it takes, what it answers, how it is refused.

use crate::ui::*;
use conifer_domain::api_reference::{Field, Operation};
use leptos::prelude::*;

#[component]
pub fn OperationDetails(operation: Operation, open: bool) -> impl IntoView {
    let Operation { id, method, path, summary, parameters, body, status, answer, refusals } = operation;
    let refusals = refusals.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let kind = match method.as_str() {
        "GET" => Kind::Info,
        "POST" => Kind::Success,
        "DELETE" => Kind::Danger,
        _ => Kind::Warning,
    };
    let name = id.clone();
    view! {
        <details class="operation" id=id open=open>
            <summary>
                <Badge kind>{method}</Badge>
                " "
                <code class="operation-path">{path}</code>
                " "
                <span class="operation-summary">{summary}</span>
            </summary>
            <div class="operation-body">
                <Facts>
                    <Fact term="Operation">
                        <Code>{name}</Code>
                    </Fact>
                    <Fact term="Errors">
                        {refusals} " – see " <a href="#errors" rel="external">"below"</a>
                    </Fact>
                </Facts>
                <Shape title="Parameters" fields=parameters none="None." />
                {body.map(|fields| view! { <Shape title="Body" fields none="An empty object." /> })}
                <Shape title=format!("Answer {status}") fields=answer none="No body, or an empty object." />
            </div>
        </details>
    }
    .into_any()
}

#[component]
fn Shape(#[prop(into)] title: String, fields: Vec<Field>, none: &'static str) -> impl IntoView {
    let list = match fields.is_empty() {
        true => view! { <p class="muted">{none}</p> }.into_any(),
        false => view! { <dl class="shape">{fields.into_iter().map(told).collect_view()}</dl> }.into_any(),
    };
    view! {
        <section class="operation-part">
            <h3>{title}</h3>
            {list}
        </section>
    }
    .into_any()
}

fn told(field: Field) -> AnyView {
    let Field { name, kind, required, about } = field;
    view! {
        <div>
            <dt>
                <code>{name}</code>
            </dt>
            <dd>
                <span class="shape-kind">{kind} {required.then_some(", required")}</span>
                {(!about.is_empty()).then(|| view! { <span>{about}</span> })}
            </dd>
        </div>
    }
    .into_any()
}
