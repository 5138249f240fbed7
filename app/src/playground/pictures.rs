//! What is drawn of results: in a chunk of its own, for whoever comes to see it.

use super::{graph::GraphCard, picture::PictureCard};
use crate::{indexes::IndexAddress, ui::*};
use leptos::prelude::*;

/// What there is to draw.
pub struct Pictured {
    pub scores: Vec<f32>,
    pub place: IndexAddress,
    pub namespace: String,
    /// Of the results.
    pub ids: Vec<String>,
    /// The record whose neighbours are shown first.
    pub around: String,
    pub why_not_delete: Option<String>,
}

/// How the scores are spread, where the results lie, and what is near them.
#[lazy(playground_pictures)]
pub fn pictures(of: Pictured) -> AnyView {
    let Pictured { scores, place, namespace, ids, around, why_not_delete } = of;
    view! {
        <Card title="Scores" text="How the scores of the exact answer are spread.">
            <Histogram label="Scores" numbers=scores />
        </Card>
        <PictureCard place namespace=namespace.clone() ids why_not_delete />
        <GraphCard place namespace record=around />
    }
    .into_any()
}
