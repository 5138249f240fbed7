//! Reading who is in.

use crate::{
    Result, Services,
    authorize::Granted,
    db::{Select, after, page, parse},
};
use conifer_domain::{
    Problem,
    members::{Member, MemberQuery, ProjectMember},
    paging::Page,
    permissions::may,
};
use std::str::FromStr;

/// Those with a role of their own in the project, sorted by name.
pub async fn list(
    services: &Services,
    granted: &Granted<may::ViewMembers>,
    query: &MemberQuery,
) -> Result<Page<ProjectMember>> {
    let from = "FROM project_members m JOIN users u ON u.id = m.user_id WHERE m.project_id =";
    list_of(services, from, granted.of().to_string(), query).await
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    name_key: String,
    email: String,
    role: String,
    created_at: i64,
    last_seen_at: Option<i64>,
    confirmed: i64,
}

const MEMBERS: &str = "SELECT u.id, u.name, u.name_key, u.email, m.role, m.created_at, u.last_seen_at,
     CASE WHEN u.confined_to IS NULL THEN 1 ELSE 0 END AS confirmed";

/// The members `m` that are users `u`; `from` ends where the id of what they are in belongs.
pub(crate) async fn list_of<R: FromStr>(
    services: &Services,
    from: &'static str,
    of: String,
    query: &MemberQuery,
) -> Result<Page<Member<R>>> {
    let mut select =
        Select::new(MEMBERS).push(from).bind(of).containing(&["u.name_key", "u.email_key"], &query.search);
    if let Some((name_key, id)) = after::<(String, String)>(&query.paging)? {
        select = select.push("AND (u.name_key, u.id) > (").bind(name_key).push(",").bind(id).push(")");
    }
    let limit = i64::from(query.paging.length()) + 1;
    let rows: Vec<Row> =
        select.push("ORDER BY u.name_key, u.id LIMIT").bind(limit).fetch(services.db()).await?;
    page(rows, &query.paging, |row| (row.name_key.clone(), row.id.clone()), Row::read)
}

/// The one member for whom `which` ends with `value`.
pub(crate) async fn one_of<R: FromStr>(
    services: &Services,
    from: &'static str,
    of: String,
    which: &'static str,
    value: String,
) -> Result<Member<R>> {
    let select = Select::new(MEMBERS).push(from).bind(of).push(which).bind(value);
    let row = select.fetch::<Row>(services.db()).await?.pop().ok_or(Problem::NotFound)?;
    row.read()
}

impl Row {
    fn read<R: FromStr>(self) -> Result<Member<R>> {
        Ok(Member {
            id: parse(&self.id)?,
            name: self.name,
            email: self.email,
            role: parse(&self.role)?,
            since_ms: self.created_at,
            last_seen_ms: self.last_seen_at,
            confirmed: self.confirmed != 0,
        })
    }
}
