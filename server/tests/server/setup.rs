//! The first owner over HTTP.

use crate::{
    on_both_databases,
    process::{Server, founding},
};
use std::thread;

on_both_databases! {
    fn the_link_works_once(database) {
        let mut server = Server::on(database);
        let token = server.set_up_token();
        server.set_up();
        let again = server.browser().post("/fn/setup/found", &founding(&token));
        assert_eq!((again.status, again.problem().as_str()), (410, "link-dead"));
    }

    fn racing_set_ups_make_one_owner(database) {
        let mut server = Server::on(database);
        let token = server.set_up_token();
        let server = &server;
        let answers = thread::scope(|scope| {
            let race = |number: usize| {
                let (token, email) = (token.clone(), format!("racer{number}@example.com"));
                scope.spawn(move || {
                    let mut form = founding(&token);
                    form[2].1 = &email;
                    server.browser().post("/fn/setup/found", &form).status
                })
            };
            let racers: Vec<_> = (0..6).map(race).collect();
            racers.into_iter().map(|racer| racer.join().expect("no panic")).collect::<Vec<_>>()
        });
        assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1, "{answers:?}");
        assert_eq!(answers.iter().filter(|status| **status == 410).count(), 5, "{answers:?}");
    }
}

#[test]
fn a_restart_prints_a_fresh_link_and_the_old_one_dies() {
    let mut first = Server::start();
    let old = first.set_up_token();
    let data = first.data().to_owned();
    first.signal("-TERM");
    assert_eq!(first.wait().code(), Some(0), "{}", first.log());
    let mut second = Server::spawn(None, |command| command.arg("--data").arg(&data));
    let fresh = second.set_up_token();
    assert_ne!(old, fresh);
    assert_eq!(second.browser().post("/fn/setup/found", &founding(&old)).status, 410);
    assert_eq!(second.browser().post("/fn/setup/found", &founding(&fresh)).status, 200);
}

/// Whoever reads the log must not become the owner.
#[test]
fn the_link_is_printed_and_not_logged() {
    let mut server = Server::with(&["--log-level=trace"]);
    let token = server.set_up_token();
    server.browser().get(&format!("/setup?token={token}"));
    server.browser().post("/fn/setup/found", &founding(&token));
    assert!(!server.log().contains(&token), "{}", server.log());
}
