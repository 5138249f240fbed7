//! A query whose conditions depend on what is asked for.

use super::Db;
use crate::{Error, Result};
use conifer_domain::{limits::SEARCH_LENGTH_MAX_CHARS, names::fold};
use sqlx::{
    Any, Arguments, AssertSqlSafe, Encode, FromRow, Type,
    any::{AnyArguments, AnyRow},
};
use std::{collections::BTreeSet, fmt::Write};

/// Its text is made of words of the source alone: values can only be bound.
pub(crate) struct Select {
    sql: String,
    arguments: AnyArguments,
    failed: Option<sqlx::error::BoxDynError>,
}

impl Select {
    pub(crate) fn new(sql: &'static str) -> Self {
        Self { sql: sql.into(), arguments: AnyArguments::default(), failed: None }
    }

    pub(crate) fn push(mut self, sql: &'static str) -> Self {
        self.sql.push(' ');
        self.sql.push_str(sql);
        self
    }

    /// Puts the value's place into the text.
    pub(crate) fn bind<'t, V: Encode<'t, Any> + Type<Any>>(mut self, value: V) -> Self {
        if let Err(error) = self.arguments.add(value) {
            self.failed = Some(error);
        }
        write!(self.sql, " ${}", self.arguments.len()).ok();
        self
    }

    /// `sql` with the value, where there is one.
    pub(crate) fn also<'t, V: Encode<'t, Any> + Type<Any>>(
        self,
        sql: &'static str,
        value: Option<V>,
    ) -> Self {
        match value {
            Some(value) => self.push(sql).bind(value),
            None => self,
        }
    }

    /// `sql` is one of the values, where there are any to choose from.
    pub(crate) fn among(self, sql: &'static str, values: Option<&BTreeSet<String>>) -> Self {
        let Some(values) = values else { return self };
        let mut select = self.push("AND").push(sql).push("IN (");
        for (nth, value) in values.iter().enumerate() {
            select = if nth == 0 { select } else { select.push(",") }.bind(value.clone());
        }
        // A list of nothing is no list to PostgreSQL.
        if values.is_empty() { select.push("NULL )") } else { select.push(")") }
    }

    /// One of the columns, which are in lower case, contains the text.
    pub(crate) fn containing(mut self, columns: &[&'static str], text: &str) -> Self {
        if text.contains('\0') {
            // No text has it, and PostgreSQL takes none that has.
            return self.push("AND 1 = 0");
        }
        let Some(pattern) = pattern(text) else {
            return self;
        };
        for (nth, column) in columns.iter().enumerate() {
            self = self.push(if nth == 0 { "AND (" } else { "OR" }).push(column).push("LIKE");
            self = self.bind(pattern.clone()).push("ESCAPE '!'");
        }
        self.push(")")
    }

    pub(crate) async fn fetch<R>(self, db: &Db) -> Result<Vec<R>>
    where
        R: for<'r> FromRow<'r, AnyRow> + Send + Unpin,
    {
        match self.failed {
            Some(error) => Err(Error::Internal(error)),
            None => {
                let query = sqlx::query_as_with(AssertSqlSafe(self.sql), self.arguments);
                Ok(query.fetch_all(db.pool()).await?)
            }
        }
    }
}

/// None when nothing is searched for.
fn pattern(text: &str) -> Option<String> {
    let text: String = text.trim().chars().take(SEARCH_LENGTH_MAX_CHARS).collect();
    let text = fold(&text);
    if text.is_empty() {
        return None;
    }
    let literal = text.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    Some(format!("%{literal}%"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_searched_for_is_no_pattern() {
        assert_eq!(pattern(" 100%_Sure! ").as_deref(), Some("%100!%!_sure!!%"));
        assert_eq!(pattern("  "), None);
    }

    #[test]
    fn some_of_many_are_chosen() {
        let sql = |values: Option<&BTreeSet<String>>| Select::new("SELECT a WHERE b").among("c", values).sql;
        assert_eq!(sql(None), "SELECT a WHERE b");
        assert_eq!(
            sql(Some(&["x".to_owned(), "y".to_owned()].into())),
            "SELECT a WHERE b AND c IN ( $1 , $2 )"
        );
        assert_eq!(sql(Some(&BTreeSet::new())), "SELECT a WHERE b AND c IN ( NULL )");
    }

    #[test]
    fn values_get_places_in_their_order() {
        let select =
            Select::new("SELECT a FROM b WHERE c =").bind("x".to_owned()).also("AND d =", Some(1_i64));
        let select = select.also("AND e =", None::<i64>).containing(&["f", "g"], "h");
        assert_eq!(
            select.sql,
            "SELECT a FROM b WHERE c = $1 AND d = $2 AND ( f LIKE $3 ESCAPE '!' OR g LIKE $4 ESCAPE '!' )"
        );
    }
}
