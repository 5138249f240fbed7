//! Deleting indexes, and what a crash leaves.

use super::*;

on_both! {
    async fn a_protected_one_stays(house: &House) {
        let town = house.town().await;
        let id = town.create(NewIndex { deletion_protection: true, ..new("notes") }).await.expect("an index").id;
        assert_eq!(problem(town.delete(id).await), Problem::DeletionProtected);
        let project = projects::delete(&house.services, &origin(), &town.ada, town.project_id, "First notes").await;
        assert_eq!(problem(project), Problem::DeletionProtected);
        town.configure(id, IndexChange { deletion_protection: Some(false), ..IndexChange::default() }).await.expect("changed");
        let typed = async |name| indexes::delete_typed(&house.services, &origin(), &town.ada, id, name).await;
        assert_eq!(problem(typed("note").await), Problem::invalid(Field::TypedName, Rule::Mismatch));
        typed(" notes ").await.expect("gone");
        assert_eq!((town.names().await.len(), rows(house).await.len()), (0, 0));
        assert_eq!(problem(town.delete(id).await), Problem::NotFound);
    }

    async fn it_goes_with_its_project(house: &House) {
        let town = house.town().await;
        let id = town.index("notes").await;
        let other = town.new_project("Other").await;
        let kept = indexes::create(&house.services, &origin(), &town.ada, other, new("kept")).await.expect("an index").id;
        projects::delete(&house.services, &origin(), &town.ada, town.project_id, "First notes").await.expect("gone");
        assert!(house.services.directory().get(id).is_none());
        assert!(is_missing(&house.services, &town, id).await);
        assert_eq!(house.rows("SELECT id FROM indexes").await, [kept.to_string()]);
        let again = restarted(house).await;
        assert!(again.directory().get(kept).is_some());
    }

    async fn what_a_crash_left_half_made_is_undone(house: &House) {
        let town = house.town().await;
        let (making, deleting, left) = (town.index("making").await, town.index("deleting").await, town.index("left").await);
        let kept = town.index("kept").await;
        // Killed after the row, with or without vectors; after the mark to delete, with or without vectors.
        let set = "UPDATE indexes SET state = $2 WHERE id = $1";
        house.run(set, &[making.to_string(), "making".into()]).await;
        house.run(set, &[deleting.to_string(), "deleting".into()]).await;
        house.run("UPDATE indexes SET project_id = NULL WHERE id = $1", &[left.to_string()]).await;
        house.run_made(format!(
            "INSERT INTO indexes (id, project_id, name, vectors, deployment, tags, deletion_protection, node_id, state, created_at)
             SELECT '{}', project_id, 'rowonly', vectors, deployment, tags, 0, node_id, 'making', 1 FROM indexes WHERE id = '{kept}'",
            IndexId::from(uuid::Uuid::now_v7())
        )).await;
        let again = restarted(house).await;
        assert_eq!(house.rows("SELECT id FROM indexes").await, [kept.to_string()]);
        for id in [making, deleting, left] {
            assert!(is_missing(&again, &town, id).await);
        }
        for name in ["making", "deleting", "rowonly"] {
            indexes::create(&again, &origin(), &town.ada, town.project_id, new(name)).await.expect("the name is free");
        }
        again.close_vectors();
    }

    async fn a_deletion_ends_what_is_written_and_read(house: &House) {
        let town = house.town().await;
        let id = town.index("notes").await;
        let mut work = JoinSet::new();
        for worker in 0..4 {
            let (services, ada) = (house.services.clone(), town.ada.clone());
            work.spawn(async move {
                let namespace = namespaces::parse("").expect("a name");
                for round in 0..1_000 {
                    let granted = match authorize::<may::UpsertVectors>(&services, &origin(), &ada, id).await {
                        Ok(granted) => granted,
                        Err(error) => return error.problem(),
                    };
                    let record = record(&format!("{worker}-{round}"), [1.0, 2.0]);
                    if let Err(error) = records::upsert(&services, &granted, namespace.clone(), vec![record]).await {
                        return error.problem();
                    }
                }
                Problem::Unexpected
            });
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        town.delete(id).await.expect("gone");
        for ended in work.join_all().await {
            assert_eq!(ended, Problem::NotFound);
        }
        assert_eq!(rows(house).await, Vec::<String>::new());
    }
}
