//! Backups that are made by themselves.

use super::*;

on_both! {
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
        let told = "SELECT actor || ' ' || action FROM audit_log WHERE action = 'backup.created' AND organization_id IS NOT NULL";
        assert_eq!(house.rows(told).await, ["schedule backup.created"], "no person did it");
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
}
