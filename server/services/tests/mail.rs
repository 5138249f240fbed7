use crate::{
    browser::Browser,
    house::{EMAIL, House, NEW_PASSWORD, PASSWORD, on_both, origin, problem},
    mailbox::token,
};
use conifer_domain::{Problem, limits::MINUTE_MS};
use conifer_services::{
    accounts,
    mail::{self, OutboxMail},
    passwords,
    sign_in::{self, Verdict},
    sign_up, two_factor,
};
use std::fs;

/// A mail as it is kept for comparison: whom it is for, what it says, without what is secret and new each time.
fn shown(mail: &OutboxMail) -> String {
    let shown =
        format!("To: {}\nSubject: {}\n\n{}\n{}", mail.entry.to, mail.entry.subject, mail.text, mail.html);
    match shown.contains("?token=") {
        true => shown.replace(&token(&mail.text), "[token]"),
        false => shown,
    }
}

fn same(name: &str, mail: &OutboxMail) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "mails" }, {
        insta::assert_snapshot!(name, shown(mail));
    });
}

on_both! {
    async fn letters_say_what_they_should(house: &House) {
        let (mut browser, current) = house.ada().await;
        let services = &house.services;
        let last = async || house.mails().await.pop().expect("a mail");

        sign_up::request(services, &origin(), "grace@example.com").await.expect("a mail");
        same("sign-up", &last().await);
        sign_up::request(services, &origin(), EMAIL).await.expect("a mail");
        same("sign-up-known", &last().await);
        passwords::request_reset(services, &origin(), EMAIL).await.expect("a mail");
        same("password-reset", &last().await);

        accounts::rename(services, &origin(), &current, "Ada <b>&</b>").await.expect("renamed");
        let current = browser.current().await.expect("somebody");
        accounts::request_email_change(services, &origin(), &current, "new@example.com", PASSWORD).await.expect("a mail");
        same("email-change", &house.mail_to("new@example.com").await);
        same("email-change-asked", &house.mail_to(EMAIL).await);
        let link = house.token_to("new@example.com").await;
        accounts::confirm_email_change(services, &origin(), &link).await.expect("changed");
        same("email-changed", &last().await);

        let app = crate::two_factor::turn_on(house, &mut browser, &current).await;
        same("two-factor-on", &last().await);
        two_factor::new_recovery_codes(services, &origin(), &current, PASSWORD).await.expect("codes");
        same("recovery-codes-new", &last().await);
        two_factor::turn_off(services, &origin(), &current, PASSWORD).await.expect("off");
        same("two-factor-off", &last().await);
        passwords::change(services, &origin(), &current, PASSWORD, NEW_PASSWORD).await.expect("changed");
        same("password-changed", &last().await);
        drop(app);
    }

    async fn a_used_recovery_code_and_a_wanted_address_are_told(house: &House) {
        let eve = crate::sign_up::account(house, "eve@example.com").await;
        let (mut browser, current) = house.ada().await;
        house.later(MINUTE_MS);
        accounts::request_email_change(&house.services, &origin(), &eve, EMAIL, PASSWORD).await.expect("a mail");
        same("email-change-taken", &house.mail_to(EMAIL).await);
        let app = crate::two_factor::turn_on(house, &mut browser, &current).await;
        let verdict = sign_in::with_password(&house.services, &origin(), EMAIL, PASSWORD).await;
        let Ok(Verdict::SecondFactor(half)) = verdict else { panic!("{verdict:?}") };
        sign_in::with_code(&house.services, &origin(), half, &app.codes.0[0]).await.expect("in");
        same("recovery-code-used", &house.mail_to(EMAIL).await);
    }

    async fn the_outbox_is_for_one_user_of_the_system(house: &House) {
        sign_up::request(&house.services, &origin(), "grace@example.com").await.expect("a mail");
        house.services.settle().await;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &std::path::Path| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
            let outbox = house.data_dir().join("outbox");
            assert_eq!(mode(&outbox), 0o700);
            let letters: Vec<_> = fs::read_dir(&outbox).expect("the outbox").flatten().collect();
            assert_eq!(letters.len(), 1);
            assert_eq!(mode(&letters[0].path()), 0o600);
            // One that was open to others is closed at the next start.
            fs::set_permissions(&outbox, fs::Permissions::from_mode(0o755)).expect("opened");
            house.again(crate::house::CHEAP, |_| {}).await;
            assert_eq!(mode(&outbox), 0o700);
        }
    }

    async fn the_outbox_lists_the_oldest_first_and_shows_each(house: &House) {
        for name in ["a", "b", "c"] {
            sign_up::request(&house.services, &origin(), &format!("{name}@example.com")).await.expect("a mail");
            house.services.settle().await;
        }
        let list = mail::list(house.data_dir()).expect("the outbox");
        let to: Vec<_> = list.iter().map(|entry| &*entry.to).collect();
        assert_eq!(to, ["a@example.com", "b@example.com", "c@example.com"]);
        for entry in list {
            assert_eq!(mail::show(house.data_dir(), &entry.id).expect("a mail").entry, entry);
        }
    }

    async fn no_id_leads_out_of_the_outbox(house: &House) {
        fs::write(house.data_dir().join("secret.json"), "{}").expect("a file");
        for id in ["", "..", "../secret", "/etc/passwd", "0198c5a0-0000-7000-8000-000000000000"] {
            assert_eq!(problem(mail::show(house.data_dir(), id)), Problem::NotFound, "{id}");
        }
    }

    async fn a_letter_that_cannot_be_read_hides_no_other(house: &House) {
        sign_up::request(&house.services, &origin(), "grace@example.com").await.expect("a mail");
        house.services.settle().await;
        let outbox = house.data_dir().join("outbox");
        fs::write(outbox.join("0198c5a0-0000-7000-8000-000000000000.json"), "{").expect("a file");
        fs::write(outbox.join("0198c5a0-0000-7000-8000-000000000001.tmp"), "{").expect("a file");
        assert_eq!(mail::list(house.data_dir()).expect("the outbox").len(), 1);
        house.services.sweep().await.expect("swept");
    }

    async fn no_mail_no_outbox(house: &House) {
        let elsewhere = house.data_dir().join("nothing-here");
        assert_eq!(mail::list(&elsewhere).expect("an answer"), []);
    }

    async fn a_notice_that_cannot_be_mailed_does_not_undo_the_change(house: &House) {
        let (_, current) = house.ada().await;
        let outbox = house.data_dir().join("outbox");
        fs::remove_dir_all(&outbox).expect("gone");
        fs::write(&outbox, "in the way").expect("a file");
        passwords::change(&house.services, &origin(), &current, PASSWORD, NEW_PASSWORD).await.expect("changed");
        Browser::new(house).sign_in(EMAIL, NEW_PASSWORD).await;
    }
}

/// A snapshot that no letter uses any more would go unseen.
#[test]
fn every_snapshot_belongs_to_a_letter() {
    let mut names: Vec<_> = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mails"))
        .expect("the snapshots")
        .flatten()
        .map(|file| file.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let letters = [
        "address-confirmation",
        "email-change-asked",
        "email-change-taken",
        "email-change",
        "email-changed",
        "invitation-organization",
        "invitation-project",
        "password-changed",
        "password-reset",
        "recovery-code-used",
        "recovery-codes-new",
        "sign-up-known",
        "sign-up",
        "two-factor-off",
        "two-factor-on",
    ];
    let mut expected = letters.map(|letter| format!("{letter}.snap"));
    expected.sort();
    assert_eq!(names, expected);
}
