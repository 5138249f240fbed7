use crate::{
    browser::Browser,
    house::{EMAIL, House, PASSWORD, from, on_both, origin, problem},
};
use conifer_domain::{
    Field, Problem, Rule,
    limits::{EMAIL_CHANGE_AGE_MAX_MS, MINUTE_MS, NAME_LENGTH_MAX_CHARS},
    theme::Theme,
};
use conifer_services::{Services, accounts, passwords, sessions::Current, sign_in};

const NEW: &str = "lovelace@example.com";

async fn request(services: &Services, current: &Current, email: &str) -> Result<(), Problem> {
    let asked = accounts::request_email_change(services, &origin(), current, email, PASSWORD).await;
    asked.map_err(|error| error.problem())
}

async fn confirm(services: &Services, token: &str) -> Result<(), Problem> {
    accounts::confirm_email_change(services, &origin(), token).await.map_err(|error| error.problem())
}

async fn pending(house: &House, current: &Current) -> Option<String> {
    accounts::details(&house.services, current).await.expect("the account").pending_email
}

on_both! {
    async fn the_page_tells_what_there_is(house: &House) {
        let (_, current) = house.ada().await;
        let details = accounts::details(&house.services, &current).await.expect("the account");
        assert_eq!(details.account, current.account);
        assert_eq!(details.created_at_ms, crate::house::START_MS);
        assert_eq!((details.pending_email, details.recovery_codes_left), (None, 0));
    }

    async fn a_name_is_checked_and_kept(house: &House) {
        let (browser, current) = house.ada().await;
        let rename = async |name: &str| {
            let renamed = accounts::rename(&house.services, &origin(), &current, name).await;
            renamed.map_err(|error| error.problem())
        };
        assert_eq!(rename("  Ada Łovelace 👩‍🔬 ").await, Ok(()));
        let too_long = Rule::TooLong { chars_max: NAME_LENGTH_MAX_CHARS };
        for (name, rule) in [
            (" ", Rule::Required),
            (&*"x".repeat(NAME_LENGTH_MAX_CHARS + 1), too_long),
            ("Ada\r\nBcc: eve@example.com", Rule::ControlCharacter),
        ] {
            assert_eq!(rename(name).await, Err(Problem::invalid(Field::Name, rule)));
        }
        assert_eq!(browser.current().await.expect("somebody").account.name, "Ada Łovelace 👩‍🔬");
    }

    async fn a_theme_is_kept(house: &House) {
        let (browser, current) = house.ada().await;
        for theme in Theme::ALL {
            accounts::set_theme(&house.services, &current, theme).await.expect("kept");
            assert_eq!(browser.current().await.expect("somebody").account.theme, theme);
        }
    }

    async fn an_address_changes_once_it_confirms(house: &House) {
        let (browser, current) = house.ada().await;
        assert_eq!(request(&house.services, &current, NEW).await, Ok(()));
        assert_eq!(pending(house, &current).await.as_deref(), Some(NEW));
        assert_eq!(browser.current().await.expect("somebody").account.email, EMAIL);
        assert!(house.mail_to(EMAIL).await.text.contains(NEW), "a notice to the old address");
        let token = house.token_to(NEW).await;
        assert_eq!(accounts::check_email_link(&house.services, &token).await.expect("a link"), NEW);
        assert_eq!(confirm(&house.services, &token).await, Ok(()));
        assert_eq!(browser.current().await.expect("somebody").account.email, NEW);
        assert_eq!(pending(house, &current).await, None);
        assert_eq!(house.mail_to(EMAIL).await.entry.subject, "The address of your Conifer account changed");
        Browser::new(house).sign_in(NEW, PASSWORD).await;
        let old = sign_in::with_password(&house.services, &from("192.0.2.9"), EMAIL, PASSWORD).await;
        assert_eq!(problem(old), Problem::SignInFailed);
        assert_eq!(confirm(&house.services, &token).await, Err(Problem::LinkDead));
    }

    async fn a_taken_address_is_not_told(house: &House) {
        crate::sign_up::account(house, NEW).await;
        let (_, current) = house.ada().await;
        house.later(MINUTE_MS);
        assert_eq!(request(&house.services, &current, NEW).await, Ok(()));
        assert_eq!(pending(house, &current).await.as_deref(), Some(NEW));
        let told = house.mail_to(NEW).await;
        assert_eq!(told.entry.subject, "Somebody tried to use your address for Conifer");
        assert!(!told.text.contains("token="));
    }

    async fn what_cannot_change_is_told(house: &House) {
        let (_, current) = house.ada().await;
        let unchanged = Problem::invalid(Field::Email, Rule::Unchanged);
        assert_eq!(request(&house.services, &current, "ADA@example.com").await, Err(unchanged));
        let no_address = Problem::invalid(Field::Email, Rule::NotAnAddress);
        assert_eq!(request(&house.services, &current, "ada").await, Err(no_address));
        for (password, rule) in [("", Rule::Required), ("wrong", Rule::Wrong)] {
            let refused =
                accounts::request_email_change(&house.services, &origin(), &current, NEW, password).await;
            assert_eq!(problem(refused), Problem::invalid(Field::CurrentPassword, rule));
        }
        assert!(house.mails().await.is_empty());
    }

    async fn a_change_is_called_off(house: &House) {
        let (_, current) = house.ada().await;
        assert_eq!(request(&house.services, &current, NEW).await, Ok(()));
        let token = house.token_to(NEW).await;
        for _ in 0..2 {
            accounts::cancel_email_change(&house.services, &origin(), &current).await.expect("called off");
        }
        assert_eq!(pending(house, &current).await, None);
        assert_eq!(confirm(&house.services, &token).await, Err(Problem::LinkDead));
    }

    async fn only_the_newest_address_waits_and_for_a_day(house: &House) {
        let (_, current) = house.ada().await;
        assert_eq!(request(&house.services, &current, "first@example.com").await, Ok(()));
        assert_eq!(request(&house.services, &current, NEW).await, Ok(()));
        let (old, new) = (house.token_to("first@example.com").await, house.token_to(NEW).await);
        assert_eq!(confirm(&house.services, &old).await, Err(Problem::LinkDead));
        house.later(EMAIL_CHANGE_AGE_MAX_MS);
        assert_eq!(pending(house, &current).await, None);
        assert_eq!(confirm(&house.services, &new).await, Err(Problem::LinkDead));
    }

    async fn two_accounts_race_for_one_address(house: &House) {
        let (_, ada) = house.ada().await;
        let eve = crate::sign_up::account(house, "eve@example.com").await;
        assert_eq!(request(&house.services, &ada, NEW).await, Ok(()));
        let first = house.token_to(NEW).await;
        house.later(MINUTE_MS);
        assert_eq!(request(&house.services, &eve, NEW).await, Ok(()));
        let racers = [first, house.token_to(NEW).await].map(|token| {
            let services = house.services.clone();
            tokio::spawn(async move { confirm(&services, &token).await })
        });
        let mut outcomes = Vec::new();
        for racer in racers {
            outcomes.push(racer.await.expect("no panic"));
        }
        outcomes.sort_by_key(Result::is_err);
        assert_eq!(outcomes, [Ok(()), Err(Problem::invalid(Field::Email, Rule::Taken))]);
    }

    async fn a_reset_link_to_the_old_address_dies_with_it(house: &House) {
        let (_, current) = house.ada().await;
        passwords::request_reset(&house.services, &origin(), EMAIL).await.expect("a mail");
        let reset = house.token_to(EMAIL).await;
        assert_eq!(request(&house.services, &current, NEW).await, Ok(()));
        assert_eq!(confirm(&house.services, &house.token_to(NEW).await).await, Ok(()));
        assert_eq!(problem(passwords::check_reset_link(&house.services, &reset).await), Problem::LinkDead);
    }
}
