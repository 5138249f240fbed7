//! Backups: kept beside their index, longer than it, and made into indexes again.

use crate::{
    api_keys::{editor, enter, key},
    house::{CHEAP, House, on_both, origin, problem, vectors},
    indexes::new,
    people::Town,
    records::{default, record},
};
use conifer_domain::{
    Field, Problem, Rule,
    api_keys::{KeyPart, KeyRights, KeyScope},
    backups::{
        Backup, BackupQuery, BackupSchedule, BackupState, Frequency, NewBackup, NewSchedule, RestoreJob,
        RestoreState, Retention, ScheduleChange,
    },
    ids::ProjectId,
    ids::{BackupId, IndexId},
    indexes::{Deployment, IndexName, NewIndex, PodType, Tags},
    limits::{DAY_MS, HOUR_MS},
    paging::Paging,
    permissions::{Permission, may},
};
use conifer_services::{
    Entry, Error, Result, Services,
    authorize::{Granted, Principal, Right, authorize},
    backups::{self, Restored},
    indexes, namespaces, projects, records,
};
use std::sync::Arc;

fn named(name: &str) -> NewBackup {
    NewBackup::parse(Some(name), Some("before the change")).expect("a backup")
}

fn restored(name: &str) -> Restored {
    let name = IndexName::parse(name).expect("a name");
    Restored { name, tags: None, deletion_protection: false, read_capacity: None }
}

fn nightly(days: i64) -> NewSchedule {
    NewSchedule::parse("nightly", "daily", days).expect("a schedule")
}

impl Town<'_> {
    async fn back_up(&self, index: IndexId, name: &str) -> Result<Backup> {
        backups::create(&self.house.services, &origin(), &self.ada, index, named(name)).await
    }

    async fn restore(&self, id: BackupId, name: &str) -> Result<(RestoreJob, Arc<Entry>)> {
        backups::restore(&self.house.services, &origin(), &self.ada, self.project_id, id, restored(name))
            .await
    }

    async fn in_project<P: Right + Permission<Of = ProjectId>>(&self, who: &impl Principal) -> Granted<P> {
        authorize(&self.house.services, &origin(), who, self.project_id).await.expect("a right")
    }

    async fn backups(&self, who: &impl Principal) -> Vec<Option<String>> {
        let granted = self.in_project(who).await;
        let (mut names, mut query) = (Vec::new(), BackupQuery::default());
        query.paging.limit = Some(2);
        loop {
            let page = backups::list(&self.house.services, &granted, &query).await.expect("a page");
            names.extend(page.items.into_iter().map(|backup| backup.name));
            query.paging.after = page.next;
            if query.paging.after.is_none() {
                return names;
            }
        }
    }

    async fn schedule(&self, index: IndexId, new: NewSchedule) -> Result<BackupSchedule> {
        backups::create_schedule(&self.house.services, &origin(), &self.ada, index, new).await
    }

    async fn count(&self, index: IndexId) -> u64 {
        let granted = self.granted(index).await;
        records::stats(&self.house.services, &granted, None).await.expect("stats").value.records
    }

    /// The backups that a schedule made, newest first.
    async fn made_by(&self, schedule: &BackupSchedule) -> Vec<String> {
        let granted = self.in_project(&self.ada).await;
        let page = backups::history(&self.house.services, &granted, schedule.id, &Paging::default()).await;
        page.expect("a page").items.into_iter().filter_map(|backup| backup.name).collect()
    }
}

