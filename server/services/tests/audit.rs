use crate::{
    browser::Browser,
    house::{EMAIL, House, NEW_PASSWORD, PASSWORD, from, on_both, origin},
};
use conifer_services::{accounts, passwords, sessions, sign_in, two_factor};

const ACTIONS: &str = "SELECT action FROM audit_log ORDER BY id";

on_both! {
    async fn every_change_leaves_a_row(house: &House) {
        let (mut browser, current) = house.ada().await;
        let services = &house.services;
        accounts::rename(services, &origin(), &current, "Countess").await.expect("renamed");
        accounts::request_email_change(services, &origin(), &current, "x@example.com", PASSWORD).await.expect("asked");
        accounts::cancel_email_change(services, &origin(), &current).await.expect("called off");
        accounts::cancel_email_change(services, &origin(), &current).await.expect("nothing to call off");
        crate::two_factor::turn_on(house, &mut browser, &current).await;
        two_factor::new_recovery_codes(services, &origin(), &current, PASSWORD).await.expect("codes");
        two_factor::turn_off(services, &origin(), &current, PASSWORD).await.expect("off");
        Browser::new(house).sign_in(EMAIL, PASSWORD).await;
        sessions::end_others(services, &origin(), &current).await.expect("ended");
        passwords::change(services, &origin(), &current, PASSWORD, NEW_PASSWORD).await.expect("changed");
        browser.sign_out().await;
        assert_eq!(house.rows(ACTIONS).await, [
            "installation.founded",
            "session.signed-in",
            "account.renamed",
            "account.email-change-requested",
            "account.email-change-cancelled",
            "account.two-factor-on",
            "account.recovery-codes-renewed",
            "account.two-factor-off",
            "session.signed-in",
            "session.others-ended",
            "account.password-changed",
            "session.signed-out",
        ]);
        let origins = "SELECT DISTINCT address || ' ' || request_id FROM audit_log WHERE actor <> 'command-line'";
        assert_eq!(house.rows(origins).await, ["192.0.2.1 request-1"]);
        assert_eq!(house.count("SELECT COUNT(*) FROM audit_log WHERE actor = 'command-line'").await, 1);
    }

    async fn failed_sign_ins_name_an_account_but_never_what_was_typed(house: &House) {
        let founded = house.found().await;
        for email in [EMAIL, "nobody@example.com"] {
            let failed = sign_in::with_password(&house.services, &from("192.0.2.1"), email, "a typed secret").await;
            assert!(failed.is_err());
        }
        let rows = house
            .rows("SELECT actor || ' ' || COALESCE(target, '-') || ' ' || details FROM audit_log
                   WHERE action = 'session.sign-in-failed' ORDER BY id")
            .await;
        assert_eq!(rows, [format!("nobody {} null", founded.user_id), "nobody - null".to_owned()]);
    }

    async fn a_change_that_fails_leaves_none(house: &House) {
        let (_, current) = house.ada().await;
        let before = house.rows(ACTIONS).await;
        let taken = accounts::rename(&house.services, &origin(), &current, "").await;
        let dead = accounts::confirm_email_change(&house.services, &origin(), "no such token").await;
        let foreign = sessions::end_one(&house.services, &origin(), &current, uuid::Uuid::now_v7().into()).await;
        assert!(taken.is_err() && dead.is_err() && foreign.is_err());
        assert_eq!(house.rows(ACTIONS).await, before);
    }
}
