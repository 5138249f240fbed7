//! Which vectors an index takes.

use super::{CreateIndex, models::MODELS};
use crate::{
    form::{Form, Input},
    snippets::Creation,
    ui::*,
};
use conifer_domain::indexes::{Metric, VectorType};
use leptos::prelude::*;

#[component]
pub fn VectorChoice(form: Form<CreateIndex>, new: RwSignal<Creation>) -> impl IntoView {
    let kinds = vec![
        Choice::new(
            "dense",
            "Dense",
            "A fixed number of values from an embedding model: finds what means the same.",
        ),
        Choice::new(
            "sparse",
            "Sparse",
            "A few values out of very many places, from words or a sparse model: finds what says the same.",
        ),
    ];
    let chosen = Callback::new(move |kind: String| {
        new.update(|new| new.kind = kind.parse().unwrap_or(VectorType::Dense));
    });
    view! {
        <Card title="Vectors">
            <Choices name="vector_type" label="Type" choices=kinds selected="dense" on_change=chosen />
            <div class="dense-only stack">
                <Size form new />
                <MetricChoice new />
            </div>
            <p class="sparse-only muted small">
                "Sparse vectors have no dimension, and are compared by the dot product."
            </p>
        </Card>
    }
    .into_any()
}

/// A dimension to type, or a model that has one.
#[component]
fn Size(form: Form<CreateIndex>, new: RwSignal<Creation>) -> impl IntoView {
    let dimension = RwSignal::new(form.typed("dimension").unwrap_or_default());
    let typed = Callback::new(move |text: String| {
        dimension.set(text.clone());
        new.update(|new| new.dimension = text);
    });
    let preset = Callback::new(move |name: String| {
        if let Some(model) = MODELS.iter().find(|model| model.name == name) {
            typed.run(model.dimension.to_string());
            new.update(|new| new.metric = model.metric);
        }
    });
    let models = MODELS.iter().map(|model| (model.name.to_owned(), model.label()));
    let none = (String::new(), "Another model".to_owned());
    view! {
        <div class="form-row">
            <div class="needs-script">
                <Select
                    name="model"
                    label="Model"
                    options=[none].into_iter().chain(models).collect()
                    hint="Fills in what vectors of a known model have."
                    on_change=preset
                />
            </div>
            <Field
                name="dimension"
                label="Dimension"
                inputmode="numeric"
                pattern="[0-9]+"
                placeholder="1536"
                hint="How many values each vector has: 1 to 20,000."
                value=dimension
                live=true
                error=form.error(Input::Dimension)
                on_input=typed
            />
        </div>
    }
    .into_any()
}

#[component]
fn MetricChoice(new: RwSignal<Creation>) -> impl IntoView {
    let metrics = vec![
        Choice::new("cosine", "Cosine", "By direction alone. What most text models are made for."),
        Choice::new(
            "dotproduct",
            "Dot product",
            "By direction and length. For models trained so, and for hybrid search: records may have sparse values too.",
        ),
        Choice::new(
            "euclidean",
            "Euclidean",
            "By distance in space; a smaller score is nearer. For images and measurements.",
        ),
    ];
    let chosen = Callback::new(move |metric: String| {
        new.update(|new| new.metric = metric.parse().unwrap_or(Metric::Cosine));
    });
    let selected = Signal::derive(move || new.with(|new| new.metric.as_str().to_owned()));
    view! { <Choices name="metric" label="Metric" choices=metrics selected on_change=chosen /> }
}
