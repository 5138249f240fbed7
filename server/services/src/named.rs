//! What organizations and projects share: they have a name, and typing it deletes them.

use crate::{
    Result,
    audit::Action,
    authorize::{Done, Granted, Of, Right},
    db::Tx,
};
use conifer_domain::{
    Field, Problem, Rule,
    ids::{OrganizationId, ProjectId},
    names::is_as_shown,
    permissions::Permission,
};
use serde_json::json;

pub(crate) trait Named: Of {
    const NAME: &'static str;
    const DELETE: &'static str;
}

impl Named for OrganizationId {
    const NAME: &'static str = "SELECT name FROM organizations WHERE id = $1";
    const DELETE: &'static str = "DELETE FROM organizations WHERE id = $1";
}

impl Named for ProjectId {
    const NAME: &'static str = "SELECT name FROM projects WHERE id = $1";
    const DELETE: &'static str = "DELETE FROM projects WHERE id = $1";
}

pub(crate) async fn name_of<O: Named>(tx: &mut Tx, of: O) -> Result<String> {
    let (name,): (String,) = sqlx::query_as(O::NAME).bind(of.to_string()).fetch_one(tx).await?;
    Ok(name)
}

/// Only by its name, so that nobody deletes the wrong one. Foreign keys take along what is in it.
pub(crate) async fn delete<P>(
    tx: &mut Tx,
    granted: &Granted<P>,
    typed_name: &str,
    action: Action,
) -> Result<Done<()>>
where
    P: Right + Permission<Of: Named>,
{
    let name = name_of(tx, granted.of()).await?;
    if !is_as_shown(typed_name, &name) {
        return Err(Problem::invalid(Field::TypedName, Rule::Mismatch).into());
    }
    sqlx::query(P::Of::DELETE).bind(granted.of().to_string()).execute(tx).await?;
    Ok(Done::noted((), action, granted.subject().with(json!({ "name": name }))))
}
