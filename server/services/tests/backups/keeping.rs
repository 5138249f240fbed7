//! Backups listed, deleted, and after a crash.

use super::*;

on_both! {
    async fn they_are_listed_page_by_page_and_deleted(house: &House) {
        let town = house.town().await;
        let (index, other) = (town.index("notes").await, town.index("other").await);
        let mut ids = Vec::new();
        for name in ["a", "b", "c"] {
            house.later(1);
            ids.push(town.back_up(index, name).await.expect("a backup").id);
        }
        house.later(1);
        town.back_up(other, "d").await.expect("a backup");
        let names = |names: &[&str]| names.iter().map(|name| Some((*name).to_owned())).collect::<Vec<_>>();
        assert_eq!(town.backups(&town.ada).await, names(&["d", "c", "b", "a"]));
        let granted = town.in_project(&town.ada).await;
        let of_other = BackupQuery { index_id: Some(other), ..BackupQuery::default() };
        assert_eq!(backups::list(&house.services, &granted, &of_other).await.expect("a page").items.len(), 1);
        let delete = async |id| backups::delete(&house.services, &origin(), &town.ada, town.project_id, id).await;
        delete(ids[1]).await.expect("gone");
        assert_eq!(town.backups(&town.ada).await, names(&["d", "c", "a"]));
        assert_eq!(problem(delete(ids[1]).await), Problem::NotFound);
        assert_eq!(problem(backups::get(&house.services, &granted, ids[1]).await), Problem::NotFound);
        assert_eq!(problem(town.restore(ids[1], "again").await), Problem::NotFound);
        let deeds = town.deeds().await;
        assert_eq!(deeds.iter().filter(|deed| deed.starts_with("backup.")).count(), 5);
    }

    async fn what_a_crash_left_half_made_says_so(house: &House) {
        let town = house.town().await;
        let index = town.index("notes").await;
        let (making, deleting) = (town.back_up(index, "making").await.expect("a backup").id, town.back_up(index, "deleting").await.expect("a backup").id);
        let set = "UPDATE backups SET state = $2 WHERE id = $1";
        house.run(set, &[making.to_string(), "making".into()]).await;
        house.run(set, &[deleting.to_string(), "deleting".into()]).await;
        let (_, entry) = town.restore(town.back_up(index, "kept").await.expect("a backup").id, "half").await.expect("an index");
        house.run("UPDATE indexes SET state = 'making' WHERE id = $1", &[entry.id.to_string()]).await;
        house.run("UPDATE restore_jobs SET state = 'pending', completed_at = NULL WHERE index_id = $1", &[entry.id.to_string()]).await;
        house.services.close_vectors();
        let again = house.again(CHEAP, |settings| settings.vectors = vectors()).await;
        assert_eq!(house.rows("SELECT name || ' ' || state FROM backups ORDER BY created_at, id").await, ["making failed", "kept ready"]);
        assert_eq!(house.rows("SELECT state FROM restore_jobs").await, ["failed"]);
        let refused = backups::restore(&again, &origin(), &town.ada, town.project_id, making, restored("again")).await;
        assert_eq!(problem(refused), Problem::Conflict);
        backups::delete(&again, &origin(), &town.ada, town.project_id, making).await.expect("gone");
        again.close_vectors();
    }

    async fn what_something_is_being_made_of_stays(house: &House) {
        let town = house.town().await;
        let index = town.index("notes").await;
        let backup = town.back_up(index, "first").await.expect("a backup").id;
        let (_, entry) = town.restore(backup, "again").await.expect("an index");
        let (services, project) = (&house.services, town.project_id);
        let set = "UPDATE restore_jobs SET state = $2 WHERE index_id = $1";
        house.run(set, &[entry.id.to_string(), "pending".into()]).await;
        assert_eq!(problem(backups::delete(services, &origin(), &town.ada, project, backup).await), Problem::BackupInUse);
        house.run(set, &[entry.id.to_string(), "completed".into()]).await;

        let set = "UPDATE backups SET state = $2 WHERE id = $1";
        house.run(set, &[backup.to_string(), "making".into()]).await;
        assert_eq!(problem(indexes::delete(services, &origin(), &town.ada, index).await), Problem::BackupPending);
        house.run(set, &[backup.to_string(), "ready".into()]).await;
        indexes::delete(services, &origin(), &town.ada, index).await.expect("gone");
        backups::delete(services, &origin(), &town.ada, project, backup).await.expect("gone");
    }

    async fn they_go_with_their_project(house: &House) {
        let town = house.town().await;
        let index = town.index("notes").await;
        town.back_up(index, "first").await.expect("a backup");
        town.schedule(index, nightly(1)).await.expect("a schedule");
        projects::delete(&house.services, &origin(), &town.ada, town.project_id, "First notes").await.expect("gone");
        for table in ["SELECT COUNT(*) FROM indexes", "SELECT COUNT(*) FROM backups", "SELECT COUNT(*) FROM backup_schedules"] {
            assert_eq!(house.count(table).await, 0, "{table}");
        }
    }

    async fn a_project_has_so_many_and_no_more(house: &House) {
        let town = house.town().await;
        let index = town.index("notes").await;
        town.back_up(index, "first").await.expect("a backup");
        house.run_made(format!(
            "INSERT INTO backups (id, project_id, kind, index_id, index_name, vectors, deployment, tags, node_id, state, created_at)
             WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {}) SELECT 'b' || n, project_id, kind, index_id,
                 index_name, vectors, deployment, tags, 'other', state, created_at FROM backups, n WHERE kind = 'backup'",
            BACKUPS_MAX - 1
        )).await;
        let full = Problem::BackupsFull { backups_max: BACKUPS_MAX };
        assert_eq!(problem(town.back_up(index, "more").await), full);
    }

    async fn what_is_deleted_is_not_restored_and_the_other_way_round(house: &House) {
        let town = house.town().await;
        let index = town.index("notes").await;
        town.upsert(index, default(), vec![record("a", [1.0, 0.0])]).await.expect("written");
        for round in 0..10 {
            let id = town.back_up(index, "first").await.expect("a backup").id;
            let mut racers: JoinSet<(Option<IndexId>, Option<Problem>)> = JoinSet::new();
            for n in 0..2 {
                let (services, ada, project) = (house.services.clone(), town.ada.clone(), town.project_id);
                racers.spawn(async move {
                    let wanted = restored(&format!("r{round}-{n}"));
                    match backups::restore(&services, &origin(), &ada, project, id, wanted).await {
                        Ok((_, entry)) => (Some(entry.id), None),
                        Err(error) => (None, Some(error.problem())),
                    }
                });
            }
            let (services, ada, project) = (house.services.clone(), town.ada.clone(), town.project_id);
            racers.spawn(async move {
                (None, backups::delete(&services, &origin(), &ada, project, id).await.err().map(|error| error.problem()))
            });
            for (made, refused) in racers.join_all().await {
                assert!(matches!(refused, None | Some(Problem::NotFound | Problem::Conflict | Problem::BackupInUse)), "{refused:?}");
                if let Some(made) = made {
                    assert_eq!(town.count(made).await, 1);
                }
            }
        }
    }
}
