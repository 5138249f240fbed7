//! What the page of members asks the server for and tells it to do.

use super::place::Place;
use crate::Failure;
#[cfg(feature = "ssr")]
use crate::{permitted::why_not, server, service_accounts::list_address};
use conifer_domain::{
    ids::UserId,
    invites::InvitedRole,
    members::{Member, MemberQuery},
    paging::Page,
    permissions::Role,
    service_accounts::ServiceMembers,
};
#[cfg(feature = "ssr")]
use conifer_domain::{notices::Notice, permissions::Action, service_accounts::ServiceMember};
#[cfg(feature = "ssr")]
use conifer_services::{authorize::authorize, members, organizations, projects, service_accounts};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// One page of the members of a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Members {
    pub place: Place,
    pub name: String,
    /// What the reader is to it.
    pub access: Role,
    /// The reader.
    pub me: UserId,
    pub page: Page<Person>,
    /// Those among them that are programs, with the first page.
    pub programs: Programs,
    /// Where each program has its page, for a reader who may see that.
    pub program_pages: Option<String>,
}

pub type Person = Member<InvitedRole>;
pub type Programs = ServiceMembers<InvitedRole>;

#[server(prefix = "/fn", endpoint = "members/list")]
pub async fn list_members(place: String, query: MemberQuery) -> Result<Members, Failure> {
    let services = server::services()?;
    let (current, origin) = server::signed_in()?;
    let place = server::id(&place)?;
    let is_first = query.paging.after.is_none();
    let (name, access, of, page, programs) = match place {
        Place::Project(id) => {
            let granted = authorize(&services, &origin, &current, id).await?;
            let page = members::list(&services, &granted, &query).await?;
            let programs = match is_first {
                true => programs(service_accounts::of_project(&services, &granted, &query.search).await?),
                false => Programs::default(),
            };
            let project =
                projects::get(&services, &authorize(&services, &origin, &current, id).await?).await?;
            (project.name, granted.role(), granted.organization_id(), people(page), programs)
        }
        Place::Organization(id) => {
            let granted = authorize(&services, &origin, &current, id).await?;
            let page = organizations::members::list(&services, &granted, &query).await?;
            let programs = match is_first {
                true => {
                    programs(service_accounts::of_organization(&services, &granted, &query.search).await?)
                }
                false => Programs::default(),
            };
            let organization =
                organizations::get(&services, &authorize(&services, &origin, &current, id).await?).await?;
            (organization.name, granted.role(), id, people(page), programs)
        }
    };
    let sees_programs = why_not(Action::ViewServiceAccounts, access).is_none();
    let program_pages = sees_programs.then(|| list_address(of));
    Ok(Members { place, name, access, me: current.account.id, page, programs, program_pages })
}

#[cfg(feature = "ssr")]
fn programs<R: Into<InvitedRole>>(found: ServiceMembers<R>) -> Programs {
    let program = |member: ServiceMember<R>| ServiceMember {
        id: member.id,
        name: member.name,
        role: member.role.into(),
        since_ms: member.since_ms,
        last_used_ms: member.last_used_ms,
        disabled: member.disabled,
    };
    Programs { items: found.items.into_iter().map(program).collect(), has_more: found.has_more }
}

#[cfg(feature = "ssr")]
fn people<R: Into<InvitedRole>>(page: Page<Member<R>>) -> Page<Person> {
    let person = |member: Member<R>| Person {
        id: member.id,
        name: member.name,
        email: member.email,
        role: member.role.into(),
        since_ms: member.since_ms,
        last_seen_ms: member.last_seen_ms,
        confirmed: member.confirmed,
    };
    Page { items: page.items.into_iter().map(person).collect(), next: page.next }
}

#[server(prefix = "/fn", endpoint = "members/change-role")]
pub async fn change_role(place: String, user_id: String, role: String) -> Result<(), Failure> {
    let services = server::services()?;
    let (current, origin) = server::signed_in()?;
    let (place, user_id) = (server::id(&place)?, server::id(&user_id)?);
    match place {
        Place::Project(id) => {
            members::change_role(&services, &origin, &current, id, user_id, server::role(&role)?).await?;
        }
        Place::Organization(id) => {
            let role = server::role(&role)?;
            organizations::members::change_role(&services, &origin, &current, id, user_id, role).await?;
        }
    }
    server::done_on_list(&place.members(), Notice::RoleChanged);
    Ok(())
}

#[server(prefix = "/fn", endpoint = "members/remove")]
pub async fn remove_member(place: String, user_id: String) -> Result<(), Failure> {
    let services = server::services()?;
    let (current, origin) = server::signed_in()?;
    let (place, user_id) = (server::id(&place)?, server::id(&user_id)?);
    match place {
        Place::Project(id) => members::remove(&services, &origin, &current, id, user_id).await?,
        Place::Organization(id) => {
            organizations::members::remove(&services, &origin, &current, id, user_id).await?;
        }
    }
    server::done_on_list(&place.members(), Notice::MemberRemoved);
    Ok(())
}

#[server(prefix = "/fn", endpoint = "members/leave")]
pub async fn leave_place(place: String) -> Result<(), Failure> {
    let services = server::services()?;
    let (current, origin) = server::signed_in()?;
    match server::id(&place)? {
        Place::Project(id) => members::leave(&services, &origin, &current, id).await?,
        Place::Organization(id) => organizations::members::leave(&services, &origin, &current, id).await?,
    }
    server::done("/", Notice::PlaceLeft);
    Ok(())
}
