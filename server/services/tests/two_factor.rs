use crate::{
    browser::Browser,
    house::{EMAIL, House, PASSWORD, on_both, origin, problem},
};
use conifer_domain::{
    Field, Problem, Rule,
    accounts::RecoveryCodes,
    limits::{RECOVERY_CODES, SECOND_MS},
};
use conifer_services::{
    Services, accounts,
    sessions::{self, Current},
    sign_in::{self, HalfVerified, Verdict},
    two_factor,
};
use totp_rs::{Algorithm, Secret, TOTP};

const STEP_MS: i64 = 30 * SECOND_MS;

/// The person's app.
pub struct App {
    totp: TOTP,
    pub codes: RecoveryCodes,
}

impl App {
    pub fn digits(&self, house: &House) -> String {
        self.totp.generate(u64::try_from(house.clock.now_ms() / 1000).expect("a time"))
    }
}

fn totp(secret: &str) -> TOTP {
    let secret = Secret::Encoded(secret.into()).to_bytes().expect("a secret");
    TOTP::new(Algorithm::SHA1, 6, 1, 30, secret, None, String::new()).expect("an app")
}

/// Turns it on, a step ago, so that the next code is fresh.
pub async fn turn_on(house: &House, browser: &mut Browser, current: &Current) -> App {
    let session = browser.request();
    let setup = two_factor::start(&house.services, &session, current).await.expect("a secret");
    let mut app = App { totp: totp(&setup.secret), codes: RecoveryCodes(Vec::new()) };
    let code = app.digits(house);
    let codes = two_factor::confirm(&house.services, &origin(), &session, current, PASSWORD, &code).await;
    app.codes = codes.expect("recovery codes");
    browser.answer(&session).await;
    house.later(STEP_MS);
    app
}

async fn half(services: &Services) -> HalfVerified {
    match sign_in::with_password(services, &origin(), EMAIL, PASSWORD).await {
        Ok(Verdict::SecondFactor(half)) => half,
        verdict => panic!("{verdict:?}"),
    }
}

async fn code(house: &House, half: HalfVerified, code: &str) -> Result<(), Problem> {
    let verified = sign_in::with_code(&house.services, &origin(), half, code).await;
    verified.map(|_| ()).map_err(|error| error.problem())
}

/// How many of many who try the same code at the same time get in.
async fn race(house: &House, half: HalfVerified, code: &str) -> usize {
    let racers: Vec<_> = (0..4)
        .map(|_| {
            let (services, code) = (house.services.clone(), code.to_owned());
            tokio::spawn(async move { sign_in::with_code(&services, &origin(), half, &code).await })
        })
        .collect();
    let mut won = 0;
    for racer in racers {
        match racer.await.expect("no panic") {
            Ok(_) => won += 1,
            Err(error) => assert_eq!(error.problem(), Problem::CodeWrong),
        }
    }
    won
}