async fn run_due(services: &Services) {
    backups::run_due(services).await.expect("done");
}

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

    async fn a_collection_is_one_by_the_older_name(house: &House) {
        let town = house.town().await;
        let (services, index) = (&house.services, town.index("notes").await);
        town.upsert(index, default(), vec![record("a", [1.0, 0.0])]).await.expect("written");
        let name = || IndexName::parse("kept").expect("a name");
        let made = backups::create_collection(services, &origin(), &town.ada, index, &name()).await.expect("a collection");
        assert_eq!((made.name.as_deref(), made.records), (Some("kept"), 1));
        let again = backups::create_collection(services, &origin(), &town.ada, index, &name()).await;
        assert_eq!(problem(again), Problem::invalid(Field::BackupName, Rule::Taken));
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

    async fn a_schedule_makes_and_forgets_them(house: &House) {
        let town = house.town().await;
        let (services, index) = (&house.services, town.index("notes").await);
        let schedule = town.schedule(index, nightly(2)).await.expect("a schedule");
        let now = house.clock.now_ms();
        assert_eq!((schedule.enabled, schedule.next_run_at_ms), (true, Some(now + DAY_MS)));
        run_due(services).await;
        assert_eq!(town.made_by(&schedule).await, Vec::<String>::new());
        house.later(DAY_MS);
        run_due(services).await;
        run_due(services).await;
        assert_eq!(town.made_by(&schedule).await, ["nightly-20260922T141320Z"]);
        // Nobody was there for two nights: one backup makes up for both.
        house.later(2 * DAY_MS + HOUR_MS);
        run_due(services).await;
        assert_eq!(town.made_by(&schedule).await, ["nightly-20260924T151320Z"], "the first was too old by then");
        let granted = town.in_project(&town.ada).await;
        let next = backups::get_schedule(services, &granted, schedule.id).await.expect("the schedule").next_run_at_ms;
        assert_eq!(next, Some(now + 4 * DAY_MS));
        assert_eq!(house.count("SELECT COUNT(*) FROM backups").await, 1);
    }

    async fn one_schedule_of_an_index_is_enabled(house: &House) {
        let town = house.town().await;
        let (services, index) = (&house.services, town.index("notes").await);
        let first = town.schedule(index, nightly(2)).await.expect("a schedule");
        let second = town.schedule(index, NewSchedule::parse("weekly", "weekly", 30).expect("a schedule")).await;
        assert!(matches!(&second, Err(Error::Exists { name, .. }) if name == "nightly"), "{second:?}");
        let change = async |id, change| {
            backups::change_schedule(services, &origin(), &town.ada, town.project_id, id, change).await
        };
        let enable = |enabled| ScheduleChange { enabled: Some(enabled), ..ScheduleChange::default() };
        let disabled = change(first.id, enable(false)).await.expect("changed");
        assert_eq!((disabled.enabled, disabled.next_run_at_ms), (false, None));
        let second = town.schedule(index, NewSchedule::parse("weekly", "weekly", 30).expect("a schedule")).await.expect("a schedule");
        let refused = change(first.id, enable(true)).await;
        assert!(matches!(&refused, Err(Error::Exists { name, .. }) if name == "weekly"), "{refused:?}");
        backups::delete_schedule(services, &origin(), &town.ada, town.project_id, second.id).await.expect("gone");
        let hourly = ScheduleChange { frequency: Some(Frequency::Hourly), ..enable(true) };
        let enabled = change(first.id, hourly).await.expect("changed");
        assert_eq!(enabled.next_run_at_ms, Some(house.clock.now_ms() + HOUR_MS));
        house.later(HOUR_MS);
        run_due(services).await;
        let longer = ScheduleChange { retention: Some(Retention::days(30).expect("days")), ..ScheduleChange::default() };
        change(first.id, longer).await.expect("changed");
        let ends = house.rows("SELECT CAST(expires_at - created_at AS TEXT) FROM backups").await;
        assert_eq!(ends, [(30 * DAY_MS).to_string()], "those that were made are kept as long");
        let granted = town.in_project(&town.ada).await;
        let page = backups::schedules(services, &granted, Some(index), &Paging::default()).await.expect("a page");
        assert_eq!(page.items.iter().map(|schedule| schedule.name.as_str()).collect::<Vec<_>>(), ["nightly"]);
        let deployment = Deployment::pod("here", PodType::default(), 1, 1).expect("a deployment");
        let pods = town.create(NewIndex { deployment, ..new("pods") }).await.expect("an index").id;
        assert_eq!(problem(town.schedule(pods, nightly(1)).await), Problem::invalid(Field::Schedule, Rule::OtherDeployment));
        indexes::delete(services, &origin(), &town.ada, index).await.expect("gone");
        assert_eq!(problem(backups::get_schedule(services, &granted, first.id).await), Problem::NotFound);
        assert_eq!(town.backups(&town.ada).await.len(), 1, "its backups stay");
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
}
