//! Beginning to look through somebody else's eyes, and ending it.

use super::read::{Begun, KEY, MEMBER, ORGANIZATION_MEMBER};
use crate::{
    Origin, Result, Services,
    audit::{self, Action, Actor, Trail},
    authorize::{Done, Granted, Right},
    db::{Changed as _, Tx},
    sessions::Current,
};
use conifer_domain::{
    Problem,
    ids::SessionId,
    permissions::may,
    views::{ViewOf, ViewPlace},
};

/// `NotFound` for a member or a key that is not of the place; `OnlyLooking` while another view is open.
pub async fn begin(
    services: &Services,
    origin: &Origin,
    current: &Current,
    place: ViewPlace,
    of: ViewOf,
) -> Result<()> {
    let data = (current.session_id, place, of);
    match place {
        ViewPlace::Project(id) => {
            services
                .change::<may::ViewAs, _, _>(origin, current, id, data, |tx, granted, data| {
                    Box::pin(keep(tx, granted, data))
                })
                .await
        }
        ViewPlace::Organization(id) => {
            services
                .change::<may::ViewAsOrganizationMember, _, _>(
                    origin,
                    current,
                    id,
                    data,
                    |tx, granted, data| Box::pin(keep(tx, granted, data)),
                )
                .await
        }
    }
}

async fn keep<P: Right>(
    tx: &mut Tx,
    granted: &Granted<P>,
    (session_id, place, of): &(SessionId, ViewPlace, ViewOf),
) -> Result<Done<()>> {
    let (select, target) = match (*of, *place) {
        (ViewOf::Member(id), ViewPlace::Project(_)) => (MEMBER, id.to_string()),
        (ViewOf::Member(id), ViewPlace::Organization(_)) => (ORGANIZATION_MEMBER, id.to_string()),
        (ViewOf::Key(id), ViewPlace::Project(_)) => (KEY, id.to_string()),
        (ViewOf::Key(_), ViewPlace::Organization(_)) => return Err(Problem::NotFound.into()),
    };
    let found =
        sqlx::query(select).bind(&target).bind(granted.of().to_string()).fetch_optional(&mut *tx).await?;
    found.ok_or(Problem::NotFound)?;
    let begun = Begun { organization_id: granted.organization_id(), place: *place, of: *of };
    sqlx::query("UPDATE sessions SET viewing = $2 WHERE id = $1")
        .bind(session_id.to_string())
        .bind(begun.text()?)
        .execute(tx)
        .await?;
    Ok(Done::noted((), Action::ViewBegun, granted.subject().to(target)))
}

/// Back to one's own eyes; nothing when one looks through them already, or through others' that were begun since.
pub async fn end(services: &Services, origin: &Origin, current: &Current) -> Result<()> {
    let Some(view) = &current.view else { return Ok(()) };
    let trail = Trail::of(services, origin, Actor::User(current.user_id()));
    let data = (current.session_id, view.begun.text()?, trail, view.subject());
    let forget = services.db().write(data, |tx, (id, begun, trail, subject)| {
        Box::pin(async move {
            let ended = sqlx::query("UPDATE sessions SET viewing = NULL WHERE id = $1 AND viewing = $2")
                .bind(id.to_string())
                .bind(begun.clone())
                .execute(&mut *tx)
                .await?;
            if !ended.changed() {
                return Ok(());
            }
            audit::record(tx, trail, Action::ViewEnded, subject.clone()).await
        })
    });
    forget.await
}
