//! The sidebar: which project one is in, and where one can go.

use super::{
    here::Here,
    overview::{Overview, part},
    rooms::{Door, Rooms, rooms},
    switcher::Switcher,
};
use crate::{loaded::Loaded, ui::*};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_location};

#[component]
pub fn Sidebar(overview: Loaded<Overview>) -> impl IntoView {
    let here = Here::track();
    view! {
        <aside class="sidebar" id="sidebar" popover="auto" aria-label="Sidebar">
            <div class="sidebar-head">
                {part(
                    overview,
                    || view! { <Skeleton lines=2 /> },
                    move |overview| view! { <Switcher overview here /> },
                )}
            </div>
            <nav class="sidebar-nav" aria-label="Main">
                {part(
                    overview,
                    || (),
                    move |overview| {
                        move || rooms(here.get(), &overview).into_iter().map(|rooms| view! { <RoomList rooms /> }).collect_view()
                    },
                )}
                <p class="nav-heading">"Conifer"</p>
                <ul class="nav-list">
                    <NavLink href="/" glyph=Glyph::Home text="Projects" />
                    <NavLink href="/api-reference" glyph=Glyph::Book text="API reference" />
                    <NavLink href="/account" glyph=Glyph::User text="Account" />
                </ul>
            </nav>
            <div class="sidebar-foot">
                <Wordmark />
            </div>
        </aside>
    }
    .into_any()
}

#[component]
fn RoomList(rooms: Rooms) -> impl IntoView {
    view! {
        <p class="nav-heading">{rooms.heading}</p>
        <ul class="nav-list">{rooms.doors().map(|door| view! { <RoomLink door /> }).collect_view()}</ul>
    }
}

/// Where one may not go stands there all the same, and says why.
#[component]
fn RoomLink(door: Door) -> impl IntoView {
    let path = use_location().pathname;
    let Door { name, glyph, address, why_not, .. } = door.clone();
    let is_here = move || path.with(|path| door.leads_to(path)).then_some("page");
    let link = match &why_not {
        None => view! {
            <a class="nav-link" href=address aria-current=is_here>
                <Icon glyph />
                {name}
            </a>
        }
        .into_any(),
        Some(reason) => view! {
            <a class="nav-link" role="link" tabindex="0" aria-disabled="true" aria-description=reason.clone()>
                <Icon glyph />
                {name}
            </a>
        }
        .into_any(),
    };
    view! { <li>{with_reason(why_not, link)}</li> }
}

#[component]
fn NavLink(#[prop(into)] href: String, glyph: Glyph, text: &'static str) -> impl IntoView {
    let exact = href == "/";
    view! {
        <li>
            <A href exact attr:class="nav-link">
                <Icon glyph />
                {text}
            </A>
        </li>
    }
}
