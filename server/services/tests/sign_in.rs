use crate::house::{CHEAP, EMAIL, House, PASSWORD, from, on_both, origin, problem};
use conifer_domain::{
    Field, Problem, Rule,
    limits::{HOUR_MS, SECOND_MS},
};
use conifer_services::{
    Services,
    passwords::HashCost,
    sign_in::{self, Verdict},
};

const NOBODY: &str = "nobody@example.com";

async fn try_from(services: &Services, address: &str, email: &str, password: &str) -> Result<(), Problem> {
    match sign_in::with_password(services, &from(address), email, password).await {
        Ok(Verdict::SignedIn(_)) => Ok(()),
        Ok(verdict) => panic!("{verdict:?}"),
        Err(error) => Err(error.problem()),
    }
}

async fn wrong(house: &House) -> Problem {
    try_from(&house.services, "192.0.2.1", EMAIL, "wrong").await.expect_err("a refusal")
}

fn too_many(retry_after_s: u64) -> Problem {
    Problem::TooMany { retry_after_s }
}

on_both! {
    async fn the_right_password_signs_in_whatever_the_case_of_the_address(house: &House) {
        let founded = house.found().await;
        for email in [EMAIL, " ADA@Example.com "] {
            let verdict = sign_in::with_password(&house.services, &origin(), email, PASSWORD).await;
            assert_eq!(verdict.expect("a verdict"), Verdict::SignedIn(founded.verified()));
        }
    }

    async fn unknown_and_wrong_say_the_same_after_the_same_work(house: &House) {
        house.found().await;
        let mut work = Vec::new();
        for (address, email) in [("192.0.2.1", EMAIL), ("192.0.2.2", NOBODY)] {
            let hashes = house.services.password_hashes();
            let notes = house.count("SELECT COUNT(*) FROM audit_log").await;
            let counted = house.count("SELECT COUNT(*) FROM throttles").await;
            let refused = try_from(&house.services, address, email, "wrong").await;
            assert_eq!(refused, Err(Problem::SignInFailed));
            work.push((
                house.services.password_hashes() - hashes,
                house.count("SELECT COUNT(*) FROM audit_log").await - notes,
                house.count("SELECT COUNT(*) FROM throttles").await - counted,
            ));
        }
        assert_eq!(work, [(1, 1, 3); 2]);
    }

    async fn what_cannot_be_right_is_told_at_its_field(house: &House) {
        for (email, password, problem) in [
            ("", "x", Problem::invalid(Field::Email, Rule::Required)),
            ("ada", "x", Problem::invalid(Field::Email, Rule::NotAnAddress)),
            (EMAIL, "", Problem::invalid(Field::Password, Rule::Required)),
        ] {
            assert_eq!(try_from(&house.services, "192.0.2.1", email, password).await, Err(problem));
        }
    }

    async fn delays_grow_and_end(house: &House) {
        house.found().await;
        for _ in 0..5 {
            assert_eq!(wrong(house).await, Problem::SignInFailed);
        }
        for delay_s in [1, 2, 4, 8, 16, 32, 60, 60] {
            assert_eq!(wrong(house).await, too_many(delay_s));
            house.later(i64::try_from(delay_s).expect("a delay") * SECOND_MS);
            assert_eq!(wrong(house).await, Problem::SignInFailed);
        }
        house.later(60 * SECOND_MS);
        assert_eq!(try_from(&house.services, "192.0.2.1", EMAIL, PASSWORD).await, Ok(()));
        // All is forgiven.
        for _ in 0..5 {
            assert_eq!(wrong(house).await, Problem::SignInFailed);
        }
    }

    async fn a_try_too_early_is_not_even_looked_at(house: &House) {
        house.found().await;
        for _ in 0..5 {
            wrong(house).await;
        }
        let hashes = house.services.password_hashes();
        assert_eq!(try_from(&house.services, "192.0.2.1", EMAIL, PASSWORD).await, Err(too_many(1)));
        assert_eq!(house.services.password_hashes(), hashes);
    }

    async fn tries_at_the_same_time_cannot_outrun_the_count(house: &House) {
        house.found().await;
        let hashes = house.services.password_hashes();
        let tries: Vec<_> = (0..30)
            .map(|_| {
                let services = house.services.clone();
                tokio::spawn(async move { try_from(&services, "192.0.2.1", EMAIL, "wrong").await })
            })
            .collect();
        let mut answers = Vec::new();
        for one in tries {
            answers.push(one.await.expect("no panic").expect_err("a refusal"));
        }
        let looked_at = answers.iter().filter(|answer| **answer == Problem::SignInFailed).count();
        assert_eq!(looked_at, 5, "{answers:?}");
        assert!(answers.iter().all(|answer| matches!(answer, Problem::SignInFailed | Problem::TooMany { .. })));
        assert_eq!(house.services.password_hashes() - hashes, 5);
    }

    async fn who_guesses_does_not_keep_the_owner_out(house: &House) {
        house.found().await;
        for _ in 0..5 {
            wrong(house).await;
        }
        assert_eq!(wrong(house).await, too_many(1));
        assert_eq!(try_from(&house.services, "198.51.100.7", EMAIL, PASSWORD).await, Ok(()));
    }

    async fn guessing_from_many_addresses_is_slowed_gently(house: &House) {
        house.found().await;
        assert_eq!(try_from(&house.services, "198.51.100.7", EMAIL, PASSWORD).await, Ok(()));
        let mut waits = Vec::new();
        for address in 0..40 {
            let refused = try_from(&house.services, &format!("203.0.113.{address}"), EMAIL, "wrong").await;
            if let Err(Problem::TooMany { retry_after_s }) = refused {
                waits.push(retry_after_s);
                house.later(i64::try_from(retry_after_s).expect("a delay") * SECOND_MS);
            }
        }
        assert!(waits.len() > 5 && waits.iter().all(|wait| *wait <= 5), "{waits:?}");
        let refused = try_from(&house.services, "203.0.113.99", EMAIL, "wrong").await;
        assert!(matches!(refused, Err(Problem::SignInFailed | Problem::TooMany { .. })), "{refused:?}");
        // Where the owner signed in before, nothing is slowed.
        assert_eq!(try_from(&house.services, "198.51.100.7", EMAIL, PASSWORD).await, Ok(()));
    }

    async fn one_address_cannot_try_many_accounts(house: &House) {
        for account in 0..21 {
            let email = format!("user{account}@example.com");
            let refused = try_from(&house.services, "192.0.2.1", &email, "wrong").await;
            assert_eq!(refused, Err(Problem::SignInFailed));
        }
        let refused = try_from(&house.services, "192.0.2.1", NOBODY, "wrong").await;
        assert_eq!(refused, Err(too_many(1)));
        assert_eq!(try_from(&house.services, "192.0.2.2", NOBODY, "wrong").await, Err(Problem::SignInFailed));
    }

    async fn an_own_account_does_not_reset_the_count_of_an_address(house: &House) {
        house.found().await;
        for account in 0..20 {
            let email = format!("user{account}@example.com");
            try_from(&house.services, "192.0.2.1", &email, "wrong").await.expect_err("a refusal");
            assert_eq!(try_from(&house.services, "192.0.2.1", EMAIL, PASSWORD).await, Ok(()));
        }
        try_from(&house.services, "192.0.2.1", "user20@example.com", "wrong").await.expect_err("a refusal");
        assert_eq!(try_from(&house.services, "192.0.2.1", NOBODY, "wrong").await, Err(too_many(1)));
    }

    async fn after_an_hour_all_is_forgotten(house: &House) {
        house.found().await;
        for _ in 0..5 {
            wrong(house).await;
        }
        house.later(HOUR_MS);
        for _ in 0..5 {
            assert_eq!(wrong(house).await, Problem::SignInFailed);
        }
        assert_eq!(wrong(house).await, too_many(1));
    }

    async fn throttles_keep_no_address_in_clear(house: &House) {
        wrong(house).await;
        let keys = house.rows("SELECT key_hash FROM throttles").await;
        assert!(keys.iter().all(|key| key.len() == 64 && !key.contains("ada")), "{keys:?}");
    }

    async fn a_hash_of_another_cost_is_renewed_at_sign_in(house: &House) {
        house.found().await;
        let cost = || async { house.rows("SELECT password_hash FROM users").await.remove(0) };
        assert!(cost().await.contains("m=8,"));
        let dearer = house.again(HashCost { memory_kib: 16, ..CHEAP }, |_| {}).await;
        assert_eq!(try_from(&dearer, "192.0.2.1", EMAIL, PASSWORD).await, Ok(()));
        let renewed = cost().await;
        assert!(renewed.contains("m=16,"), "{renewed}");
        assert_eq!(try_from(&dearer, "192.0.2.1", EMAIL, PASSWORD).await, Ok(()));
        assert_eq!(cost().await, renewed);
    }

    async fn a_flood_ends_in_known_answers(house: &House) {
        house.found().await;
        let tries: Vec<_> = (0..60)
            .map(|i| {
                let services = house.services.clone();
                let (address, email) = (format!("203.0.113.{}", i % 7), format!("user{}@example.com", i % 5));
                tokio::spawn(async move { try_from(&services, &address, &email, "wrong").await })
            })
            .collect();
        for one in tries {
            let answer = one.await.expect("no panic").expect_err("a refusal");
            assert!(matches!(answer, Problem::SignInFailed | Problem::TooMany { .. }), "{answer:?}");
        }
    }

    async fn an_answer_for_logs_never_reaches_people(house: &House) {
        house.services.db().close().await;
        let refused = sign_in::with_password(&house.services, &origin(), EMAIL, PASSWORD).await;
        assert_eq!(problem(refused), Problem::Unavailable);
    }
}
