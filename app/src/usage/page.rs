//! The page of usage of a project or of an organization.

use super::chart::{Charts, Line};
#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    chunks::Page,
    list::{ListControls, use_parameter},
    loaded::{Loaded, load, when_loaded},
    members::{Place, use_place},
    ui::*,
};
#[cfg(feature = "ssr")]
use conifer_domain::permissions::may;
use conifer_domain::usage::{Figures, Share, Usage, UsageQuery};
use leptos::prelude::*;
use leptos_meta::Title;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShownUsage {
    place: Place,
    name: String,
    query: UsageQuery,
    usage: Usage,
}

/// `days`, `index` and `key` are as the address of the page has them.
#[server(prefix = "/fn", endpoint = "usage/look")]
pub async fn look_at_usage(
    place: String,
    #[server(default)] days: String,
    #[server(default)] index: String,
    #[server(default)] key: String,
) -> Result<ShownUsage, Failure> {
    use conifer_services::{organizations, projects, usage};
    let services = server::services()?;
    let query = UsageQuery::read(&days, &index, &key)?;
    let place: Place = place.parse()?;
    let (name, usage) = match place {
        Place::Project(id) => {
            let id = id.to_string();
            let granted = server::granted::<may::ViewProjectUsage>(&services, &id).await?;
            let usage = usage::of_project(&services, &granted, query).await?;
            (projects::get(&services, &server::granted(&services, &id).await?).await?.name, usage)
        }
        Place::Organization(id) => {
            let id = id.to_string();
            let granted = server::granted::<may::ViewUsage>(&services, &id).await?;
            let usage = usage::of_organization(&services, &granted, query).await?;
            (organizations::get(&services, &server::granted(&services, &id).await?).await?.name, usage)
        }
    };
    Ok(ShownUsage { place, name, query, usage })
}

pub struct UsagePage {
    usage: Loaded<ShownUsage>,
}

impl Page for UsagePage {
    fn data() -> Self {
        let place = use_place();
        let [days, index, key] = ["days", "index", "key"].map(use_parameter);
        let look =
            move || LookAtUsage { place: place.get(), days: days.get(), index: index.get(), key: key.get() };
        Self { usage: load(look) }
    }

    fn view(this: Self) -> AnyView {
        when_loaded(this.usage, |shown| view! { <Shown shown /> }).into_any()
    }
}

#[component]
fn Shown(shown: ShownUsage) -> impl IntoView {
    let ShownUsage { place, name, query, usage } = shown;
    let export = format!("{place}/usage/export{}", query.to_query());
    let (days, one_of) = (query.days().to_string(), |id: Option<String>| id.unwrap_or_default());
    let (index, key) =
        (one_of(query.index_id.map(|id| id.to_string())), one_of(query.key_id.map(|id| id.to_string())));
    let is_project = matches!(place, Place::Project(_));
    let narrow = is_project.then(|| {
        view! {
            <Select name="index" label="Index" options=choices("All indexes", &usage.indexes, &index) selected=index />
            <Select name="key" label="API key" options=choices("All keys", &usage.keys, &key) selected=key />
        }
    });
    view! {
        <Title text=format!("Usage of {name}") />
        <PageHeader title="Usage" text="What programs asked for by their API keys, in UTC. It is kept for 90 days.">
            <ButtonLink href=export icon=Glyph::Download attr:download="">
                "Export as CSV"
            </ButtonLink>
        </PageHeader>
        <ListControls label="Choose usage">
            <Select name="days" label="Time" options=times() selected=days />
            {narrow}
        </ListControls>
        <div class="stack">
            <OverTime usage=usage.clone() />
            <Shares title="By project" shares=usage.projects />
            <Shares title="By index" shares=usage.indexes />
            <Shares title="By API key" shares=usage.keys />
        </div>
    }
    .into_any()
}

fn times() -> Vec<(String, String)> {
    [(1, "Today"), (7, "7 days"), (30, "30 days"), (90, "90 days")]
        .map(|(days, text)| (days.to_string(), text.to_owned()))
        .into()
}

/// Those there is usage of, and the one that is chosen.
fn choices(all: &str, shares: &[Share], chosen: &str) -> Vec<(String, String)> {
    let own = shares.iter().filter(|share| !share.id.is_empty());
    let mut choices = vec![(String::new(), all.to_owned())];
    choices.extend(own.map(|share| (share.id.clone(), title(share))));
    if choices.iter().all(|(id, _)| id != chosen) {
        choices.push((chosen.to_owned(), chosen.to_owned()));
    }
    choices
}

fn title(share: &Share) -> String {
    match (&share.name, share.id.is_empty()) {
        (Some(name), _) => name.clone(),
        (None, true) => "No index: the project itself".to_owned(),
        (None, false) => format!("Deleted: {}", share.id),
    }
}

#[component]
fn OverTime(usage: Usage) -> impl IntoView {
    let Usage { total, latency, moments, .. } = usage;
    let figures = |of: fn(Figures) -> u64| -> Vec<Option<f64>> {
        moments.iter().map(|moment| Some(of(moment.figures) as f64)).collect()
    };
    let slowest = moments.iter().map(|moment| moment.latency.map(|latency| latency.p99_us as f64)).collect();
    let usual = latency.map_or("nothing asked".to_owned(), |latency| {
        format!("{}, half within {}", duration_us(latency.p99_us), duration_us(latency.p50_us))
    });
    let lines = vec![
        Line {
            label: "Requests",
            numbers: figures(|all| all.requests),
            total: count(total.requests),
            write: count,
        },
        Line {
            label: "Errors",
            numbers: figures(|all| all.errors),
            total: count(total.errors),
            write: count,
        },
        Line { label: "Latency p99", numbers: slowest, total: usual, write: duration_us },
        Line {
            label: "Read units",
            numbers: figures(|all| all.read_units),
            total: count(total.read_units),
            write: count,
        },
        Line {
            label: "Write units",
            numbers: figures(|all| all.write_units),
            total: count(total.write_units),
            write: count,
        },
        Line {
            label: "Records written",
            numbers: figures(|all| all.records),
            total: count(total.records),
            write: count,
        },
        Line {
            label: "Received",
            numbers: figures(|all| all.bytes),
            total: bytes(total.bytes),
            write: bytes,
        },
    ];
    view! {
        <Card title="Over time">
            <Charts lines />
        </Card>
    }
    .into_any()
}

#[component]
fn Shares(title: &'static str, shares: Vec<Share>) -> impl IntoView {
    let row = |share: Share| {
        let figures = share.figures;
        view! {
            <tr>
                <th scope="row">{self::title(&share)}</th>
                <Cell label="Requests">{count(figures.requests)}</Cell>
                <Cell label="Errors">{count(figures.errors)}</Cell>
                <Cell label="Read units">{count(figures.read_units)}</Cell>
                <Cell label="Write units">{count(figures.write_units)}</Cell>
                <Cell label="Records written">{count(figures.records)}</Cell>
                <Cell label="Received">{bytes(figures.bytes)}</Cell>
            </tr>
        }
    };
    const HEAD: [&str; 7] =
        ["Name", "Requests", "Errors", "Read units", "Write units", "Records written", "Received"];
    (!shares.is_empty()).then(|| {
        view! {
            <Table caption=title show_caption=true head=HEAD.into()>
                {shares.into_iter().map(row).collect_view()}
            </Table>
        }
    })
}
