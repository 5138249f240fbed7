//! What keys of one index see of backups.

use super::*;

on_both! {
    async fn a_key_of_one_index_meets_the_backups_of_no_other(house: &House) {
        let town = house.town().await;
        let services = &house.services;
        let (mine, other) = (town.index("mine").await, town.index("other").await);
        town.back_up(mine, "of-mine").await.expect("a backup");
        let foreign = town.back_up(other, "of-other").await.expect("a backup").id;
        let schedule = town.schedule(other, nightly(1)).await.expect("a schedule");
        let kept = backups::create_collection(services, &origin(), &town.ada, other, &IndexName::parse("kept").expect("a name")).await;
        kept.expect("a collection");
        let (job, _) = town.restore(foreign, "again").await.expect("an index");
        let scope = KeyScope::parse("mine", "").expect("a scope");
        let (_, secret) = key(&town, "limited", KeyRights { scope, ..editor() }).await;
        let key = &enter(services, &secret).await.expect("a key");
        assert_eq!(town.backups(key).await, [Some("of-mine".to_owned())]);
        let granted = town.in_project::<may::ViewBackups>(key).await;
        let (o, project) = (&origin(), town.project_id);
        assert!(backups::collections(services, &granted).await.expect("a list").is_empty());
        assert!(backups::jobs(services, &granted, &Paging::default()).await.expect("a page").items.is_empty());
        assert!(backups::schedules(services, &granted, None, &Paging::default()).await.expect("a page").items.is_empty());
        for outcome in [
            backups::get(services, &granted, foreign).await.map(drop),
            backups::get_collection(services, &granted, "kept").await.map(drop),
            backups::get_job(services, &granted, job.id).await.map(drop),
            backups::get_schedule(services, &granted, schedule.id).await.map(drop),
            backups::history(services, &granted, schedule.id, &Paging::default()).await.map(drop),
            backups::create(services, o, key, other, named("mine-now")).await.map(drop),
            backups::delete(services, o, key, project, foreign).await,
            backups::delete_collection(services, o, key, project, "kept").await,
            backups::restore(services, o, key, project, foreign, restored("mine-too")).await.map(drop),
            backups::change_schedule(services, o, key, project, schedule.id, ScheduleChange::default()).await.map(drop),
            backups::delete_schedule(services, o, key, project, schedule.id).await,
        ] {
            assert_eq!(problem(outcome), Problem::NotFound);
        }
        let own = backups::create(services, o, key, mine, named("by-key")).await.expect("its own");
        let outside = backups::restore(services, o, key, project, own.id, restored("elsewhere")).await;
        assert_eq!(problem(outside), Problem::OutsideKey { part: KeyPart::Indexes });
    }

    async fn no_page_tells_of_what_is_hidden(house: &House) {
        let town = house.town().await;
        let services = &house.services;
        let (mine, other) = (town.index("mine").await, town.index("other").await);
        for (index, name) in [(mine, "first"), (other, "hidden"), (mine, "second"), (other, "hidden-too")] {
            house.later(1);
            let id = town.back_up(index, name).await.expect("a backup").id;
            house.later(1);
            town.restore(id, &format!("from-{name}")).await.expect("an index");
        }
        town.schedule(other, nightly(1)).await.expect("a schedule");
        let scope = KeyScope::parse("mine", "").expect("a scope");
        let (_, secret) = key(&town, "limited", KeyRights { scope, ..editor() }).await;
        let granted = town.in_project::<may::ViewBackups>(&enter(services, &secret).await.expect("a key")).await;
        let one = Paging { after: None, limit: Some(1) };
        let page = backups::list(services, &granted, &BackupQuery { paging: one.clone(), ..BackupQuery::default() }).await.expect("a page");
        assert_eq!(page.items[0].name.as_deref(), Some("second"));
        let paging = Paging { after: page.next, ..one.clone() };
        let page = backups::list(services, &granted, &BackupQuery { paging, ..BackupQuery::default() }).await.expect("a page");
        assert_eq!((page.items[0].name.as_deref(), page.next), (Some("first"), None));
        let jobs = backups::jobs(services, &granted, &one).await.expect("a page");
        assert_eq!((jobs.items, jobs.next), (Vec::new(), None));
        let schedules = backups::schedules(services, &granted, None, &one).await.expect("a page");
        assert_eq!((schedules.items, schedules.next), (Vec::new(), None));
    }
}
