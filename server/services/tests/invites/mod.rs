//! Invites from sending to the end, each test on both databases.

mod accepting;
mod confined;
mod inviting;
mod letters;

use crate::{browser::Browser, house::origin, mailbox::token, people::Town};
use conifer_domain::{
    ids::{InviteId, ProjectId},
    invites::{Invite, InviteQuery, InviteState, Reader},
    projects::ProjectRole::{self, User},
};
use conifer_services::{Result, authorize::authorize, invites, sessions::Current};

const BOB: &str = "bob@example.com";

async fn invite(town: &Town<'_>, addresses: &str, role: ProjectRole) -> Result<Vec<InviteId>> {
    let services = &town.house.services;
    invites::create(services, &origin(), &town.ada, town.project_id, addresses, role).await
}

/// Invites Bob, and tells the token of the mail and that of a copied link.
async fn invite_bob(town: &Town<'_>) -> (InviteId, String, String) {
    let id = invite(town, BOB, User).await.expect("invited")[0];
    let mailed = town.house.token_to(BOB).await;
    let copied = invites::link(&town.house.services, &origin(), &town.ada, town.project_id, id).await;
    (id, mailed, token(&copied.expect("a link").url))
}

async fn list(town: &Town<'_>, state: Option<InviteState>) -> Vec<Invite> {
    let services = &town.house.services;
    let granted = authorize(services, &origin(), &town.ada, town.project_id).await.expect("a right");
    let query = InviteQuery { state, ..InviteQuery::default() };
    invites::list::<ProjectId>(services, &granted, &query).await.expect("a page").items
}

async fn reader(town: &Town<'_>, who: Option<&Current>, token: &str) -> Reader {
    invites::show(&town.house.services, who, token).await.expect("an invitation").reader
}

/// A new person accepts and is signed in.
async fn accept_as_new(town: &Town<'_>, token: &str, name: &str, password: &str) -> Result<Current> {
    let services = &town.house.services;
    let (_, verified) = invites::accept_as_new(services, &origin(), token, name, password).await?;
    let mut browser = Browser::new(town.house);
    browser.verified(conifer_services::sign_in::Verdict::SignedIn(verified)).await;
    Ok(browser.current().await.expect("signed in"))
}

async fn accept(town: &Town<'_>, who: &Current, token: &str) -> Result<invites::Accepted> {
    invites::accept(&town.house.services, &origin(), who, token).await
}
