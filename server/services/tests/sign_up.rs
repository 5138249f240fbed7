use crate::{
    browser::Browser,
    house::{CHEAP, EMAIL, House, PASSWORD, from, on_both, origin, problem},
};
use conifer_domain::{
    Field, Problem, Rule,
    limits::{MINUTE_MS, SIGN_UP_AGE_MAX_MS},
};
use conifer_services::{Services, SignUp, mail, sessions::Current, sign_up};

const NEW: &str = "grace@example.com";

async fn complete(
    services: &Services,
    token: &str,
) -> conifer_services::Result<conifer_services::setup::Founded> {
    sign_up::complete(services, &origin(), token, "Grace", PASSWORD, "Compilers", "First").await
}

/// Somebody else with an account of their own, signed in.
pub async fn account(house: &House, email: &str) -> Current {
    sign_up::request(&house.services, &from("203.0.113.5"), email).await.expect("a mail");
    let token = house.token_to(email).await;
    complete(&house.services, &token).await.expect("an account");
    let mut browser = Browser::new(house);
    browser.origin = from("203.0.113.5");
    browser.sign_in(email, PASSWORD).await
}

on_both! {
    async fn a_mailed_link_makes_an_account_once(house: &House) {
        sign_up::request(&house.services, &origin(), " Grace@Example.com ").await.expect("a mail");
        let token = house.token_to("Grace@Example.com").await;
        assert_eq!(sign_up::check_link(&house.services, &token).await.expect("a link"), "Grace@Example.com");
        let founded = complete(&house.services, &token).await.expect("an account");
        let mut browser = Browser::new(house);
        assert_eq!(browser.sign_in(NEW, PASSWORD).await.account.id, founded.user_id);
        assert_eq!(problem(complete(&house.services, &token).await), Problem::LinkDead);
        assert_eq!(house.count("SELECT COUNT(*) FROM users WHERE email_verified_at IS NOT NULL").await, 1);
    }

    async fn a_known_address_gets_another_mail_and_the_same_answer(house: &House) {
        house.found().await;
        let hashes = house.services.password_hashes();
        sign_up::request(&house.services, &origin(), EMAIL).await.expect("the same answer");
        sign_up::request(&house.services, &origin(), NEW).await.expect("the same answer");
        assert_eq!(house.services.password_hashes(), hashes);
        let known = house.mail_to(EMAIL).await;
        assert_eq!(known.entry.subject, "You have a Conifer account already");
        assert!(!known.text.contains("token="));
        assert!(house.mail_to(NEW).await.text.contains("token="));
    }

    async fn by_invitation_nothing_of_it_exists(house: &House) {
        sign_up::request(&house.services, &origin(), NEW).await.expect("a mail");
        let token = house.token_to(NEW).await;
        let closed = house.again(CHEAP, |settings| settings.sign_up = SignUp::Invited).await;
        assert_eq!(problem(sign_up::request(&closed, &origin(), NEW).await), Problem::SignUpClosed);
        assert_eq!(problem(sign_up::check_link(&closed, &token).await), Problem::SignUpClosed);
        assert_eq!(problem(complete(&closed, &token).await), Problem::SignUpClosed);
    }

    async fn a_link_dies_after_a_day(house: &House) {
        sign_up::request(&house.services, &origin(), NEW).await.expect("a mail");
        let token = house.token_to(NEW).await;
        house.later(SIGN_UP_AGE_MAX_MS - 1);
        sign_up::check_link(&house.services, &token).await.expect("a link in force");
        house.later(1);
        assert_eq!(problem(sign_up::check_link(&house.services, &token).await), Problem::LinkDead);
        assert_eq!(problem(complete(&house.services, &token).await), Problem::LinkDead);
    }

    async fn a_link_is_good_for_its_purpose_alone(house: &House) {
        sign_up::request(&house.services, &origin(), NEW).await.expect("a mail");
        let token = house.token_to(NEW).await;
        let services = &house.services;
        let reset = conifer_services::passwords::reset(services, &origin(), &token, PASSWORD).await;
        assert_eq!(problem(reset), Problem::LinkDead);
        let confirm = conifer_services::accounts::confirm_email_change(services, &origin(), &token).await;
        assert_eq!(problem(confirm), Problem::LinkDead);
        let found = conifer_services::setup::check_link(services, &token).await;
        assert_eq!(problem(found), Problem::LinkDead);
    }

    async fn two_links_to_one_address_make_one_account(house: &House) {
        sign_up::request(&house.services, &origin(), NEW).await.expect("a mail");
        let first = house.token_to(NEW).await;
        house.later(MINUTE_MS);
        sign_up::request(&house.services, &origin(), NEW).await.expect("a mail");
        let tokens = [first, house.token_to(NEW).await];
        let racers = tokens.map(|token| {
            let services = house.services.clone();
            tokio::spawn(async move { complete(&services, &token).await })
        });
        let mut won = 0;
        for racer in racers {
            match racer.await.expect("no panic") {
                Ok(_) => won += 1,
                Err(error) => assert_eq!(error.problem(), Problem::LinkDead),
            }
        }
        assert_eq!((won, house.count("SELECT COUNT(*) FROM users").await), (1, 1));
    }

    async fn a_password_too_easy_leaves_the_link_in_force(house: &House) {
        sign_up::request(&house.services, &origin(), NEW).await.expect("a mail");
        let token = house.token_to(NEW).await;
        let (services, origin) = (&house.services, origin());
        let easy = sign_up::complete(services, &origin, &token, "Grace", "compilers", "Compilers", "First").await;
        assert_eq!(problem(easy), Problem::invalid(Field::Password, Rule::TooEasyToGuess));
        complete(&house.services, &token).await.expect("an account");
    }

    async fn nobody_is_flooded_with_mail(house: &House) {
        for address in ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"] {
            sign_up::request(&house.services, &from(address), NEW).await.expect("a mail");
        }
        let refused = sign_up::request(&house.services, &from("192.0.2.5"), NEW).await;
        assert_eq!(problem(refused), Problem::TooMany { retry_after_s: 60 });
        house.services.settle().await;
        assert_eq!(mail::list(house.data_dir()).expect("the outbox").len(), 4);
        house.later(MINUTE_MS);
        sign_up::request(&house.services, &from("192.0.2.5"), NEW).await.expect("a mail");
    }

    async fn nobody_floods_others_with_mail(house: &House) {
        for address in 0..11 {
            let email = format!("user{address}@example.com");
            sign_up::request(&house.services, &origin(), &email).await.expect("a mail");
        }
        let refused = sign_up::request(&house.services, &origin(), NEW).await;
        assert_eq!(problem(refused), Problem::TooMany { retry_after_s: 10 });
    }

    async fn what_is_no_address_gets_no_mail(house: &House) {
        for email in ["", "grace", "grace@example.com\r\nBcc: eve@example.com"] {
            let refused = problem(sign_up::request(&house.services, &origin(), email).await);
            assert!(matches!(refused, Problem::Invalid { field: Field::Email, .. }), "{refused:?}");
        }
        assert!(house.mails().await.is_empty());
    }
}
