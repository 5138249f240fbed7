//! The console's listener: pages, server functions, assets, and what operators ask.
//!
//! From the outside in: observe → headers → answers → panics → host → (people only) time → CSRF → session → visitor.

mod answers;
mod assets;
mod audit_export;
mod authenticate;
mod context;
mod deadline;
mod download;
mod export;
mod functions;
mod headers;
mod health;
mod host;
mod index;
mod origin;
mod pages;
mod reached;
#[cfg(debug_assertions)]
mod reload;
mod sessions;
mod site;
mod typed;
mod uploads;
mod usage_export;

use crate::{
    cli::values::{PublicUrl, Secret},
    shutdown::Shutdown,
    telemetry::{
        metrics::Metrics,
        requests::{self, TrustedProxies},
    },
};
use axum::{Router, middleware};
use conifer_services::Services;
pub use reached::ApiDoor;
use tower_http::catch_panic::CatchPanicLayer;

/// What the console's handlers share.
#[derive(Clone)]
pub struct Console {
    pub services: Services,
    pub public_url: PublicUrl,
    pub proxies: TrustedProxies,
    pub metrics: Metrics,
    pub metrics_token: Option<Secret>,
    pub shutdown: Shutdown,
    pub api: ApiDoor,
}

pub fn router(console: Console) -> Router {
    let machines = health::routes().merge(assets::routes());
    #[cfg(debug_assertions)]
    let machines = machines.merge(reload::routes());
    people(&console)
        .merge(machines)
        .layer(middleware::from_fn_with_state(console.clone(), host::check))
        .layer(CatchPanicLayer::custom(answers::after_panic))
        .layer(middleware::from_fn(answers::in_kind))
        .layer(middleware::from_fn_with_state(console.clone(), headers::protect))
        .layer(middleware::from_fn_with_state(console.proxies.clone(), requests::observe))
        .with_state(console)
}

/// Pages and functions: whatever depends on who asks.
fn people(console: &Console) -> Router<Console> {
    let pages = pages::routes(console)
        .merge(audit_export::routes())
        .merge(usage_export::routes())
        .merge(export::routes())
        .merge(uploads::pages())
        .layer(middleware::from_fn_with_state(console.clone(), authenticate::person));
    #[cfg(debug_assertions)]
    let pages = if reload::is_on() { pages.layer(middleware::from_fn(reload::append_script)) } else { pages };
    let functions = functions::routes(console).merge(uploads::routes());
    pages
        .merge(functions)
        .layer(middleware::from_fn_with_state(console.clone(), authenticate::visitor))
        .layer(sessions::layer(console))
        .layer(middleware::from_fn(sessions::secure_removal))
        .layer(origin::guard(&console.public_url))
        .layer(middleware::from_fn(deadline::keep))
}
