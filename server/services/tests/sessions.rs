use crate::{
    browser::Browser,
    house::{EMAIL, House, NEW_PASSWORD, PASSWORD, from, on_both, origin, problem},
};
use conifer_domain::{
    Problem,
    ids::SessionId,
    limits::{DAY_MS, MINUTE_MS, SECOND_FACTOR_WAIT_MAX_MS, SECOND_MS},
};
use conifer_services::{
    passwords,
    sessions::{self, Current},
    sign_in::{self, Verdict},
};
use tower_sessions::session::Id;

const SESSIONS: &str = "SELECT COUNT(*) FROM sessions";

async fn second(house: &House) -> (Browser, Current) {
    let mut browser = Browser::new(house);
    browser.origin = from("198.51.100.7");
    browser.origin.user_agent = "Mozilla/5.0 (iPhone) Version/18.0 Safari/604.1".into();
    let current = browser.sign_in(EMAIL, PASSWORD).await;
    (browser, current)
}

on_both! {
    async fn signing_in_and_out(house: &House) {
        let (mut browser, current) = house.ada().await;
        assert_eq!(current.account.email, EMAIL);
        assert_eq!(browser.current().await, Some(current));
        let kept = browser.cookie;
        browser.sign_out().await;
        assert_eq!((browser.cookie, browser.current().await), (None, None));
        browser.cookie = kept;
        assert_eq!(browser.current().await, None);
        assert_eq!(house.count(SESSIONS).await, 0);
    }

    async fn a_request_in_flight_at_sign_out_cannot_revive_the_session(house: &House) {
        let (mut browser, _) = house.ada().await;
        let kept = browser.cookie;
        let in_flight = browser.request();
        in_flight.insert("draft", "changed").await.expect("a change");
        browser.sign_out().await;
        // The layer saves what the slow request changed.
        in_flight.save().await.expect("a save that does nothing");
        assert_eq!(house.count(SESSIONS).await, 0);
        browser.cookie = kept;
        assert_eq!(browser.current().await, None);
    }

    async fn a_request_in_flight_cannot_revive_an_ended_session_either(house: &House) {
        let (browser, current) = house.ada().await;
        let (other, ended) = second(house).await;
        let in_flight = other.request();
        in_flight.insert("draft", "changed").await.expect("a change");
        sessions::end_one(&house.services, &origin(), &current, ended.session_id).await.expect("ended");
        in_flight.save().await.expect("a save that does nothing");
        assert_eq!(other.current().await, None);
        assert!(browser.current().await.is_some());
    }

    async fn data_of_a_session_last_until_its_end(house: &House) {
        let (mut browser, _) = house.ada().await;
        let request = browser.request();
        request.insert("draft", "changed").await.expect("a change");
        browser.answer(&request).await;
        assert_eq!(browser.request().get("draft").await.expect("the data"), Some("changed".to_owned()));
    }

    async fn signing_in_changes_the_secret_and_kills_the_old_one(house: &House) {
        let (mut browser, first) = house.ada().await;
        let old = browser.cookie;
        let new = browser.sign_in(EMAIL, PASSWORD).await;
        assert_ne!(browser.cookie, old);
        assert_ne!(new.session_id, first.session_id);
        assert_eq!(house.count(SESSIONS).await, 1);
        browser.cookie = old;
        assert_eq!(browser.current().await, None);
    }

    async fn nobody_chooses_a_secret_from_outside(house: &House) {
        house.found().await;
        let mut browser = Browser::new(house);
        browser.cookie = Some(Id(42));
        assert_eq!(browser.current().await, None);
        browser.sign_in(EMAIL, PASSWORD).await;
        assert_ne!(browser.cookie, Some(Id(42)));
    }

    async fn a_save_cannot_change_whose_session_it_is(house: &House) {
        let (browser, current) = house.ada().await;
        let request = browser.request();
        let claim = serde_json::json!({ "user_id": uuid::Uuid::now_v7(), "credentials_version": 0,
            "address": "192.0.2.1", "user_agent": "", "request_id": "" });
        request.insert("claim", claim).await.expect("a change");
        request.save().await.expect("a save");
        assert_eq!(browser.current().await, Some(current));
    }

    async fn the_secret_is_kept_as_a_hash(house: &House) {
        let (browser, _) = house.ada().await;
        let secret = browser.cookie.expect("a cookie");
        let kept = house.rows("SELECT secret_hash || ' ' || id || ' ' || data FROM sessions").await.remove(0);
        for secret in [secret.to_string(), secret.0.to_string(), format!("{:x}", secret.0)] {
            assert!(!kept.contains(&secret), "{kept}");
        }
    }

    async fn a_session_ends_after_a_week_without_a_visit(house: &House) {
        let (browser, _) = house.ada().await;
        for _ in 0..3 {
            house.later(7 * DAY_MS - SECOND_MS);
            assert!(browser.current().await.is_some());
        }
        house.later(7 * DAY_MS);
        assert_eq!(browser.current().await, None);
        assert_eq!(browser.request().get::<String>("draft").await.expect("an answer"), None);
    }

    async fn a_session_ends_after_thirty_days_however_busy(house: &House) {
        let (browser, _) = house.ada().await;
        for _ in 0..29 {
            house.later(DAY_MS);
            assert!(browser.current().await.is_some());
        }
        let request = browser.request();
        request.insert("draft", "changed").await.expect("a change");
        request.save().await.expect("a save");
        house.later(DAY_MS);
        assert_eq!(browser.current().await, None);
    }

    async fn visits_are_noted_once_a_minute(house: &House) {
        let (browser, current) = house.ada().await;
        let last_seen = || async {
            sessions::list(&house.services, &current).await.expect("the sessions")[0].last_seen_at_ms
        };
        let start = last_seen().await;
        house.later(MINUTE_MS - 1);
        browser.current().await;
        assert_eq!(last_seen().await, start);
        house.later(1);
        browser.current().await;
        assert_eq!(last_seen().await, start + MINUTE_MS);
    }

    async fn a_person_sees_their_sessions_and_ends_any(house: &House) {
        let (browser, current) = house.ada().await;
        house.later(SECOND_MS);
        let (other, second) = second(house).await;
        let list = sessions::list(&house.services, &current).await.expect("the sessions");
        let seen: Vec<_> = list.iter().map(|one| (one.id, &*one.device, &*one.address, one.current)).collect();
        assert_eq!(seen, [
            (current.session_id, "Firefox on Linux", "192.0.2.1", true),
            (second.session_id, "Safari on iPhone", "198.51.100.7", false),
        ]);
        sessions::end_one(&house.services, &origin(), &current, second.session_id).await.expect("ended");
        assert_eq!(other.current().await, None);
        assert!(browser.current().await.is_some());
        let again = sessions::end_one(&house.services, &origin(), &current, second.session_id).await;
        assert_eq!(problem(again), Problem::NotFound);
    }

    async fn all_others_end_at_once(house: &House) {
        let (browser, current) = house.ada().await;
        let (one, _) = second(house).await;
        let (two, _) = second(house).await;
        let ended = sessions::end_others(&house.services, &origin(), &current).await;
        assert_eq!(ended.expect("an answer"), 2);
        assert!(browser.current().await.is_some());
        assert_eq!((one.current().await, two.current().await), (None, None));
    }

    async fn sessions_of_others_do_not_exist(house: &House) {
        let (browser, ada) = house.ada().await;
        let eve = crate::sign_up::account(house, "eve@example.com").await;
        let foreign = sessions::end_one(&house.services, &origin(), &eve, ada.session_id).await;
        let missing: SessionId = uuid::Uuid::now_v7().into();
        let missing = sessions::end_one(&house.services, &origin(), &eve, missing).await;
        assert_eq!((problem(foreign), problem(missing)), (Problem::NotFound, Problem::NotFound));
        assert_eq!(sessions::list(&house.services, &eve).await.expect("the sessions").len(), 1);
        assert_eq!(sessions::end_others(&house.services, &origin(), &eve).await.expect("an answer"), 0);
        assert!(browser.current().await.is_some());
    }

    async fn a_password_checked_before_it_changed_opens_nothing(house: &House) {
        let (_, current) = house.ada().await;
        let verdict = sign_in::with_password(&house.services, &origin(), EMAIL, PASSWORD).await;
        let Ok(Verdict::SignedIn(verified)) = verdict else { panic!("{verdict:?}") };
        passwords::change(&house.services, &origin(), &current, PASSWORD, NEW_PASSWORD).await.expect("changed");
        let late = Browser::new(house);
        let refused = sessions::begin(&house.services, &late.request(), &origin(), verified).await;
        assert_eq!(problem(refused), Problem::SignInFailed);
        assert_eq!(house.count(SESSIONS).await, 1);
    }

    async fn half_a_sign_in_is_nobody_and_waits_ten_minutes(house: &House) {
        let (mut ada, current) = house.ada().await;
        crate::two_factor::turn_on(house, &mut ada, &current).await;
        let mut browser = Browser::new(house);
        let verdict = sign_in::with_password(&house.services, &origin(), EMAIL, PASSWORD).await;
        browser.verified(verdict.expect("a verdict")).await;
        assert_eq!(browser.current().await, None);
        let waiting = || async {
            let session = browser.request();
            sessions::awaiting_second_factor(&house.services, &session).await.expect("an answer").is_some()
        };
        house.later(SECOND_FACTOR_WAIT_MAX_MS - 1);
        assert!(waiting().await);
        house.later(1);
        assert!(!waiting().await);
    }
}
