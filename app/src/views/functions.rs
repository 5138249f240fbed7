//! What begins and ends a view.

use crate::Failure;
#[cfg(feature = "ssr")]
use crate::{api_keys::key_address, members::Place, server};
#[cfg(feature = "ssr")]
use conifer_domain::{
    Problem,
    views::{ViewOf, ViewPlace},
};
#[cfg(feature = "ssr")]
use conifer_services::views;
use leptos::prelude::*;

/// Of a member or of a key: one of both ids is given.
#[server(prefix = "/fn", endpoint = "views/begin")]
pub async fn begin_view(
    place: String,
    #[server(default)] user_id: String,
    #[server(default)] key_id: String,
) -> Result<(), Failure> {
    let services = server::services()?;
    let (current, origin) = server::signed_in()?;
    let place: Place = server::id(&place)?;
    let of = match (user_id.as_str(), key_id.as_str()) {
        (user, "") => ViewOf::Member(server::id(user)?),
        ("", key) => ViewOf::Key(server::id(key)?),
        _ => return Err(Problem::BadRequest.into()),
    };
    views::begin(&services, &origin, &current, named(place), of).await?;
    let is_key = matches!(of, ViewOf::Key(_));
    leptos_axum::redirect(&if is_key { format!("{place}/indexes") } else { place.to_string() });
    Ok(())
}

#[cfg(feature = "ssr")]
const fn named(place: Place) -> ViewPlace {
    match place {
        Place::Organization(id) => ViewPlace::Organization(id),
        Place::Project(id) => ViewPlace::Project(id),
    }
}

/// Back to where it was begun, if that is still there.
#[server(prefix = "/fn", endpoint = "views/end")]
pub async fn end_view() -> Result<(), Failure> {
    let services = server::services()?;
    let (current, origin) = server::signed_in()?;
    views::end(&services, &origin, &current).await?;
    let back = current.view.filter(|view| !view.is_over()).map(|view| match (view.of(), view.place()) {
        (ViewOf::Key(key), ViewPlace::Project(id)) => key_address(id, key),
        (_, ViewPlace::Project(id)) => Place::Project(id).members(),
        (_, ViewPlace::Organization(id)) => Place::Organization(id).members(),
    });
    leptos_axum::redirect(back.as_deref().unwrap_or("/"));
    Ok(())
}
