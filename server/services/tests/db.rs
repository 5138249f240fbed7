use crate::house::{House, on_both, origin};
use conifer_services::{Db, DbKind, Error, accounts};
use std::{sync::Arc, time::Duration};

on_both! {
    async fn migrating_again_changes_nothing(house: &House) {
        house.found().await;
        house.services.db().migrate().await.expect("nothing to do");
        house.services.db().ping().await.expect("an answer");
        assert_eq!(house.count("SELECT COUNT(*) FROM users").await, 1);
    }

    async fn a_caller_that_goes_away_leaves_no_poisoned_connection(house: &House) {
        let (_, current) = house.ada().await;
        let current = Arc::new(current);
        let rename = |name: String| {
            let (services, current) = (house.services.clone(), Arc::clone(&current));
            tokio::spawn(async move { accounts::rename(&services, &origin(), &current, &name).await })
        };
        for i in 0..150_u64 {
            let request = rename(format!("dropped {i}"));
            tokio::time::sleep(Duration::from_micros(40 * (i % 50))).await;
            request.abort();
        }
        // More than there are connections: each is used, and each change is there afterwards.
        let requests: Vec<_> = (0..40).map(|i| rename(format!("kept {i}"))).collect();
        for request in requests {
            request.await.expect("no panic").expect("renamed");
        }
        // Those that nobody waits for are done all the same, some of them after a pause.
        let count = async || house.count("SELECT COUNT(*) FROM audit_log WHERE action = 'account.renamed'").await;
        let mut done = -1;
        while done != count().await {
            done = count().await;
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        rename("last".into()).await.expect("no panic").expect("renamed");
        assert_eq!(house.rows("SELECT name FROM users").await, ["last"]);
        let renamed = count().await;
        assert!((41..=191).contains(&renamed), "{renamed}");
    }

    async fn the_database_says_what_it_is(house: &House) {
        let kind = if house.url.starts_with("sqlite") { DbKind::Sqlite } else { DbKind::Postgres };
        assert_eq!(house.services.db().kind(), kind);
    }
}

#[tokio::test]
async fn a_sqlite_database_is_private_durable_and_checked() {
    let dir = tempfile::TempDir::new().expect("a directory");
    let file = dir.path().join("made/on the way/conifer.db");
    let db =
        Db::connect(&format!("sqlite://{}", file.display()).replace(' ', "%20")).await.expect("a database");
    db.migrate().await.expect("a schema");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode =
            |path: &std::path::Path| std::fs::metadata(path).expect("a file").permissions().mode() & 0o777;
        assert_eq!(mode(file.parent().expect("a directory")), 0o700);
        assert_eq!(mode(&file), 0o600);
        assert_eq!(mode(&file.with_extension("db-wal")), 0o600);
    }
}

#[tokio::test]
async fn what_cannot_be_a_database_is_told_without_its_password() {
    for url in ["mysql://root:s3cret@host/x", "conifer.db", "", "sqlite://relative.db", "sqlite::memory:"] {
        let refused = Db::connect(url).await.expect_err("a refusal");
        assert!(matches!(&refused, Error::Operator(text) if !text.contains("s3cret")), "{url}: {refused}");
    }
}

#[tokio::test]
async fn a_database_that_is_away_is_unavailable() {
    let refused = Db::connect("postgres://conifer@127.0.0.1:1/conifer").await.expect_err("a refusal");
    assert_eq!(refused.problem(), conifer_domain::Problem::Unavailable);
}
