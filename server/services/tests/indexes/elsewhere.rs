//! Indexes that are not at hand: those of others, of other servers, and all for a command beside a server.

use super::*;
use sqlx::{AnyConnection, Connection as _};

on_both! {
    async fn one_of_another_server_is_said_to_be_elsewhere(house: &House) {
        let town = house.town().await;
        let id = town.index("notes").await;
        house.run("UPDATE indexes SET node_id = 'other' WHERE id = $1", &[id.to_string()]).await;
        let again = restarted(house).await;
        let granted = authorize(&again, &origin(), &town.ada, id).await.expect("a right");
        assert_eq!(indexes::describe(&again, &granted).await.expect("the index").state, IndexState::Elsewhere);
        let granted = authorize(&again, &origin(), &town.ada, id).await.expect("a right");
        let stats = records::stats(&again, &granted, None).await;
        assert_eq!(problem(stats), Problem::Elsewhere);
        assert_eq!(problem(indexes::delete(&again, &origin(), &town.ada, id).await), Problem::Elsewhere);
        assert_eq!(rows(house).await, ["ready"]);
        again.close_vectors();
    }

    async fn a_foreign_one_is_as_missing(house: &House) {
        let town = house.town().await;
        let id = town.index("notes").await;
        let bob = town.member("Bob", Member, None).await;
        let services = &house.services;
        let missing = IndexId::from(uuid::Uuid::now_v7());
        for id in [id, missing, IndexId::NONE, indexes::named(services, ProjectId::from(uuid::Uuid::now_v7()), "notes")] {
            let granted = authorize::<may::ViewIndex>(services, &origin(), &bob, id).await;
            assert_eq!(problem(granted), Problem::NotFound);
            assert_eq!(problem(indexes::delete(services, &origin(), &bob, id).await), Problem::NotFound);
            let changed = indexes::configure(services, &origin(), &bob, id, IndexChange::default()).await;
            assert_eq!(problem(changed), Problem::NotFound);
        }
        let created = indexes::create(services, &origin(), &bob, town.project_id, new("mine")).await;
        assert_eq!(problem(created), Problem::NotFound);
        town.put(&bob, Some(Member), Some(ProjectRole::User)).await;
        indexes::create(services, &origin(), &bob, town.project_id, new("mine")).await.expect("a user may");
    }

    async fn a_command_beside_a_server_has_no_vectors(house: &House) {
        let town = house.town().await;
        town.index("notes").await;
        let beside = house.again(CHEAP, |_| ()).await;
        let created = indexes::create(&beside, &origin(), &town.ada, town.project_id, new("more")).await;
        assert_eq!(problem(created), Problem::Unavailable);
        assert_eq!(rows(house).await, ["ready"]);
    }
}

/// One process alone has SQLite's file.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_server_on_the_database_follows() {
    crate::house::on_postgres(async |house| {
        follow(&house).await;
        house
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_backup_holds_up_nothing_else() {
    crate::house::on_postgres(async |house| {
        follow_meanwhile(&house).await;
        house
    })
    .await;
}

/// Schedules cannot be read for as long as another holds their table.
async fn follow_meanwhile(house: &House) {
    let town = house.town().await;
    let id = town.index("notes").await;
    let mut other = AnyConnection::connect(&house.url).await.expect("a connection");
    sqlx::query("BEGIN").execute(&mut other).await.expect("a transaction");
    sqlx::query("LOCK TABLE backup_schedules IN ACCESS EXCLUSIVE MODE")
        .execute(&mut other)
        .await
        .expect("a lock");
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let services = house.services.clone();
    let worker = tokio::spawn(indexes::run_worker(services.clone(), async { drop(stopped.await) }));
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    house.run("UPDATE indexes SET project_id = NULL WHERE id = $1", &[id.to_string()]).await;
    house.run("UPDATE directory SET revision = revision + 1", &[]).await;
    let mut tries = 0..100;
    while services.directory().get(id).is_some() {
        assert!(tries.next().is_some(), "it is gone within two seconds");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    other.close().await.expect("the table is free");
    drop(stop);
    worker.await.expect("the worker ends");
    services.settle().await;
}

async fn follow(house: &House) {
    let town = house.town().await;
    let dir = tempfile::tempdir().expect("a directory");
    let other = house.again(CHEAP, |settings| {
        settings.vectors = vectors();
        settings.data_dir = dir.path().to_owned();
    });
    let other = other.await;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let worker = tokio::spawn(indexes::run_worker(other.clone(), async { drop(stopped.await) }));
    let id = town.index("notes").await;
    let sees = async |wanted: Option<IndexState>| {
        for _ in 0..100 {
            if other.directory().get(id).map(|entry| entry.state) == wanted {
                return true;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        false
    };
    assert!(sees(Some(IndexState::Elsewhere)).await, "it is seen within two seconds");
    assert!(other.directory().get(id).is_some_and(|entry| entry.port.is_none()), "ports are the other's");
    let mine =
        indexes::create(&other, &origin(), &town.ada, town.project_id, new("mine")).await.expect("its own");
    assert_eq!(mine.port, Some(5081));
    let taken = indexes::create(&other, &origin(), &town.ada, town.project_id, new("notes")).await;
    assert_eq!(problem(taken), Problem::invalid(Field::IndexName, Rule::Taken));
    town.delete(id).await.expect("gone");
    assert!(sees(None).await, "it is gone within two seconds");
    drop(stop);
    worker.await.expect("the worker ends");
    other.close_vectors();
}
