//! The doctor finds what is wrong.

use crate::process::{conifer, run, text};
use std::{os::unix::fs::PermissionsExt, path::Path};

fn findings(data: &Path, flags: &[&str]) -> (Option<i32>, serde_json::Value) {
    let mut command = conifer();
    command.args(["doctor", "--json", "--data"]).arg(data).args(flags);
    command.args(["--console-listen=127.0.0.1:0", "--api-listen=127.0.0.1:0"]);
    let output = run(&mut command, "");
    let findings = serde_json::from_slice(&output.stdout);
    (output.status.code(), findings.unwrap_or_else(|_| panic!("{}", text(&output.stderr))))
}

fn outcome<'a>(findings: &'a serde_json::Value, check: &str) -> &'a str {
    let mut findings = findings.as_array().expect("a list").iter();
    let finding = findings.find(|finding| finding["check"] == check);
    finding.unwrap_or_else(|| panic!("{check}"))["outcome"].as_str().expect("an outcome")
}

#[test]
fn a_sound_house_passes() {
    let data = tempfile::tempdir().expect("a directory");
    let data = data.path().join("new");
    assert!(run(conifer().args(["migrate", "--data"]).arg(&data), "").status.success());
    let (code, found) = findings(&data, &[]);
    assert_eq!(code, Some(0), "{found}");
    for check in ["data directory", "database", "migrations", "integrity", "ports"] {
        assert_eq!(outcome(&found, check), "ok", "{check}: {found}");
    }
    assert_eq!(outcome(&found, "mail"), "warn", "{found}");
}

#[test]
fn what_is_missing_or_open_is_told() {
    let data = tempfile::tempdir().expect("a directory");
    std::fs::set_permissions(data.path(), std::fs::Permissions::from_mode(0o755)).expect("permissions");
    let (code, found) = findings(data.path(), &["--smtp-url=smtp://127.0.0.1:1"]);
    assert_eq!(code, Some(1), "{found}");
    assert_eq!(outcome(&found, "mail"), "fail", "{found}");
    assert_eq!(outcome(&found, "data directory"), "warn", "{found}");
    assert_eq!(outcome(&found, "migrations"), "warn", "{found}");
}

#[test]
fn a_damaged_database_fails() {
    let data = tempfile::tempdir().expect("a directory");
    assert!(run(conifer().args(["migrate", "--data"]).arg(data.path()), "").status.success());
    let file = data.path().join("conifer.db");
    let mut bytes = std::fs::read(&file).expect("a database");
    let length = bytes.len();
    assert!(length > 8192, "{length}");
    bytes[4096..length - 2048].fill(0xa5);
    std::fs::write(&file, bytes).expect("damaged");
    let (code, found) = findings(data.path(), &[]);
    assert_eq!(code, Some(1), "{found}");
}
