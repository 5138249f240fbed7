//! Whether a view that was begun still counts: who looks must still be allowed to, and whose view it is must be there.

use super::sight::{Eyes, View};
use crate::{
    Error, Result, Services,
    authorize::{Author, Of, standing_of},
    sessions::Current,
};
use conifer_domain::{
    ids::OrganizationId,
    permissions::{Action, Verdict, verdict},
    views::{ViewOf, ViewPlace, Viewed},
};
use serde::{Deserialize, Serialize};

/// What the session keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Begun {
    /// That which the place is in: the log is told when the place is gone as well.
    pub(super) organization_id: OrganizationId,
    pub(super) place: ViewPlace,
    pub(super) of: ViewOf,
}

impl Begun {
    /// As the session keeps it.
    pub(super) fn text(&self) -> Result<String> {
        serde_json::to_string(self).map_err(Error::internal)
    }
}

/// The view that this session looks through; none when what it keeps cannot be read. One that counts no more stays,
/// with nobody's eyes: what was asked for in a view must never be done by one's own right.
pub(crate) async fn of(services: &Services, current: &Current, text: &str) -> Result<Option<View>> {
    let Ok(begun) = serde_json::from_str(text) else { return Ok(None) };
    let (eyes, shown) = read(services, current, begun).await?.unwrap_or((Eyes::Nobody, Viewed::Over));
    Ok(Some(View { viewer: current.user_id(), begun, eyes, shown }))
}

async fn read(services: &Services, current: &Current, begun: Begun) -> Result<Option<(Eyes, Viewed)>> {
    let may_look = match begun.place {
        ViewPlace::Project(id) => may(services, current, id, Action::ViewAs).await?,
        ViewPlace::Organization(id) => may(services, current, id, Action::ViewAsOrganizationMember).await?,
    };
    if !may_look {
        return Ok(None);
    }
    Ok(match (begun.of, begun.place) {
        (ViewOf::Member(id), ViewPlace::Project(place)) => {
            shown(services, MEMBER, &id, &place).await?.map(|shown| (Eyes::Member(id), shown(false)))
        }
        (ViewOf::Member(id), ViewPlace::Organization(place)) => {
            let shown = shown(services, ORGANIZATION_MEMBER, &id, &place).await?;
            shown.map(|shown| (Eyes::Member(id), shown(false)))
        }
        (ViewOf::Key(id), ViewPlace::Project(place)) => {
            let key = crate::api_keys::by_id(services, id).await?;
            let shown = shown(services, KEY, &id, &place).await?;
            key.zip(shown).map(|(key, shown)| (Eyes::Key(key), shown(true)))
        }
        (ViewOf::Key(_), ViewPlace::Organization(_)) => None,
    })
}

async fn may<O: Of>(services: &Services, current: &Current, of: O, action: Action) -> Result<bool> {
    let standing = standing_of(services.db(), of, Author::Person(current.user_id())).await?;
    Ok(standing.is_some_and(|standing| verdict(action, standing.role) == Verdict::Allow))
}

/// Each selects the name of `$1` and that of the place `$2` that it is in.
pub(super) const MEMBER: &str = "SELECT u.name, p.name AS place FROM project_members m
     JOIN users u ON u.id = m.user_id JOIN projects p ON p.id = m.project_id
     WHERE m.user_id = $1 AND m.project_id = $2";
pub(super) const ORGANIZATION_MEMBER: &str = "SELECT u.name, o.name AS place FROM organization_members m
     JOIN users u ON u.id = m.user_id JOIN organizations o ON o.id = m.organization_id
     WHERE m.user_id = $1 AND m.organization_id = $2";
pub(super) const KEY: &str =
    "SELECT k.name, p.name AS place FROM api_keys k JOIN projects p ON p.id = k.project_id
     WHERE k.id = $1 AND k.project_id = $2 AND k.revoked_at IS NULL";

/// What is told of it, once it is said whether it is of a key.
async fn shown(
    services: &Services,
    select: &'static str,
    of: &impl ToString,
    place: &impl ToString,
) -> Result<Option<impl FnOnce(bool) -> Viewed>> {
    let row: Option<(String, String)> = sqlx::query_as(select)
        .bind(of.to_string())
        .bind(place.to_string())
        .fetch_optional(services.db().pool())
        .await?;
    Ok(row.map(|(name, place)| move |is_key| Viewed::Through { name, is_key, place }))
}
