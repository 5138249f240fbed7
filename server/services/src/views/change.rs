//! Beginning to look through somebody else's eyes, and ending it.

use super::read::{Begun, KEY, MEMBER, ORGANIZATION_MEMBER, organization_of, project_of};
use crate::{
    Origin, Result, Services,
    audit::{self, Action, Actor, Subject, Trail},
    authorize::{Done, Granted, Right},
    db::Tx,
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
    let data = (current.session_id, Begun { place, of });
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
    (session_id, begun): &(SessionId, Begun),
) -> Result<Done<()>> {
    let (select, target) = match (begun.of, begun.place) {
        (ViewOf::Member(id), ViewPlace::Project(_)) => (MEMBER, id.to_string()),
        (ViewOf::Member(id), ViewPlace::Organization(_)) => (ORGANIZATION_MEMBER, id.to_string()),
        (ViewOf::Key(id), ViewPlace::Project(_)) => (KEY, id.to_string()),
        (ViewOf::Key(_), ViewPlace::Organization(_)) => return Err(Problem::NotFound.into()),
    };
    let found =
        sqlx::query(select).bind(&target).bind(granted.of().to_string()).fetch_optional(&mut *tx).await?;
    found.ok_or(Problem::NotFound)?;
    let text = serde_json::to_string(begun).map_err(crate::Error::internal)?;
    sqlx::query("UPDATE sessions SET viewing = $2 WHERE id = $1")
        .bind(session_id.to_string())
        .bind(text)
        .execute(tx)
        .await?;
    Ok(Done::noted((), Action::ViewBegun, granted.subject().to(target)))
}

/// Back to one's own eyes; nothing when one looks through them already.
pub async fn end(services: &Services, origin: &Origin, current: &Current) -> Result<()> {
    let Some(view) = &current.view else { return Ok(()) };
    let subject =
        Subject { organization_id: Some(view.organization_id), project_id: view.project_id, ..of(view.of()) };
    let trail = Trail::of(services, origin, Actor::User(current.user_id()));
    forget(services, current, trail, subject).await
}

/// Ends what a session keeps but nobody may look through any more.
pub(super) async fn end_dead(services: &Services, current: &Current, text: &str) -> Result<()> {
    let begun: Option<Begun> = serde_json::from_str(text).ok();
    let mut subject = Subject::default();
    if let Some(begun) = begun {
        // What the place is in may be gone with it: the log keeps what was named.
        let (organization_id, project_id) = (organization_of(begun.place), project_of(begun.place));
        subject = Subject { organization_id, project_id, ..of(begun.of) };
    }
    let at_ms = services.clock().now_ms();
    let trail = Trail { actor: Actor::User(current.user_id()), at_ms, origin: None };
    forget(services, current, trail, subject).await
}

fn of(of: ViewOf) -> Subject {
    match of {
        ViewOf::Member(id) => Subject::default().to(id),
        ViewOf::Key(id) => Subject::default().to(id),
    }
}

async fn forget(services: &Services, current: &Current, trail: Trail, subject: Subject) -> Result<()> {
    let data = (current.session_id.to_string(), trail, subject);
    let forget = services.db().write(data, |tx, (id, trail, subject)| {
        Box::pin(async move {
            let ended =
                sqlx::query("UPDATE sessions SET viewing = NULL WHERE id = $1 AND viewing IS NOT NULL")
                    .bind(id)
                    .execute(&mut *tx)
                    .await?;
            // Of several requests that found it dead, one says so.
            match ended.rows_affected() {
                0 => Ok(()),
                _ => audit::record(tx, trail, Action::ViewEnded, subject.clone()).await,
            }
        })
    });
    forget.await
}
