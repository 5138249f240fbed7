//! Results and their surroundings in two dimensions.

use super::functions::PictureRecords;
use crate::{
    loaded::{load, when_loaded_below_title},
    ui::*,
};
use conifer_domain::records::Picture;
use leptos::prelude::*;

#[component]
pub fn PictureCard(index_id: String, namespace: String, ids: Vec<String>) -> impl IntoView {
    let asked = StoredValue::new((index_id, namespace, ids));
    let picture = load(move || {
        let (id, namespace, ids) = asked.get_value();
        PictureRecords { id, namespace, ids }
    });
    view! {
        <Card
            title="Where they lie"
            text="The two directions in which these records differ most. The results are ringed; around them are others of the namespace."
        >
            {when_loaded_below_title(picture, |picture| view! { <Drawn picture /> })}
        </Card>
    }
    .into_any()
}

#[component]
fn Drawn(picture: Picture) -> impl IntoView {
    if picture.points.is_empty() {
        return view! { <p class="muted">"Only dense vectors can be drawn."</p> }.into_any();
    }
    let near = RwSignal::new(None::<usize>);
    let found = picture.points.iter().take_while(|point| point.found).count();
    let dots = picture.points.iter().map(|point| Dot {
        x: point.x,
        y: point.y,
        hue: if point.found { 0 } else { HUES - 1 },
    });
    let dots: Vec<Dot> = dots.collect();
    let label = format!("{} records in two dimensions, {found} of them results", dots.len());
    let shares: f32 = picture.shares.iter().sum();
    let points = StoredValue::new(picture.points);
    let told = move || {
        let nth = near.get()?;
        points.with_value(|points| {
            points.get(nth).map(|point| {
                let metadata = serde_json::Value::Object(point.metadata.clone()).to_string();
                view! { <span class="mono strong">{point.id.clone()}</span> " " <span class="muted mono">{metadata}</span> }
            })
        })
    };
    view! {
        <Scatter label dots marked=(0..found).collect() near />
        <p class="scatter-told" role="status">
            {told}
        </p>
        <div class="spread">
            <ul class="legend">
                <li class="hue-0">
                    <span class="legend-dot"></span>
                    "Results"
                </li>
                <li class="hue-7">
                    <span class="legend-dot"></span>
                    "Others"
                </li>
            </ul>
            <p class="muted small">{format!("Shows {:.0} % of all difference.", shares * 100.0)}</p>
        </div>
    }
    .into_any()
}
