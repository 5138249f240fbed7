//! Indexes made from backups and collections.

use super::*;

on_both! {
    async fn an_index_is_made_again_as_it_was(house: &House) {
        let town = house.town().await;
        let tags = Tags::new([("team".to_owned(), "search".to_owned())]).expect("tags");
        let index = town.create(NewIndex { tags: tags.clone(), ..new("notes") }).await.expect("an index").id;
        let other = namespaces::parse("other").expect("a name");
        town.upsert(index, default(), vec![record("a", [1.0, 0.0]), record("b", [0.0, 1.0])]).await.expect("written");
        town.upsert(index, other, vec![record("c", [1.0, 0.0])]).await.expect("written");
        let backup = town.back_up(index, "first").await.expect("a backup");
        assert_eq!((backup.state, backup.records, backup.namespaces), (BackupState::Ready, 3, 2));
        assert!(backup.size_bytes > 0 && backup.index_deleted_at_ms.is_none());
        assert_eq!((backup.name.as_deref(), backup.description.as_deref()), (Some("first"), Some("before the change")));
        town.upsert(index, default(), vec![record("late", [1.0, 0.0])]).await.expect("written");
        let (job, again) = town.restore(backup.id, "again").await.expect("an index");
        assert_eq!((job.state, job.index_id, job.index_name.as_str()), (RestoreState::Completed, again.id, "again"));
        assert_eq!((again.restored_from, &again.tags, again.vectors), (Some(backup.id), &tags, backup.vectors));
        assert_eq!((town.count(again.id).await, town.count(index).await), (3, 4));
        town.upsert(again.id, default(), vec![record("new", [1.0, 0.0])]).await.expect("it can be written");
        let granted = town.in_project(&town.ada).await;
        assert_eq!(backups::get_job(&house.services, &granted, job.id).await.expect("the job"), job);
        let jobs = backups::jobs(&house.services, &granted, &Paging::default()).await.expect("a page");
        assert_eq!(jobs.items, [job]);
        assert_eq!(problem(town.restore(backup.id, "again").await), Problem::invalid(Field::IndexName, Rule::Taken));
    }

    async fn it_outlives_its_index_and_a_restart(house: &House) {
        let town = house.town().await;
        let index = town.index("notes").await;
        town.upsert(index, default(), vec![record("a", [1.0, 0.0])]).await.expect("written");
        let backup = town.back_up(index, "first").await.expect("a backup");
        indexes::delete(&house.services, &origin(), &town.ada, index).await.expect("gone");
        house.services.close_vectors();
        let again = house.again(CHEAP, |settings| settings.vectors = vectors()).await;
        let granted = authorize(&again, &origin(), &town.ada, town.project_id).await.expect("a right");
        let kept = backups::get(&again, &granted, backup.id).await.expect("the backup");
        assert_eq!((kept.state, kept.index_deleted_at_ms), (BackupState::Ready, Some(house.clock.now_ms())));
        let made = backups::restore(&again, &origin(), &town.ada, town.project_id, backup.id, restored("notes")).await;
        let (_, entry) = made.expect("an index");
        let granted = authorize(&again, &origin(), &town.ada, entry.id).await.expect("a right");
        assert_eq!(records::stats(&again, &granted, None).await.expect("stats").value.records, 1);
        again.close_vectors();
    }

    async fn a_collection_is_one_by_the_older_name(house: &House) {
        let town = house.town().await;
        let (services, index) = (&house.services, town.index("notes").await);
        town.upsert(index, default(), vec![record("a", [1.0, 0.0])]).await.expect("written");
        let name = || IndexName::parse("kept").expect("a name");
        let made = backups::create_collection(services, &origin(), &town.ada, index, &name()).await.expect("a collection");
        assert_eq!((made.name.as_deref(), made.records), (Some("kept"), 1));
        let again = backups::create_collection(services, &origin(), &town.ada, index, &name()).await;
        assert_eq!(problem(again), Problem::invalid(Field::CollectionName, Rule::Taken));
        assert_eq!(town.backups(&town.ada).await, Vec::<Option<String>>::new());
        let granted = town.in_project(&town.ada).await;
        assert_eq!(backups::collections(services, &granted).await.expect("a list").len(), 1);
        assert_eq!(backups::get_collection(services, &granted, "kept").await.expect("it").id, made.id);
        let from = |collection: &str| {
            let mut deployment = Deployment::pod("here", PodType::default(), 1, 1).expect("a deployment");
            if let Deployment::Pod { source_collection, .. } = &mut deployment {
                *source_collection = Some(collection.to_owned());
            }
            NewIndex { deployment, ..new("from-kept") }
        };
        assert_eq!(problem(town.create(from("missing")).await), Problem::NotFound);
        let other = NewIndex { vectors: conifer_domain::indexes::Vectors::Sparse, ..from("kept") };
        assert_eq!(problem(town.create(other).await), Problem::invalid(Field::SourceCollection, Rule::OtherVectors));
        let entry = town.create(from("kept")).await.expect("an index");
        assert_eq!(town.count(entry.id).await, 1);
        backups::delete_collection(services, &origin(), &town.ada, town.project_id, "kept").await.expect("gone");
        assert_eq!(problem(backups::get_collection(services, &granted, "kept").await), Problem::NotFound);
        backups::create_collection(services, &origin(), &town.ada, index, &name()).await.expect("the name is free");
    }
}
