use crate::{
    browser::Browser,
    house::{EMAIL, House, NEW_PASSWORD, PASSWORD, from, on_both, origin, problem},
};
use conifer_domain::{
    Field, Problem, Rule,
    limits::{MINUTE_MS, PASSWORD_RESET_AGE_MAX_MS, SECOND_MS},
};
use conifer_services::{
    Services, accounts, passwords,
    sessions::Current,
    sign_in::{self, Verdict},
};

async fn change(house: &House, current: &Current, old: &str, new: &str) -> Result<(), Problem> {
    let changed = passwords::change(&house.services, &origin(), current, old, new).await;
    changed.map_err(|error| error.problem())
}

async fn reset(services: &Services, token: &str, new: &str) -> Result<(), Problem> {
    passwords::reset(services, &origin(), token, new).await.map_err(|error| error.problem())
}

async fn reset_link(house: &House) -> String {
    passwords::request_reset(&house.services, &origin(), EMAIL).await.expect("a mail");
    house.token_to(EMAIL).await
}

async fn signs_in(house: &House, password: &str) -> bool {
    sign_in::with_password(&house.services, &from("198.51.100.7"), EMAIL, password).await.is_ok()
}

on_both! {
    async fn a_change_ends_all_other_sessions(house: &House) {
        let (browser, current) = house.ada().await;
        let mut other = Browser::new(house);
        other.sign_in(EMAIL, PASSWORD).await;
        assert_eq!(change(house, &current, PASSWORD, NEW_PASSWORD).await, Ok(()));
        assert!(browser.current().await.is_some());
        assert_eq!(other.current().await, None);
        assert_eq!((signs_in(house, PASSWORD).await, signs_in(house, NEW_PASSWORD).await), (false, true));
        assert_eq!(house.mail_to(EMAIL).await.entry.subject, "Your Conifer password changed");
    }

    async fn a_change_takes_the_old_password_and_a_good_new_one(house: &House) {
        let (_, current) = house.ada().await;
        for (old, new, field, rule) in [
            ("", NEW_PASSWORD, Field::CurrentPassword, Rule::Required),
            ("wrong", NEW_PASSWORD, Field::CurrentPassword, Rule::Wrong),
            (PASSWORD, PASSWORD, Field::NewPassword, Rule::Unchanged),
            (PASSWORD, "", Field::NewPassword, Rule::Required),
            (PASSWORD, "kites 7", Field::NewPassword, Rule::TooShort { chars_min: 8 }),
            (PASSWORD, "ada@example.com", Field::NewPassword, Rule::TooEasyToGuess),
        ] {
            let refused = change(house, &current, old, new).await;
            assert_eq!(refused, Err(Problem::invalid(field, rule)), "{old} {new}");
        }
        let endless = "seven violet kites ".repeat(20);
        let too_long = Problem::invalid(Field::NewPassword, Rule::TooLong { chars_max: 256 });
        assert_eq!(change(house, &current, PASSWORD, &endless).await, Err(too_long));
        assert!(house.mails().await.is_empty());
    }

    async fn guessing_the_current_password_gets_slow_for_all_that_ask_it(house: &House) {
        let (_, current) = house.ada().await;
        for _ in 0..5 {
            let wrong = change(house, &current, "wrong", NEW_PASSWORD).await;
            assert_eq!(wrong, Err(Problem::invalid(Field::CurrentPassword, Rule::Wrong)));
        }
        let slow = Problem::TooMany { retry_after_s: 1 };
        assert_eq!(change(house, &current, PASSWORD, NEW_PASSWORD).await, Err(slow.clone()));
        let other =
            accounts::request_email_change(&house.services, &origin(), &current, "x@example.com", PASSWORD).await;
        assert_eq!(problem(other), slow);
        house.later(SECOND_MS);
        assert_eq!(change(house, &current, PASSWORD, NEW_PASSWORD).await, Ok(()));
    }

    async fn two_changes_race_and_one_wins(house: &House) {
        let (_, current) = house.ada().await;
        let racers = ["seven violet kites adrift", "eight copper owls awake"].map(|new| {
            let (services, current) = (house.services.clone(), current.clone());
            tokio::spawn(async move { passwords::change(&services, &origin(), &current, PASSWORD, new).await })
        });
        let mut won = 0;
        for racer in racers {
            match racer.await.expect("no panic").map_err(|error| error.problem()) {
                Ok(()) => won += 1,
                Err(Problem::Conflict) => {}
                // Slower still: it read the new hash.
                Err(problem) => assert_eq!(problem, Problem::invalid(Field::CurrentPassword, Rule::Wrong)),
            }
        }
        assert_eq!(won, 1);
    }

    async fn a_mailed_link_resets_once_and_ends_all_sessions(house: &House) {
        let (browser, _) = house.ada().await;
        let token = reset_link(house).await;
        passwords::check_reset_link(&house.services, &token).await.expect("a link in force");
        assert_eq!(reset(&house.services, &token, NEW_PASSWORD).await, Ok(()));
        assert_eq!(browser.current().await, None);
        assert_eq!((signs_in(house, PASSWORD).await, signs_in(house, NEW_PASSWORD).await), (false, true));
        assert_eq!(house.mail_to(EMAIL).await.entry.subject, "Your Conifer password changed");
        assert_eq!(house.count("SELECT COUNT(*) FROM users WHERE email_verified_at IS NOT NULL").await, 1);
        assert_eq!(reset(&house.services, &token, "eight copper owls awake").await, Err(Problem::LinkDead));
    }

    async fn unknown_addresses_get_the_same_answer_and_no_mail(house: &House) {
        house.found().await;
        let (hashes, counted) = (house.services.password_hashes(), "SELECT COUNT(*) FROM throttles");
        passwords::request_reset(&house.services, &origin(), "nobody@example.com").await.expect("the same");
        let unknown = house.count(counted).await;
        passwords::request_reset(&house.services, &from("192.0.2.2"), EMAIL).await.expect("the same");
        assert_eq!(house.count(counted).await, 2 * unknown);
        assert_eq!(house.services.password_hashes(), hashes);
        let mails = house.mails().await;
        assert_eq!(mails.iter().map(|mail| &*mail.entry.to).collect::<Vec<_>>(), [EMAIL]);
    }

    async fn a_link_races_itself_and_wins_once(house: &House) {
        house.found().await;
        let token = reset_link(house).await;
        let racers = ["seven violet kites adrift", "eight copper owls awake", "nine amber wolves asleep"].map(|new| {
            let (services, token) = (house.services.clone(), token.clone());
            tokio::spawn(async move { reset(&services, &token, new).await })
        });
        let mut won = 0;
        for racer in racers {
            match racer.await.expect("no panic") {
                Ok(()) => won += 1,
                Err(problem) => assert_eq!(problem, Problem::LinkDead),
            }
        }
        assert_eq!(won, 1);
    }

    async fn links_die_with_time_with_a_change_and_with_another_reset(house: &House) {
        let (_, current) = house.ada().await;
        let services = &house.services;
        let old = reset_link(house).await;
        house.later(PASSWORD_RESET_AGE_MAX_MS);
        assert_eq!(reset(services, &old, NEW_PASSWORD).await, Err(Problem::LinkDead));
        let before_change = reset_link(house).await;
        assert_eq!(change(house, &current, PASSWORD, NEW_PASSWORD).await, Ok(()));
        assert_eq!(reset(services, &before_change, PASSWORD).await, Err(Problem::LinkDead));
        let (one, other) = (reset_link(house).await, reset_link(house).await);
        passwords::check_reset_link(services, &one).await.expect("asking again kills nothing");
        assert_eq!(reset(services, &other, PASSWORD).await, Ok(()));
        assert_eq!(reset(services, &one, NEW_PASSWORD).await, Err(Problem::LinkDead));
    }

    async fn a_reset_stops_an_address_on_its_way(house: &House) {
        let (_, intruder) = house.ada().await;
        let services = &house.services;
        accounts::request_email_change(services, &origin(), &intruder, "eve@example.com", PASSWORD).await.expect("a mail");
        let moving = house.token_to("eve@example.com").await;
        assert_eq!(reset(services, &reset_link(house).await, NEW_PASSWORD).await, Ok(()));
        let moved = accounts::confirm_email_change(services, &origin(), &moving).await;
        assert_eq!(problem(moved), Problem::LinkDead);
    }

    async fn a_change_stops_an_address_on_its_way(house: &House) {
        let (_, current) = house.ada().await;
        let services = &house.services;
        accounts::request_email_change(services, &origin(), &current, "eve@example.com", PASSWORD).await.expect("a mail");
        let moving = house.token_to("eve@example.com").await;
        assert_eq!(change(house, &current, PASSWORD, NEW_PASSWORD).await, Ok(()));
        let moved = accounts::confirm_email_change(services, &origin(), &moving).await;
        assert_eq!(problem(moved), Problem::LinkDead);
    }

    async fn a_password_too_easy_leaves_the_link_in_force(house: &House) {
        house.found().await;
        let token = reset_link(house).await;
        let easy = reset(&house.services, &token, "password1").await;
        assert_eq!(easy, Err(Problem::invalid(Field::NewPassword, Rule::TooEasyToGuess)));
        assert_eq!(reset(&house.services, &token, NEW_PASSWORD).await, Ok(()));
    }

    async fn a_reset_does_not_pass_the_second_factor(house: &House) {
        let (mut browser, current) = house.ada().await;
        crate::two_factor::turn_on(house, &mut browser, &current).await;
        assert_eq!(reset(&house.services, &reset_link(house).await, NEW_PASSWORD).await, Ok(()));
        let verdict = sign_in::with_password(&house.services, &origin(), EMAIL, NEW_PASSWORD).await;
        assert!(matches!(verdict, Ok(Verdict::SecondFactor(_))), "{verdict:?}");
    }

    async fn reset_mails_are_limited_known_or_not(house: &House) {
        house.found().await;
        for email in [EMAIL, "nobody@example.com"] {
            for address in 0..4 {
                let from = from(&format!("203.0.113.{address}"));
                passwords::request_reset(&house.services, &from, email).await.expect("an answer");
            }
            let refused = passwords::request_reset(&house.services, &from("203.0.113.9"), email).await;
            assert_eq!(problem(refused), Problem::TooMany { retry_after_s: 60 });
        }
        house.later(MINUTE_MS);
        passwords::request_reset(&house.services, &from("203.0.113.9"), EMAIL).await.expect("a mail");
        assert_eq!(house.mails().await.len(), 5);
    }

    async fn strength_is_judged_by_the_persons_own_words(house: &House) {
        let judge = async |password: &str, hints: &[&str]| {
            passwords::strength_of(&house.services, password, hints).await.expect("a judgement")
        };
        assert!(judge("plum ladder sings twice", &[]).await.is_accepted());
        assert!(!judge("ostrander", &["Wilhelmina Ostrander"]).await.is_accepted());
        assert_eq!(judge("", &[]).await.label(), "Too short");
    }
}
