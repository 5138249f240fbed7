//! What the page of invites asks the server for and tells it to do.

use super::link::Copied;
#[cfg(feature = "ssr")]
use super::link::FRESH;
#[cfg(feature = "ssr")]
use crate::server;
use crate::{Failure, members::Place};
#[cfg(feature = "ssr")]
use conifer_domain::{
    ids::{OrganizationId, ProjectId},
    notices::Notice,
};
use conifer_domain::{
    invites::{Invite, InviteQuery},
    paging::Page,
};
#[cfg(feature = "ssr")]
use conifer_services::{authorize::authorize, invites, mail::MailSettings, organizations, projects};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// One page of the invites into a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Invites {
    pub place: Place,
    pub name: String,
    /// Whether mail leaves the server; else links are handed over by hand.
    pub mail_leaves: bool,
    /// A link just copied from one of them.
    pub copied: Option<Copied>,
    pub page: Page<Invite>,
}

#[server(prefix = "/fn", endpoint = "invites/list")]
pub async fn list_invites(place: String, query: InviteQuery) -> Result<Invites, Failure> {
    let services = server::services()?;
    let (current, origin) = server::signed_in()?;
    let place = server::id(&place)?;
    let (name, page) = match place {
        Place::Project(id) => {
            let granted = authorize(&services, &origin, &current, id).await?;
            let page = invites::list::<ProjectId>(&services, &granted, &query).await?;
            let granted = authorize(&services, &origin, &current, id).await?;
            (projects::get(&services, &granted).await?.name, page)
        }
        Place::Organization(id) => {
            let granted = authorize(&services, &origin, &current, id).await?;
            let page = invites::list::<OrganizationId>(&services, &granted, &query).await?;
            let granted = authorize(&services, &origin, &current, id).await?;
            (organizations::get(&services, &granted).await?.name, page)
        }
    };
    let mail_leaves = matches!(services.settings().mail, MailSettings::Smtp { .. });
    let copied = FRESH.kept(&services, &server::session()?).await?.filter(|copied| copied.place == place);
    Ok(Invites { place, name, mail_leaves, copied, page })
}

#[server(prefix = "/fn", endpoint = "invites/create")]
pub async fn invite_people(place: String, addresses: String, role: String) -> Result<(), Failure> {
    let services = server::services()?;
    let (current, origin) = server::signed_in()?;
    let place = server::id(&place)?;
    match place {
        Place::Project(id) => {
            invites::create(&services, &origin, &current, id, &addresses, server::role(&role)?).await?;
        }
        Place::Organization(id) => {
            invites::create(&services, &origin, &current, id, &addresses, server::role(&role)?).await?;
        }
    }
    server::done(&place.invites(), Notice::PeopleInvited);
    Ok(())
}

#[server(prefix = "/fn", endpoint = "invites/resend")]
pub async fn resend_invite(place: String, invite_id: String) -> Result<(), Failure> {
    let services = server::services()?;
    let (current, origin) = server::signed_in()?;
    let (place, invite_id) = (server::id(&place)?, server::id(&invite_id)?);
    match place {
        Place::Project(id) => invites::resend(&services, &origin, &current, id, invite_id).await?,
        Place::Organization(id) => invites::resend(&services, &origin, &current, id, invite_id).await?,
    }
    server::done_on_list(&place.invites(), Notice::InviteResent);
    Ok(())
}

#[server(prefix = "/fn", endpoint = "invites/revoke")]
pub async fn revoke_invite(place: String, invite_id: String) -> Result<(), Failure> {
    let services = server::services()?;
    let (current, origin) = server::signed_in()?;
    let (place, invite_id) = (server::id(&place)?, server::id(&invite_id)?);
    match place {
        Place::Project(id) => invites::revoke(&services, &origin, &current, id, invite_id).await?,
        Place::Organization(id) => invites::revoke(&services, &origin, &current, id, invite_id).await?,
    }
    let session = server::session()?;
    if FRESH.kept(&services, &session).await?.is_some_and(|copied| copied.invite_id == invite_id) {
        FRESH.forget(&session).await?;
    }
    server::done_on_list(&place.invites(), Notice::InviteRevoked);
    Ok(())
}

/// Makes a link to hand over by other ways than mail. It reaches the page through the session, for an
/// address would keep it in histories.
#[server(prefix = "/fn", endpoint = "invites/link")]
pub async fn copy_link(place: String, invite_id: String) -> Result<(), Failure> {
    let services = server::services()?;
    let (current, origin) = server::signed_in()?;
    let (place, invite_id) = (server::id(&place)?, server::id(&invite_id)?);
    let link = match place {
        Place::Project(id) => invites::link(&services, &origin, &current, id, invite_id).await?,
        Place::Organization(id) => invites::link(&services, &origin, &current, id, invite_id).await?,
    };
    let copied = Copied { place, invite_id, email: link.email, url: link.url };
    FRESH.keep(&services, &server::session()?, copied).await?;
    server::done_on_list(&place.invites(), Notice::InviteLinkMade);
    Ok(())
}

/// Shows the copied link no longer.
#[server(prefix = "/fn", endpoint = "invites/forget-link")]
pub async fn forget_link(place: String) -> Result<(), Failure> {
    server::signed_in()?;
    let place: Place = server::id(&place)?;
    FRESH.forget(&server::session()?).await?;
    server::done_on_list(&place.invites(), Notice::InviteLinkForgotten);
    Ok(())
}
