//! Whether a view that was begun still counts: who looks must still be allowed to, and whose view it is must be there.

use super::{
    change,
    sight::{Eyes, View},
};
use crate::{
    Result, Services,
    authorize::{Author, Of, Standing, standing_of},
    sessions::Current,
};
use conifer_domain::{
    ids::{OrganizationId, ProjectId},
    permissions::{Action, Verdict, verdict},
    views::{ViewOf, ViewPlace, Viewed},
};
use serde::{Deserialize, Serialize};

/// What the session keeps.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Begun {
    pub(super) place: ViewPlace,
    pub(super) of: ViewOf,
}

/// The view that this session looks through. One that counts no more ends here, and the log says so.
pub(crate) async fn of(services: &Services, current: &Current, text: &str) -> Result<Option<View>> {
    let view = match serde_json::from_str(text) {
        Ok(begun) => read(services, current, begun).await?,
        Err(_) => None,
    };
    if view.is_none() {
        change::end_dead(services, current, text).await?;
    }
    Ok(view)
}

async fn read(services: &Services, current: &Current, begun: Begun) -> Result<Option<View>> {
    let standing = match begun.place {
        ViewPlace::Project(id) => may(services, current, id, Action::ViewAs).await?,
        ViewPlace::Organization(id) => may(services, current, id, Action::ViewAsOrganizationMember).await?,
    };
    let Some(standing) = standing else { return Ok(None) };
    let found = match (begun.of, begun.place) {
        (ViewOf::Member(id), ViewPlace::Project(place)) => {
            shown(services, MEMBER, &id, &place).await?.map(|shown| (Eyes::Member(id), shown))
        }
        (ViewOf::Member(id), ViewPlace::Organization(place)) => {
            shown(services, ORGANIZATION_MEMBER, &id, &place).await?.map(|shown| (Eyes::Member(id), shown))
        }
        (ViewOf::Key(id), ViewPlace::Project(place)) => {
            let key = crate::api_keys::by_id(services, id).await?;
            let shown = shown(services, KEY, &id, &place).await?;
            key.zip(shown).map(|(key, shown)| (Eyes::Key(key), Viewed { is_key: true, ..shown }))
        }
        (ViewOf::Key(_), ViewPlace::Organization(_)) => None,
    };
    Ok(found.map(|(eyes, shown)| View {
        viewer: current.user_id(),
        organization_id: standing.organization_id(),
        project_id: project_of(begun.place),
        eyes,
        shown,
    }))
}

pub(super) const fn project_of(place: ViewPlace) -> Option<ProjectId> {
    if let ViewPlace::Project(id) = place { Some(id) } else { None }
}

pub(super) const fn organization_of(place: ViewPlace) -> Option<OrganizationId> {
    if let ViewPlace::Organization(id) = place { Some(id) } else { None }
}

async fn may<O: Of>(
    services: &Services,
    current: &Current,
    of: O,
    action: Action,
) -> Result<Option<Standing>> {
    let standing = standing_of(services.db(), of, Author::Person(current.user_id())).await?;
    Ok(standing.filter(|standing| verdict(action, standing.role) == Verdict::Allow))
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

async fn shown(
    services: &Services,
    select: &'static str,
    of: &impl ToString,
    place: &impl ToString,
) -> Result<Option<Viewed>> {
    let row: Option<(String, String)> = sqlx::query_as(select)
        .bind(of.to_string())
        .bind(place.to_string())
        .fetch_optional(services.db().pool())
        .await?;
    Ok(row.map(|(name, place)| Viewed { name, is_key: false, place }))
}
