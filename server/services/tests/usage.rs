//! Usage: added up from all servers, looked at by the hour and by the day, forgotten after its time.

use crate::{
    api_keys::{editor, enter, key},
    house::{CHEAP, House, on_both, origin},
    people::Town,
    records::{default, record},
};
use conifer_domain::{
    ids::IndexId,
    limits::{DAY_MS, HOUR_MS},
    organizations::OrganizationRole::Billing,
    usage::{Usage, UsageQuery},
};
use conifer_services::{
    Services, api_keys,
    authorize::authorize,
    usage::{self, Figures, Tally},
};
use std::time::Duration;

const ONE: Figures = Figures { requests: 1, errors: 0, read_units: 2, write_units: 0, records: 0, bytes: 10 };

/// As the API counts a request that is answered.
async fn ask(services: &Services, secret: &str, index: Option<IndexId>, took_ms: u64) {
    let tally = Tally::of_request(ONE, Duration::from_millis(took_ms));
    enter(services, secret).await.expect("the key").tally(index, services.clock().now_ms(), &tally);
}

fn times(count: u64) -> Figures {
    let mut all = Figures::default();
    (0..count).for_each(|_| all += ONE);
    all
}

async fn lines(mut export: usage::Export) -> Vec<usage::Row> {
    let mut rows = Vec::new();
    while let Some(some) = export.next().await {
        rows.extend(some.expect("rows"));
    }
    rows
}

impl Town<'_> {
    async fn usage(&self, days: i64) -> Usage {
        let services = &self.house.services;
        let granted = authorize(services, &origin(), &self.ada, self.project_id).await.expect("a right");
        let query = UsageQuery { days, ..UsageQuery::default() };
        usage::of_project(services, &granted, query).await.expect("usage")
    }
}

on_both! {
    async fn hours_and_days_add_up(house: &House) {
        let town = house.town().await;
        let index = town.index("notes").await;
        let (id, secret) = key(&town, "Search", editor()).await;
        let s = &house.services;
        let began = s.clock().now_ms().div_euclid(DAY_MS) * DAY_MS;
        for hour in 0..3 {
            for _ in 0..=hour {
                ask(s, &secret, Some(index), 10).await;
            }
            house.later(HOUR_MS);
        }
        ask(s, &secret, None, 500).await;
        let week = town.usage(7).await;
        assert_eq!(week.total, times(7));
        assert_eq!(s.usage_totals(), [(town.project_id, times(7))]);
        let busy: Vec<u64> = week.moments.iter().map(|moment| moment.figures.requests).filter(|count| *count > 0).collect();
        assert_eq!(busy, [1, 2, 3, 1]);
        let latency = week.latency.expect("a latency");
        assert!((10_000..=12_500).contains(&latency.p50_us) && latency.p99_us >= 500_000, "{latency:?}");
        assert_eq!(week.moments[0].latency, None, "nobody asked");
        let days = town.usage(30).await;
        assert_eq!((days.moments.len(), days.total), (30, times(7)));
        assert!(days.moments.iter().any(|day| day.at_ms == began));
        let shares: Vec<_> = week.indexes.iter().map(|share| (share.name.as_deref(), share.figures)).collect();
        assert_eq!(shares, [(Some("notes"), times(6)), (None, times(1))]);
        assert_eq!(week.keys.iter().map(|share| (share.id.clone(), share.name.as_deref())).collect::<Vec<_>>(), [(id.to_string(), Some("Search"))]);
        let granted = authorize(s, &origin(), &town.ada, index).await.expect("a right");
        assert_eq!(usage::of_index(s, &granted, 7).await.expect("usage").total, times(6));
    }

    /// Two servers on one database, and one that comes after a restart.
    async fn what_servers_count_is_added(house: &House) {
        let town = house.town().await;
        let (_, secret) = key(&town, "Search", editor()).await;
        let other = house.again(CHEAP, |_| ()).await;
        for _ in 0..4 {
            ask(&house.services, &secret, None, 1).await;
            ask(&other, &secret, None, 1).await;
            api_keys::note_calls(&other).await.expect("noted");
        }
        assert_eq!(town.usage(1).await.total, times(8));
        ask(&other, &secret, None, 1).await;
        other.settle().await; // As before the process ends.
        assert_eq!(town.usage(1).await.total, times(9));
        assert_eq!(town.usage(1).await.total, times(9), "nothing is told twice");
        assert_eq!(house.services.usage_totals(), [(town.project_id, times(4))], "each tells its own");
        assert_eq!(other.usage_totals(), [(town.project_id, times(5))]);
    }

    async fn billing_admins_see_the_organization_and_no_project(house: &House) {
        let town = house.town().await;
        let (_, secret) = key(&town, "Search", editor()).await;
        ask(&house.services, &secret, None, 1).await;
        let second = town.new_project("Second").await;
        let bob = town.member("Bob", Billing, None).await;
        let s = &house.services;
        let granted = authorize(s, &origin(), &bob, town.organization_id).await.expect("a right");
        let seen = usage::of_organization(s, &granted, UsageQuery::default()).await.expect("usage");
        assert_eq!((seen.total, seen.projects.len()), (times(1), 1));
        assert_eq!(seen.projects[0].name.as_deref(), Some("First notes"));
        let rows = lines(usage::export_organization(s, &granted, UsageQuery::default()).await).await;
        assert_eq!((rows.len(), rows[0].figures, rows[0].project_id.clone()), (1, times(1), town.project_id.to_string()));
        let hidden = authorize::<conifer_domain::permissions::may::ViewProject>(s, &origin(), &bob, second).await;
        assert!(hidden.is_err());
    }

    async fn a_size_is_kept_for_each_hour(house: &House) {
        let town = house.town().await;
        let index = town.index("notes").await;
        let s = &house.services;
        for n in 0..3 {
            town.upsert(index, default(), vec![record(&format!("r{n}"), [1.0, 0.0])]).await.expect("written");
            usage::note_sizes(s).await.expect("noted");
            house.later(HOUR_MS / 2);
        }
        let granted = authorize(s, &origin(), &town.ada, index).await.expect("a right");
        let sizes = usage::sizes(s, &granted, 1).await.expect("sizes");
        let records: Vec<u64> = sizes.iter().map(|size| size.records).collect();
        assert!(records == [2, 3] || records == [1, 3], "the last of each hour: {records:?}");
        assert!(sizes.iter().all(|size| size.disk_bytes > 0));
        town.delete(index).await.expect("gone");
        usage::note_sizes(s).await.expect("noted");
        assert_eq!(house.count("SELECT COUNT(*) FROM index_sizes").await, 0);
    }

    async fn it_is_forgotten_after_its_time_and_with_its_project(house: &House) {
        let town = house.town().await;
        let (_, secret) = key(&town, "Search", editor()).await;
        ask(&house.services, &secret, None, 1).await;
        api_keys::note_calls(&house.services).await.expect("noted");
        house.later(89 * DAY_MS);
        house.services.sweep().await.expect("swept");
        assert_eq!(town.usage(90).await.total, times(1));
        ask(&house.services, &secret, None, 1).await;
        house.later(2 * DAY_MS);
        house.services.sweep().await.expect("swept");
        api_keys::note_calls(&house.services).await.expect("noted");
        assert_eq!(town.usage(90).await.total, times(1));
        conifer_services::projects::delete(&house.services, &origin(), &town.ada, town.project_id, "First notes").await.expect("gone");
        for table in ["SELECT COUNT(*) FROM usage_hours", "SELECT COUNT(*) FROM usage_latencies"] {
            assert_eq!(house.count(table).await, 0);
        }
    }
}