on_both! {
    async fn the_secret_waits_for_its_first_right_code(house: &House) {
        let (mut browser, current) = house.ada().await;
        let session = browser.request();
        let setup = two_factor::start(&house.services, &session, &current).await.expect("a secret");
        browser.answer(&session).await;
        let session = browser.request();
        assert_eq!(two_factor::start(&house.services, &session, &current).await.expect("a secret"), setup);
        assert!(setup.link.contains(&setup.secret) && setup.link.contains("ada%40example.com"), "{}", setup.link);
        assert!(setup.qr_path.starts_with('M') && setup.qr_size > 20);

        let stolen = two_factor::confirm(&house.services, &origin(), &session, &current, "a guess", "000000").await;
        assert_eq!(problem(stolen), Problem::invalid(Field::CurrentPassword, Rule::Wrong));
        let wrong = two_factor::confirm(&house.services, &origin(), &session, &current, PASSWORD, "000000").await;
        assert_eq!(problem(wrong), Problem::CodeWrong);
        let code = totp(&setup.secret).generate(u64::try_from(house.clock.now_ms() / 1000).expect("a time"));
        let codes = two_factor::confirm(&house.services, &origin(), &session, &current, PASSWORD, &code).await;
        assert_eq!(codes.expect("recovery codes").0.len(), RECOVERY_CODES);
        browser.answer(&session).await;
        let current = browser.current().await.expect("somebody");
        assert!(current.account.two_factor);
        assert_eq!(house.mail_to(EMAIL).await.entry.subject, "Two-factor sign-in is on");
        // It is on: neither a new secret nor the old one is to be had.
        let session = browser.request();
        assert_eq!(problem(two_factor::start(&house.services, &session, &current).await), Problem::Conflict);
        let again = two_factor::confirm(&house.services, &origin(), &session, &current, PASSWORD, &code).await;
        assert_eq!(problem(again), Problem::Conflict);
    }

    async fn sign_in_takes_both_factors(house: &House) {
        let (mut browser, current) = house.ada().await;
        let app = turn_on(house, &mut browser, &current).await;
        let half = half(&house.services).await;
        let verified = sign_in::with_code(&house.services, &origin(), half, &app.digits(house)).await;
        let mut other = Browser::new(house);
        other.verified(Verdict::SignedIn(verified.expect("both factors"))).await;
        assert_eq!(other.current().await.map(|current| current.account.email), Some(EMAIL.into()));
    }

    async fn the_waiting_session_leads_to_a_new_one(house: &House) {
        let (mut ada, current) = house.ada().await;
        let app = turn_on(house, &mut ada, &current).await;
        let mut browser = Browser::new(house);
        browser.verified(Verdict::SecondFactor(half(&house.services).await)).await;
        let waiting = browser.cookie;
        let half = sessions::awaiting_second_factor(&house.services, &browser.request()).await;
        let half = half.expect("an answer").expect("somebody who waits");
        let verified = sign_in::with_code(&house.services, &origin(), half, &app.digits(house)).await;
        browser.verified(Verdict::SignedIn(verified.expect("both factors"))).await;
        assert_ne!(browser.cookie, waiting);
        let session = browser.request();
        let left = sessions::awaiting_second_factor(&house.services, &session).await.expect("an answer");
        assert_eq!(left, None);
        browser.cookie = waiting;
        assert_eq!(browser.current().await, None);
    }

    async fn no_code_counts_twice(house: &House) {
        let (mut browser, current) = house.ada().await;
        let app = turn_on(house, &mut browser, &current).await;
        let half = half(&house.services).await;
        let digits = app.digits(house);
        assert_eq!(code(house, half, &digits).await, Ok(()));
        assert_eq!(code(house, half, &digits).await, Err(Problem::CodeWrong));
        house.later(STEP_MS);
        assert_eq!(code(house, half, &digits).await, Err(Problem::CodeWrong));
        assert_eq!(code(house, half, &app.digits(house)).await, Ok(()));
    }

    async fn the_code_that_turned_it_on_does_not_sign_in(house: &House) {
        let (mut browser, current) = house.ada().await;
        let app = turn_on(house, &mut browser, &current).await;
        house.later(-STEP_MS);
        let half = half(&house.services).await;
        assert_eq!(code(house, half, &app.digits(house)).await, Err(Problem::CodeWrong));
    }

    async fn a_code_races_itself_and_wins_once(house: &House) {
        let (mut browser, current) = house.ada().await;
        let app = turn_on(house, &mut browser, &current).await;
        let half = half(&house.services).await;
        assert_eq!(race(house, half, &app.digits(house)).await, 1);
    }

    async fn a_clock_may_be_one_step_off(house: &House) {
        let (mut browser, current) = house.ada().await;
        let app = turn_on(house, &mut browser, &current).await;
        let half = half(&house.services).await;
        house.later(STEP_MS);
        let digits = app.digits(house);
        house.later(2 * STEP_MS);
        assert_eq!(code(house, half, &digits).await, Err(Problem::CodeWrong));
        let ahead = app.digits(house);
        house.later(-STEP_MS);
        assert_eq!(code(house, half, &ahead).await, Ok(()));
    }

    async fn a_recovery_code_stands_in_once(house: &House) {
        let (mut browser, current) = house.ada().await;
        let app = turn_on(house, &mut browser, &current).await;
        let half = half(&house.services).await;
        let recovery = app.codes.0[3].to_uppercase().replace('-', " ");
        assert_eq!(code(house, half, &recovery).await, Ok(()));
        assert_eq!(code(house, half, &recovery).await, Err(Problem::CodeWrong));
        let details = accounts::details(&house.services, &current).await.expect("the account");
        assert_eq!(details.recovery_codes_left as usize, RECOVERY_CODES - 1);
        assert!(house.mail_to(EMAIL).await.text.contains("Codes left: 9."));
    }

    async fn a_recovery_code_races_itself_and_wins_once(house: &House) {
        let (mut browser, current) = house.ada().await;
        let app = turn_on(house, &mut browser, &current).await;
        let half = half(&house.services).await;
        assert_eq!(race(house, half, &app.codes.0[0]).await, 1);
    }

    async fn recovery_codes_are_kept_as_hashes(house: &House) {
        let (mut browser, current) = house.ada().await;
        let app = turn_on(house, &mut browser, &current).await;
        let kept = house.rows("SELECT code_hash FROM recovery_codes").await;
        assert_eq!(kept.len(), RECOVERY_CODES);
        assert!(app.codes.0.iter().all(|code| !kept.contains(code) && !kept.contains(&code.replace('-', ""))));
    }

    async fn new_codes_kill_the_old_ones(house: &House) {
        let (mut browser, current) = house.ada().await;
        let app = turn_on(house, &mut browser, &current).await;
        let services = &house.services;
        let wrong = two_factor::new_recovery_codes(services, &origin(), &current, "wrong").await;
        assert_eq!(problem(wrong), Problem::invalid(Field::CurrentPassword, Rule::Wrong));
        let new = two_factor::new_recovery_codes(services, &origin(), &current, PASSWORD).await.expect("codes");
        let half = half(services).await;
        assert_eq!(code(house, half, &app.codes.0[0]).await, Err(Problem::CodeWrong));
        assert_eq!(code(house, half, &new.0[0]).await, Ok(()));
    }

    async fn turning_it_off_takes_the_password(house: &House) {
        let (mut browser, current) = house.ada().await;
        let services = &house.services;
        let off = two_factor::turn_off(services, &origin(), &current, PASSWORD).await;
        assert_eq!(problem(off), Problem::Conflict);
        let codes = two_factor::new_recovery_codes(services, &origin(), &current, PASSWORD).await;
        assert_eq!(problem(codes), Problem::Conflict);
        turn_on(house, &mut browser, &current).await;
        let half = half(services).await;
        let wrong = two_factor::turn_off(services, &origin(), &current, "wrong").await;
        assert_eq!(problem(wrong), Problem::invalid(Field::CurrentPassword, Rule::Wrong));
        two_factor::turn_off(services, &origin(), &current, PASSWORD).await.expect("off");
        assert_eq!(house.count("SELECT COUNT(*) FROM recovery_codes").await, 0);
        assert_eq!(house.mail_to(EMAIL).await.entry.subject, "Two-factor sign-in is off");
        // Who waited for a code needs none now.
        assert_eq!(code(house, half, "").await, Ok(()));
        let verdict = sign_in::with_password(services, &origin(), EMAIL, PASSWORD).await;
        assert!(matches!(verdict, Ok(Verdict::SignedIn(_))), "{verdict:?}");
    }

    async fn guessing_codes_gets_slow(house: &House) {
        let (mut browser, current) = house.ada().await;
        let app = turn_on(house, &mut browser, &current).await;
        let half = half(&house.services).await;
        let tries: Vec<_> = (0..20)
            .map(|guess| {
                let services = house.services.clone();
                let guess = format!("zzz{guess:03}");
                tokio::spawn(async move { sign_in::with_code(&services, &origin(), half, &guess).await })
            })
            .collect();
        let mut looked_at = 0;
        for one in tries {
            match one.await.expect("no panic").expect_err("a refusal").problem() {
                Problem::CodeWrong => looked_at += 1,
                problem => assert_eq!(problem, Problem::TooMany { retry_after_s: 1 }),
            }
        }
        assert_eq!(looked_at, 5);
        assert_eq!(code(house, half, &app.digits(house)).await, Err(Problem::TooMany { retry_after_s: 1 }));
        house.later(SECOND_MS);
        assert_eq!(code(house, half, &app.digits(house)).await, Ok(()));
    }
}
