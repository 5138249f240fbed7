//! When a token counts.

use super::{Robot, enter, listed, robot, token};
use crate::house::{House, from, on_both, origin, problem};
use conifer_domain::{
    Problem,
    api_keys::KeyRefusal,
    limits::{ACCESS_TOKEN_AGE_MAX_MS, ACCESS_TOKENS_MAX, HOUR_MS, MINUTE_MS},
    organizations::OrganizationRole,
    permissions::may,
};
use conifer_services::{Services, authorize::authorize, service_accounts};
use secrecy::ExposeSecret;

async fn refusal(services: &Services, token: &str) -> KeyRefusal {
    match problem(service_accounts::authenticate(services, token, &origin()).await) {
        Problem::TokenRefused { why } => why,
        other => panic!("{other:?}"),
    }
}

on_both! {
    async fn a_token_counts_for_half_an_hour(house: &House) {
        let town = house.town().await;
        let robot = robot(&town, "Deploy", Some(OrganizationRole::Member), None).await;
        let token = token(&house.services, &robot).await.expect("a token");
        house.later(ACCESS_TOKEN_AGE_MAX_MS - 1);
        let access = service_accounts::authenticate(&house.services, &token, &origin()).await.expect("in time");
        assert_eq!((access.id(), access.organization_id()), (robot.id, town.organization_id));
        house.later(1);
        assert_eq!(refusal(&house.services, &token).await, KeyRefusal::Expired);
        for strange in ["", "a", "\0", &token[1..], &robot.secret] {
            assert_eq!(refusal(&house.services, strange).await, KeyRefusal::Unknown, "{strange:?}");
        }
        house.services.sweep().await.expect("swept");
        assert_eq!(house.count("SELECT COUNT(*) FROM service_account_tokens").await, 0);
    }

    async fn secrets_and_tokens_are_kept_as_hashes(house: &House) {
        let town = house.town().await;
        let robot = robot(&town, "Deploy", None, None).await;
        let token = token(&house.services, &robot).await.expect("a token");
        let kept = [
            house.rows("SELECT secret_hash FROM service_accounts").await,
            house.rows("SELECT token_hash FROM service_account_tokens").await,
            house.rows("SELECT details FROM audit_log").await,
        ].concat().join(" ");
        assert!(!kept.contains(&token) && !kept.contains(&robot.secret[5..]), "{kept}");
    }

    async fn who_has_no_secret_gets_no_token(house: &House) {
        let town = house.town().await;
        let one = robot(&town, "One", None, None).await;
        let other = robot(&town, "Other", None, None).await;
        for (client_id, secret) in [
            (&*one.client_id, &*other.secret), (&*one.client_id, ""), ("nobody", &*one.secret), ("", ""), ("\0", "\0"),
        ] {
            let refused = service_accounts::issue(&house.services, &origin(), client_id, secret).await;
            assert_eq!(problem(refused), Problem::ClientRefused, "{client_id:?}");
        }
        let log = house.rows("SELECT action FROM audit_log WHERE action LIKE 'service-account.refused'").await;
        assert_eq!(log.len(), 2, "that of a client that exists is noted");
    }

    async fn guessing_gets_slow_and_a_right_secret_makes_it_fast_again(house: &House) {
        let town = house.town().await;
        let robot = robot(&town, "Deploy", None, None).await;
        let guess = async |n: u8| {
            let origin = from(&format!("192.0.2.{n}"));
            problem(service_accounts::issue(&house.services, &origin, &robot.client_id, "wrong").await)
        };
        for n in 1..=21 {
            assert_eq!(guess(n).await, Problem::ClientRefused, "{n}");
        }
        assert_eq!(guess(22).await, Problem::TooMany { retry_after_s: 1 });
        let waiting = service_accounts::issue(&house.services, &origin(), &robot.client_id, &robot.secret).await;
        assert_eq!(problem(waiting), Problem::TooMany { retry_after_s: 1 });
        house.later(1_000);
        token(&house.services, &robot).await.expect("a token");
        assert_eq!(guess(23).await, Problem::ClientRefused);
        for _ in 0..60 {
            token(&house.services, &robot).await.expect("a token: who has the secret is not slowed");
        }
    }

    async fn what_is_rotated_disabled_or_deleted_ends_at_once(house: &House) {
        let town = house.town().await;
        let (s, o, of) = (&house.services, &origin(), town.organization_id);
        let mut robot = robot(&town, "Deploy", Some(OrganizationRole::Owner), None).await;

        let before = token(s, &robot).await.expect("a token");
        let secret = service_accounts::rotate(s, o, &town.ada, of, robot.id).await.expect("another");
        assert_eq!(refusal(s, &before).await, KeyRefusal::Unknown);
        assert_eq!(problem(token(s, &robot).await), Problem::ClientRefused, "the old secret died");
        robot.secret = secret.expose_secret().to_owned();

        let (before, access) = (token(s, &robot).await.expect("a token"), enter(s, &robot).await);
        service_accounts::disable(s, o, &town.ada, of, robot.id).await.expect("disabled");
        assert_eq!(refusal(s, &before).await, KeyRefusal::Unknown);
        assert_eq!(problem(token(s, &robot).await), Problem::ClientRefused);
        let late = authorize::<may::ViewOrganization>(s, o, &access, of).await;
        assert_eq!(problem(late), Problem::NotFound, "a request that was let in finds nothing");
        service_accounts::enable(s, o, &town.ada, of, robot.id).await.expect("enabled");
        assert_eq!(refusal(s, &before).await, KeyRefusal::Unknown, "old tokens stay dead");

        let before = token(s, &robot).await.expect("a token");
        let wrong = service_accounts::delete(s, o, &town.ada, of, robot.id, "deploy").await;
        assert!(matches!(problem(wrong), Problem::Invalid { .. }));
        service_accounts::delete(s, o, &town.ada, of, robot.id, "Deploy").await.expect("deleted");
        assert_eq!(refusal(s, &before).await, KeyRefusal::Unknown);
        assert_eq!(problem(token(s, &robot).await), Problem::ClientRefused);
        assert!(listed(&town).await.is_empty());
        super::robot(&town, "DEPLOY", None, None).await;
    }

    async fn a_request_on_its_way_changes_nothing_after_a_rotation(house: &House) {
        let town = house.town().await;
        let robot = robot(&town, "Deploy", Some(OrganizationRole::Owner), None).await;
        let (s, o, of) = (&house.services, &origin(), town.organization_id);
        let access = enter(s, &robot).await;
        service_accounts::rotate(s, o, &town.ada, of, robot.id).await.expect("rotated");
        let made = conifer_services::projects::create(s, o, &access, of, "Late").await;
        assert_eq!(problem(made), Problem::TokenRefused { why: KeyRefusal::Revoked });
    }

    async fn the_last_use_is_told_to_the_minute(house: &House) {
        let town = house.town().await;
        let robot = robot(&town, "Deploy", None, None).await;
        assert_eq!(listed(&town).await[0].last_used, None);
        let token = token(&house.services, &robot).await.expect("a token");
        let used = async || listed(&town).await.remove(0).last_used.expect("a use");
        let first = used().await;
        assert_eq!((first.at_ms, &*first.address), (house.clock.now_ms(), "192.0.2.1"));
        house.later(MINUTE_MS - 1);
        service_accounts::authenticate(&house.services, &token, &from("192.0.2.9")).await.expect("somebody");
        assert_eq!(used().await, first);
        house.later(1);
        service_accounts::authenticate(&house.services, &token, &from("192.0.2.9")).await.expect("somebody");
        assert_eq!(used().await.address, "192.0.2.9");
    }

    async fn the_oldest_of_too_many_tokens_ends(house: &House) {
        let town = house.town().await;
        let robot = robot(&town, "Deploy", None, None).await;
        let first = token(&house.services, &robot).await.expect("a token");
        house.run(
            "INSERT INTO service_account_tokens (token_hash, service_account_id, created_at, expires_at)
             WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 9999)
             SELECT 'token ' || n, $1, 1790000000001, 1790000900000 FROM n",
            &[robot.id.to_string()],
        ).await;
        house.later(2);
        let last = token(&house.services, &robot).await.expect("a token");
        service_accounts::authenticate(&house.services, &last, &origin()).await.expect("somebody");
        assert_eq!(refusal(&house.services, &first).await, KeyRefusal::Unknown);
        assert_eq!(house.count("SELECT COUNT(*) FROM service_account_tokens").await, ACCESS_TOKENS_MAX);
    }

    async fn another_server_of_the_database_learns_at_once(house: &House) {
        let town = house.town().await;
        let robot: Robot = robot(&town, "Deploy", None, None).await;
        let other = house.again(crate::house::CHEAP, |settings| settings.vectors = None).await;
        let token = token(&other, &robot).await.expect("a token");
        service_accounts::authenticate(&house.services, &token, &origin()).await.expect("somebody");
        service_accounts::disable(&house.services, &origin(), &town.ada, town.organization_id, robot.id)
            .await.expect("disabled");
        assert_eq!(refusal(&other, &token).await, KeyRefusal::Unknown);
        house.later(HOUR_MS);
    }
}
