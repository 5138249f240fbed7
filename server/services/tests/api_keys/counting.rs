use super::{editor, enter, key, reader};
use crate::house::{CHEAP, House, on_both, origin, problem};
use conifer_domain::{
    Problem,
    api_keys::{KeyCalls, KeyLimits},
    limits::{DAY_MS, KEY_CALLS_AGE_MAX_DAYS},
    permissions::{Action, may},
};
use conifer_services::{api_keys, authorize::authorize};

on_both! {
    async fn every_call_is_counted_by_its_action_and_day(house: &House) {
        let town = house.town().await;
        let (id, secret) = key(&town, "Search", reader()).await;
        let (s, o) = (&house.services, &origin());
        let call = async |times| {
            let key = enter(s, &secret).await.expect("the key");
            for _ in 0..times {
                let denied = authorize::<may::CreateIndexes>(s, o, &key, town.project_id).await;
                denied.expect_err("a denial");
            }
        };
        let proof = || async { authorize(s, o, &town.ada, town.project_id).await.expect("a right") };
        call(3).await;
        house.later(DAY_MS);
        // What is counted on one day is told by it.
        let told = api_keys::calls(s, &proof().await, id, 7).await.expect("calls");
        let day_ms = s.clock().now_ms().div_euclid(DAY_MS) * DAY_MS;
        let calls = |day_ms, denied| KeyCalls { action: Action::CreateIndexes, day_ms, allowed: 0, denied };
        assert_eq!(told, [calls(day_ms, 3)]);
        call(2).await;
        api_keys::note_calls(s).await.expect("noted");
        call(1).await;
        assert_eq!(api_keys::calls(s, &proof().await, id, 7).await.expect("calls"), [calls(day_ms, 6)]);
        house.later(8 * DAY_MS);
        assert_eq!(api_keys::calls(s, &proof().await, id, 7).await.expect("calls"), []);
        house.later(KEY_CALLS_AGE_MAX_DAYS * DAY_MS);
        s.sweep().await.expect("swept");
        assert_eq!(house.count("SELECT COUNT(*) FROM api_key_calls").await, 0);
        enter(s, &secret).await.expect("a key that lives on");
    }

    async fn a_program_that_never_stops_asking_does_not_fill_the_log(house: &House) {
        let town = house.town().await;
        let (_, secret) = key(&town, "Search", reader()).await;
        let (s, o) = (&house.services, &origin());
        let key = enter(s, &secret).await.expect("the key");
        for _ in 0..50 {
            let denied = authorize::<may::CreateIndexes>(s, o, &key, town.project_id).await;
            assert_eq!(problem(denied), Problem::Denied { action: Action::CreateIndexes });
        }
        let denials = house.rows("SELECT actor FROM audit_log WHERE action = 'access.denied'").await;
        assert_eq!(denials, [key.id().to_string()]);
    }

    async fn a_key_keeps_within_its_own_limits_or_the_servers(house: &House) {
        let town = house.town().await;
        let mut limited = editor();
        limited.limits = KeyLimits { requests_per_s: Some(2), bytes_per_s: None };
        let (_, own) = key(&town, "Limited", limited).await;
        let (_, open) = key(&town, "Open", editor()).await;
        let admitted = |key: &api_keys::KeyAccess| (0..20).filter(|_| key.admit().is_ok()).count();
        let s = &house.services;
        assert_eq!(admitted(&enter(s, &own).await.expect("the key")), 3);
        // The next request finds the same account.
        let again = enter(s, &own).await.expect("the key");
        assert!(matches!(again.admit(), Err(Problem::TooMany { retry_after_s: 1 })));
        assert_eq!(admitted(&enter(s, &open).await.expect("the key")), 20);
        let limits = KeyLimits { requests_per_s: None, bytes_per_s: Some(5) };
        let strict = house.again(CHEAP, |settings| settings.key_limits = limits).await;
        let key = enter(&strict, &open).await.expect("the key");
        assert_eq!(admitted(&key), 20);
        key.spend(500);
        assert!(matches!(key.admit(), Err(Problem::TooMany { retry_after_s: 99..=100 })));
    }
}
