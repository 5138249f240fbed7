//! Every operation, by hand: what it does, to what, and a request that a key with the right to it may make.

/// What an operation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The project of the key: a foreign key asks of its own.
    Project,
    /// The index named in the path.
    Index,
    /// Something else of the project, by an id that it does not have.
    Missing,
    /// Records of the default namespace of the index that the address names.
    Records,
    /// All namespaces of it, of which a key sees those that it may.
    Namespaces,
    /// The whole of it: whoever is limited to some namespaces has no part in it.
    Whole,
    /// The same, and an id that it does not have.
    MissingOfWhole,
}

impl About {
    /// Whether the request names an index, in its path or by its address.
    pub fn is_of_an_index(self) -> bool {
        !matches!(self, Self::Project | Self::Missing)
    }
}

pub struct Row {
    pub method: &'static str,
    pub path: &'static str,
    pub action: &'static str,
    pub about: About,
    pub body: &'static str,
}

pub const fn row(
    method: &'static str,
    path: &'static str,
    action: &'static str,
    about: About,
    body: &'static str,
) -> Row {
    Row { method, path, action, about, body }
}

use About::{Index, Missing, MissingOfWhole, Namespaces, Project, Records, Whole};

pub const ROWS: &[Row] = &[
    row("GET", "/indexes", "view indexes", Project, ""),
    row("POST", "/indexes", "create indexes", Project, NEW_INDEX),
    row("GET", "/indexes/{index_name}", "view an index", Index, ""),
    row("PATCH", "/indexes/{index_name}", "configure indexes", Index, r#"{"tags":{"a":"b"}}"#),
    row("DELETE", "/indexes/{index_name}", "delete indexes", Index, ""),
    row("GET", "/indexes/{index_name}/backups", "view backups", Index, ""),
    row("POST", "/indexes/{index_name}/backups", "create backups", Index, "{}"),
    row("GET", "/indexes/{index_name}/backup-schedules", "view backups", Index, ""),
    row("POST", "/indexes/{index_name}/backup-schedules", "create backups", Index, SCHEDULE),
    row("GET", "/backups", "view backups", Project, ""),
    row("GET", "/backups/{backup_id}", "view backups", Missing, ""),
    row("DELETE", "/backups/{backup_id}", "delete backups", Missing, ""),
    // The backup is looked for before anything is made.
    row("POST", "/backups/{backup_id}/create-index", "view backups", Missing, r#"{"name":"again"}"#),
    row("GET", "/restore-jobs", "view backups", Project, ""),
    row("GET", "/restore-jobs/{job_id}", "view backups", Missing, ""),
    row("GET", "/backup-schedules/{schedule_id}", "view backups", Missing, ""),
    // And so is the schedule before it is changed.
    row("PATCH", "/backup-schedules/{schedule_id}", "view backups", Missing, r#"{"enabled":false}"#),
    row("DELETE", "/backup-schedules/{schedule_id}", "view backups", Missing, ""),
    row("GET", "/backup-schedules/{schedule_id}/history", "view backups", Missing, ""),
    row("GET", "/collections", "view backups", Project, ""),
    row("POST", "/collections", "create backups", Index, r#"{"name":"kept","source":"{index_name}"}"#),
    row("GET", "/collections/{collection_name}", "view backups", Missing, ""),
    row("DELETE", "/collections/{collection_name}", "delete backups", Missing, ""),
    row("POST", "/vectors/upsert", "upsert vectors", Records, r#"{"vectors":[{"id":"a","values":[1,0]}]}"#),
    row("POST", "/query", "query vectors", Records, r#"{"topK":1,"vector":[1,0]}"#),
    row("GET", "/vectors/fetch", "fetch vectors", Records, "ids=a"),
    row("POST", "/vectors/fetch_by_metadata", "fetch vectors", Records, r#"{"filter":{"k":1}}"#),
    row("POST", "/vectors/update", "update a vector", Records, r#"{"id":"a","setMetadata":{"k":1}}"#),
    row("POST", "/vectors/delete", "delete a vector", Records, r#"{"ids":["a"]}"#),
    row("GET", "/vectors/list", "list vector IDs", Records, ""),
    row("POST", "/describe_index_stats", "get index stats", Namespaces, "{}"),
    row("GET", "/namespaces", "get index stats", Namespaces, ""),
    row("POST", "/namespaces", "create namespaces", Records, r#"{"name":"new"}"#),
    row("GET", "/namespaces/{namespace}", "get index stats", Records, ""),
    row("DELETE", "/namespaces/{namespace}", "delete namespaces", Records, ""),
    row("GET", "/bulk/imports", "view imports", Whole, ""),
    row("POST", "/bulk/imports", "import vectors", Whole, r#"{"uri":"file://{imports}"}"#),
    row("GET", "/bulk/imports/{id}", "view imports", MissingOfWhole, ""),
    row("DELETE", "/bulk/imports/{id}", "import vectors", MissingOfWhole, ""),
];

const NEW_INDEX: &str = r#"{"name":"made","dimension":2,"spec":{"serverless":{"cloud":"aws","region":"x"}}}"#;
const SCHEDULE: &str = r#"{"name":"nightly","schedule":{"type":"time-based","frequency":"daily"},"retention":{"expire_after_days":7}}"#;
