//! A member as the log keeps them: readable after they are gone.

use crate::{
    Result,
    db::{Tx, parse},
};
use conifer_domain::ids::UserId;
use serde_json::{Value, json};
use std::str::FromStr;

pub(crate) struct Kept<R> {
    pub(crate) role: R,
    pub(crate) email: String,
    name: String,
}

impl<R: FromStr> Kept<R> {
    /// `sql` selects role, name and e-mail of user `$2` in `$1`.
    pub(crate) async fn find(
        tx: &mut Tx,
        sql: &'static str,
        of: String,
        user_id: UserId,
    ) -> Result<Option<Self>> {
        let row: Option<(String, String, String)> =
            sqlx::query_as(sql).bind(of).bind(user_id.to_string()).fetch_optional(tx).await?;
        row.map(|(role, name, email)| Ok(Self { role: parse(&role)?, name, email })).transpose()
    }

    /// What happened, with whom it happened to.
    pub(crate) fn details(&self, mut what: Value) -> Value {
        what["name"] = json!(self.name);
        what["email"] = json!(self.email);
        what
    }
}
