use crate::house::{EMAIL, House, on_both, origin};
use conifer_domain::limits::DAY_MS;
use conifer_services::{mail, passwords, setup};

const ROWS: &str = "SELECT (SELECT COUNT(*) FROM sessions) + (SELECT COUNT(*) FROM links) + (SELECT COUNT(*) FROM throttles)";

on_both! {
    async fn what_is_over_goes_and_what_is_not_stays(house: &House) {
        let (browser, _) = house.ada().await;
        passwords::request_reset(&house.services, &origin(), EMAIL).await.expect("a mail");
        house.services.settle().await;
        let before = house.count(ROWS).await;
        house.services.sweep().await.expect("swept");
        assert_eq!(house.count(ROWS).await, before);
        assert!(browser.current().await.is_some());
        assert_eq!(mail::list(house.data_dir()).expect("the outbox").len(), 1);

        house.later(31 * DAY_MS);
        house.services.sweep().await.expect("swept");
        assert_eq!(house.count(ROWS).await, 0);
        assert_eq!(mail::list(house.data_dir()).expect("the outbox"), []);
    }

    async fn a_set_up_link_does_not_grow_old(house: &House) {
        let url = setup::new_link(&house.services).await.expect("an answer").expect("a link");
        house.later(400 * DAY_MS);
        house.services.sweep().await.expect("swept");
        setup::check_link(&house.services, &crate::mailbox::token(&url)).await.expect("a link in force");
    }
}
