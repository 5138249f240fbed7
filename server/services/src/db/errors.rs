//! What a database's errors mean: the one place that knows codes and the names of constraints.

use crate::Error;
use conifer_domain::{Field, Problem, Rule};
use sqlx::error::DatabaseError;

/// The problem behind a broken constraint that a person can cause. PostgreSQL names the constraint,
/// SQLite the columns.
pub(crate) fn constraint(error: &dyn DatabaseError) -> Option<Problem> {
    if !error.is_unique_violation() {
        return None;
    }
    let columns = error.message().rsplit_once(": ").map(|(_, columns)| columns);
    match error.constraint().or(columns)? {
        "users_email_key_key" | "users.email_key" => Some(Problem::invalid(Field::Email, Rule::Taken)),
        "projects_organization_id_name_key_key" | "projects.organization_id, projects.name_key" => {
            Some(Problem::invalid(Field::ProjectName, Rule::Taken))
        }
        "api_keys_by_name" | "api_keys.project_id, api_keys.name_key" => {
            Some(Problem::invalid(Field::KeyName, Rule::Taken))
        }
        "service_accounts_by_name" | "service_accounts.organization_id, service_accounts.name_key" => {
            Some(Problem::invalid(Field::ServiceAccountName, Rule::Taken))
        }
        "indexes_project_id_name_key" | "indexes.project_id, indexes.name" => {
            Some(Problem::invalid(Field::IndexName, Rule::Taken))
        }
        "backups_project_id_collection_key" | "backups.project_id, backups.collection" => {
            Some(Problem::invalid(Field::CollectionName, Rule::Taken))
        }
        "backup_schedules_enabled_for_key" | "backup_schedules.enabled_for" => {
            Some(Problem::invalid(Field::ScheduleName, Rule::AnotherEnabled))
        }
        "saved_queries_index_id_name_key_key" | "saved_queries.index_id, saved_queries.name_key" => {
            Some(Problem::invalid(Field::QueryName, Rule::Taken))
        }
        _ => None,
    }
}

/// The transaction lost against another and may win when tried again.
pub(crate) fn is_stale(error: &Error) -> bool {
    let Error::Database(sqlx::Error::Database(error)) = error else {
        return false;
    };
    // Another index took the port first: there may be a next one.
    if error.constraint() == Some("indexes_node_id_port_key") {
        return true;
    }
    // PostgreSQL: serialization failure, deadlock. SQLite: busy in its variants, locked.
    matches!(error.code().as_deref(), Some("40001" | "40P01" | "5" | "261" | "517" | "6" | "262"))
}

/// Not a defect: the database is away, full of work, or shutting down.
pub(crate) fn is_unavailable(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => true,
        sqlx::Error::Database(error) => {
            let code = error.code();
            // PostgreSQL's classes: connection, resources, operator; lock timeout. SQLite: busy, locked, full.
            code.is_some_and(|code| {
                ["08", "53", "57"].iter().any(|class| code.len() == 5 && code.starts_with(class))
                    || matches!(
                        &*code,
                        "40001" | "40P01" | "55P03" | "5" | "261" | "517" | "6" | "262" | "13"
                    )
            })
        }
        _ => false,
    }
}
