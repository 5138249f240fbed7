//! Results and their surroundings in two dimensions.

use super::functions::PictureRecords;
use crate::{
    indexes::IndexAddress,
    loaded::{load, when_loaded_below_title},
    records::RecordTable,
    ui::*,
};
use conifer_domain::records::{Picture, Point, Record};
use leptos::prelude::*;

const CHOSEN_SHOWN_MAX: usize = 200;

#[component]
pub fn PictureCard(
    place: IndexAddress,
    namespace: String,
    ids: Vec<String>,
    why_not_delete: Option<String>,
) -> impl IntoView {
    let of_chosen = StoredValue::new((namespace.clone(), why_not_delete));
    let asked = StoredValue::new((place.index.to_string(), namespace, ids));
    let picture = load(move || {
        let (id, namespace, ids) = asked.get_value();
        PictureRecords { id, namespace, ids }
    });
    view! {
        <Card
            title="Where they lie"
            text="The two directions in which these records differ most. The results are ringed; around them are others of the namespace. Draw a line around some to choose them."
        >
            {when_loaded_below_title(
                picture,
                move |picture| {
                    let (namespace, why_not_delete) = of_chosen.get_value();
                    view! { <Drawn picture place namespace why_not_delete /> }
                },
            )}
        </Card>
    }
    .into_any()
}

#[component]
fn Drawn(
    picture: Picture,
    place: IndexAddress,
    namespace: String,
    why_not_delete: Option<String>,
) -> impl IntoView {
    if picture.points.is_empty() {
        return view! { <p class="muted">"Only dense vectors can be drawn."</p> }.into_any();
    }
    let near = RwSignal::new(None::<usize>);
    let chosen = RwSignal::new(Vec::<usize>::new());
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
        <Scatter label dots marked=(0..found).collect() near chosen />
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
        <p class="muted small">
            "With the keyboard: arrow keys walk from one to the next, Enter chooses, Escape lets all go. Shift adds to what is chosen."
        </p>
        {move || {
            let chosen = chosen.get();
            let records = points.with_value(|points| records_of(points, &chosen));
            (!records.is_empty())
                .then(|| {
                    view! {
                        <ChosenRecords
                            records
                            count=chosen.len()
                            place
                            namespace=namespace.clone()
                            why_not_delete=why_not_delete.clone()
                        />
                    }
                })
        }}
    }
    .into_any()
}

/// As many as a table shows.
fn records_of(points: &[Point], chosen: &[usize]) -> Vec<Record> {
    let found = chosen.iter().filter_map(|nth| points.get(*nth)).take(CHOSEN_SHOWN_MAX);
    found
        .map(|point| Record { id: point.id.clone(), metadata: point.metadata.clone(), ..Record::default() })
        .collect()
}

/// What can be done with what somebody chose: what can be done with records anywhere.
#[component]
fn ChosenRecords(
    records: Vec<Record>,
    count: usize,
    place: IndexAddress,
    namespace: String,
    why_not_delete: Option<String>,
) -> impl IntoView {
    let shown = records.len();
    let title = counted(count as u64, "record");
    let more = (shown < count).then(|| format!(" The first {shown} are listed."));
    view! {
        <section class="stack" aria-label="Chosen records">
            <p role="status">{title} " chosen." {more}</p>
            <RecordTable
                records
                columns=String::new()
                namespace
                one=place.page("record")
                index_id=place.index.to_string()
                why_not_delete
            />
        </section>
    }
    .into_any()
}
