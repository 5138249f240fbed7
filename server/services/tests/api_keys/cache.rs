use super::{editor, enter, key, reader, refusal};
use crate::house::{CHEAP, House, on_both, on_postgres, origin};
use conifer_domain::{api_keys::KeyRefusal, permissions::may};
use conifer_services::{Db, Services, api_keys, authorize::authorize};
use std::time::{Duration, Instant};

/// A second server on the same database, with connections of its own.
pub async fn beside(house: &House) -> Services {
    let db = Db::connect(&house.url).await.expect("a database");
    let settings = House::settings(house.data_dir().parent().expect("a directory"));
    Services::open_with(db, settings, house.clock.clone(), CHEAP).await.expect("services")
}

on_both! {
    async fn to_authenticate_and_authorize_takes_no_sql(house: &House) {
        let town = house.town().await;
        let (_, secret) = key(&town, "Search", editor()).await;
        let (s, o) = (&house.services, &origin());
        enter(s, &secret).await.expect("the key");
        let uses = s.db().uses();
        for _ in 0..100 {
            let key = enter(s, &secret).await.expect("the key");
            authorize::<may::ViewIndexes>(s, o, &key, town.project_id).await.expect("a right");
        }
        assert_eq!(s.db().uses(), uses);
    }

    async fn a_server_that_refreshes_knows_at_once(house: &House) {
        let town = house.town().await;
        let other = beside(house).await;
        let (id, secret) = key(&town, "Search", reader()).await;
        enter(&other, &secret).await.expect("the key");
        let (s, o) = (&house.services, &origin());
        api_keys::delete(s, o, &town.ada, town.project_id, id, "Search").await.expect("deleted");
        api_keys::refresh(&other).await.expect("refreshed");
        assert_eq!(refusal(&other, &secret).await, KeyRefusal::Revoked);
        other.db().close().await;
    }

    async fn many_changes_at_once_are_all_seen(house: &House) {
        let town = house.town().await;
        let other = beside(house).await;
        let makes = (0..20).map(|n| {
            let (services, ada, project) = (house.services.clone(), town.ada.clone(), town.project_id);
            tokio::spawn(async move {
                let name = format!("key {n}");
                api_keys::create(&services, &origin(), &ada, project, &name, reader()).await.expect("a key")
            })
        });
        let makes: Vec<_> = makes.collect();
        for make in makes {
            let made = make.await.expect("done");
            api_keys::refresh(&other).await.expect("refreshed");
            enter(&other, secrecy::ExposeSecret::expose_secret(&made.secret)).await.expect("the key");
        }
        other.db().close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_server_learns_of_every_change_within_a_second() {
    on_postgres(async |house: House| {
        {
            let house = &house;
            let town = house.town().await;
            let other = beside(house).await;
            let (id, secret) = key(&town, "Search", reader()).await;
            enter(&other, &secret).await.expect("a key that another server made");
            let (s, o) = (&house.services, &origin());
            api_keys::delete(s, o, &town.ada, town.project_id, id, "Search").await.expect("deleted");
            let deleted = Instant::now();
            // Nobody refreshes this one: it asks by itself once it does not know for sure.
            while enter(&other, &secret).await.is_ok() {
                assert!(deleted.elapsed() < Duration::from_millis(1_100));
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            assert_eq!(refusal(&other, &secret).await, KeyRefusal::Revoked);
            other.db().close().await;
        }
        house
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_database_is_silent_nobody_gets_in_for_long() {
    on_postgres(async |house: House| {
        {
            let house = &house;
            let town = house.town().await;
            let (_, secret) = key(&town, "Search", reader()).await;
            let other = beside(house).await;
            enter(&other, &secret).await.expect("the key");
            other.db().close().await;
            tokio::time::sleep(Duration::from_millis(1_100)).await;
            let refused = enter(&other, &secret).await.expect_err("a refusal").problem();
            assert_eq!(refused, conifer_domain::Problem::Unavailable);
        }
        house
    })
    .await;
}
