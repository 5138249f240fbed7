//! The log as JSON lines, read in pieces while it is sent.

use super::{
    Action,
    list::{Key, Row, rows},
};
use crate::{
    Error, Origin, Result, Services,
    authorize::{Done, authorize},
    sessions::Current,
};
use conifer_domain::{
    audit::{AuditEntry, AuditFilter},
    ids::OrganizationId,
    permissions::may,
};
use serde_json::json;

const ENTRIES_PER_PIECE: u32 = 500;

/// What is left to be sent.
pub struct Export {
    services: Services,
    origin: Origin,
    current: Current,
    organization_id: OrganizationId,
    filter: AuditFilter,
    after: Option<Key>,
    done: bool,
}

/// Begins an export, which the log tells as well. It ends with what was there when it began.
pub async fn export(
    services: &Services,
    origin: &Origin,
    current: &Current,
    organization_id: OrganizationId,
    filter: AuditFilter,
) -> Result<Export> {
    let note = services.change::<may::ViewAuditLog, _, _>(
        origin,
        current,
        organization_id,
        json!({ "filter": filter }),
        |_, granted, details| {
            let subject = granted.subject().with(details.clone());
            Box::pin(async move { Ok(Done::noted(granted.at_ms(), Action::AuditExported, subject)) })
        },
    );
    let begun_at_ms = note.await?;
    let until_ms = Some(filter.until_ms.map_or(begun_at_ms + 1, |until| until.min(begun_at_ms + 1)));
    let filter = AuditFilter { until_ms, ..filter };
    let (services, origin, current) = (services.clone(), origin.clone(), current.clone());
    Ok(Export { services, origin, current, organization_id, filter, after: None, done: false })
}

impl Export {
    /// The next lines, until there are none. Whoever loses the right meanwhile gets no more of them.
    pub async fn next(&mut self) -> Option<Result<String>> {
        if self.done {
            return None;
        }
        let piece = self.piece().await;
        self.done |= piece.is_err();
        match piece {
            Ok(lines) if lines.is_empty() => None,
            piece => Some(piece),
        }
    }

    async fn piece(&mut self) -> Result<String> {
        let Self { services, origin, current, organization_id, .. } = self;
        authorize::<may::ViewAuditLog>(services, origin, current, *organization_id).await?;
        let after = self.after.take();
        let rows = rows(&self.services, self.organization_id, &self.filter, after, ENTRIES_PER_PIECE).await?;
        self.done = rows.len() < ENTRIES_PER_PIECE as usize;
        self.after = rows.last().map(|row| (row.at, row.id.clone()));
        rows.into_iter().map(|row| line(&Row::read(row)?)).collect()
    }
}

fn line(entry: &AuditEntry) -> Result<String> {
    let mut line = serde_json::to_string(entry).map_err(Error::internal)?;
    line.push('\n');
    Ok(line)
}
