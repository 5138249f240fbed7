use super::{editor, enter, key, listed, reader, refusal, rights};
use crate::house::{House, on_both, origin, problem};
use conifer_domain::{
    Field, Problem, Rule,
    api_keys::{KeyQuery, KeyRefusal, KeyRole, KeyScope},
    limits::{DAY_MS, KEY_NAME_LENGTH_MAX_CHARS},
    paging::Paging,
};
use conifer_services::{api_keys, authorize::authorize};

on_both! {
    async fn a_new_key_counts_at_once_and_its_secret_is_nowhere(house: &House) {
        let town = house.town().await;
        let (id, secret) = key(&town, "Search", editor()).await;
        let entered = enter(&house.services, &secret).await.expect("the key");
        assert_eq!((entered.id(), entered.project_id()), (id, Ok(town.project_id)));
        let core = secret.rsplit_once('_').expect("a secret").1;
        let kept = house.rows("SELECT id || prefix || secret_hash || name || roles || scope FROM api_keys").await;
        let log = house.rows("SELECT actor || action || COALESCE(target, '') || details FROM audit_log").await;
        assert!(kept.iter().chain(&log).all(|row| !row.contains(core)), "{kept:?} {log:?}");
        assert!(!format!("{entered:?}").contains(core));
        assert!(log.iter().any(|row| row.contains("api-key.created") && row.contains(&id.to_string())));
    }

    async fn what_is_no_key_is_refused_and_told_apart(house: &House) {
        let town = house.town().await;
        let (_, secret) = key(&town, "Search", reader()).await;
        let (head, tail) = secret.split_at(secret.len() - 1);
        let typo = format!("{head}{}", if tail == "a" { "b" } else { "a" });
        let uses = house.services.db().uses();
        for text in ["", "nonsense", &typo, head, "pcsk_", &secret.to_uppercase()] {
            assert_eq!(refusal(&house.services, text).await, KeyRefusal::Malformed, "{text}");
        }
        assert_eq!(house.services.db().uses(), uses, "a typo asks the database nothing");
    }

    async fn a_key_of_another_installation_is_unknown(house: &House) {
        let town = house.town().await;
        let (id, secret) = key(&town, "Search", reader()).await;
        house.run("DELETE FROM api_keys WHERE id = $1", &[id.to_string()]).await;
        let again = house.again(crate::house::CHEAP, |_| ()).await;
        assert_eq!(refusal(&again, &secret).await, KeyRefusal::Unknown);
    }

    async fn a_key_ends_when_it_expires(house: &House) {
        let town = house.town().await;
        let end_ms = house.services.clock().now_ms() + DAY_MS;
        let mut lasting = reader();
        lasting.expires_at_ms = Some(end_ms);
        let (id, secret) = key(&town, "For a day", lasting.clone()).await;
        house.later(DAY_MS - 1);
        enter(&house.services, &secret).await.expect("the key");
        house.later(1);
        assert_eq!(refusal(&house.services, &secret).await, KeyRefusal::Expired);
        // It can be given more time.
        lasting.expires_at_ms = Some(end_ms + DAY_MS);
        let (s, o) = (&house.services, &origin());
        api_keys::set_rights(s, o, &town.ada, town.project_id, id, lasting, false).await.expect("changed");
        enter(s, &secret).await.expect("the key");
    }

    async fn what_cannot_be_is_named(house: &House) {
        let town = house.town().await;
        let (s, o) = (&house.services, &origin());
        key(&town, "Taken", reader()).await;
        let now_ms = s.clock().now_ms();
        let made = async |name: &str, change: fn(&mut conifer_domain::api_keys::KeyRights, i64)| {
            let mut rights = reader();
            change(&mut rights, now_ms);
            problem(api_keys::create(s, o, &town.ada, town.project_id, name, rights).await)
        };
        let invalid = Problem::invalid;
        assert_eq!(made(" ", |_, _| ()).await, invalid(Field::KeyName, Rule::Required));
        let long = "a".repeat(KEY_NAME_LENGTH_MAX_CHARS + 1);
        assert_eq!(made(&long, |_, _| ()).await, invalid(Field::KeyName, Rule::TooLong { chars_max: 80 }));
        assert_eq!(made("TAKEN", |_, _| ()).await, invalid(Field::KeyName, Rule::Taken));
        assert_eq!(made("a", |rights, _| rights.roles.clear()).await, invalid(Field::KeyRoles, Rule::Required));
        let past = made("a", |rights, now_ms| rights.expires_at_ms = Some(now_ms)).await;
        assert_eq!(past, invalid(Field::KeyExpiry, Rule::Past));
        let none = made("a", |rights, _| rights.limits.requests_per_s = Some(0)).await;
        assert_eq!(none, invalid(Field::KeyRequests, Rule::NotANumber));
        let nowhere = made("a", |rights, _| rights.scope.indexes = Some(Default::default())).await;
        assert_eq!(nowhere, invalid(Field::KeyIndexes, Rule::Required));
        assert_eq!(listed(&town).await.len(), 1);
    }

    async fn the_list_says_all_but_the_secret(house: &House) {
        let town = house.town().await;
        let mut narrow = rights(&[KeyRole::ControlPlaneViewer, KeyRole::DataPlaneEditor]);
        narrow.scope = KeyScope::parse("docs", "a, b").expect("a scope");
        let (_, secret) = key(&town, "zeta", narrow.clone()).await;
        key(&town, "Alpha", reader()).await;
        enter(&house.services, &secret).await.expect("the key");
        api_keys::note_calls(&house.services).await.expect("noted");
        let keys = listed(&town).await;
        assert_eq!(keys.iter().map(|key| &*key.name).collect::<Vec<_>>(), ["Alpha", "zeta"]);
        assert_eq!(keys[1].rights, narrow);
        assert_eq!(keys[1].created_by.as_deref(), Some("Ada"));
        assert!(secret.starts_with(&keys[1].prefix) && keys[1].prefix.len() < 20);
        let used = keys[1].last_used.as_ref().expect("a use");
        assert_eq!((used.at_ms, &*used.address), (house.services.clock().now_ms(), "192.0.2.1"));
        assert_eq!(keys[0].last_used, None);
    }

    async fn the_list_comes_page_by_page(house: &House) {
        let town = house.town().await;
        for name in ["c", "a", "b", "e", "d"] {
            key(&town, name, reader()).await;
        }
        let (s, o) = (&house.services, &origin());
        let proof = authorize(s, o, &town.ada, town.project_id).await.expect("a right");
        let (mut after, mut names) = (None, Vec::new());
        loop {
            let query = KeyQuery { search: String::new(), paging: Paging { after, limit: Some(2) } };
            let page = api_keys::list(s, &proof, &query).await.expect("a page");
            names.extend(page.items.into_iter().map(|key| key.name));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(names, ["a", "b", "c", "d", "e"]);
        let query = KeyQuery { search: "D".into(), paging: Paging::default() };
        assert_eq!(api_keys::list(s, &proof, &query).await.expect("a page").items.len(), 1);
    }

    async fn the_command_line_makes_a_key_once(house: &House) {
        let town = house.town().await;
        let s = &house.services;
        let make = async || api_keys::bootstrap(s, town.organization_id, town.project_id, "ci").await;
        let made = make().await.expect("a key").expect("a new one");
        assert!(make().await.expect("an answer").is_none());
        let key = enter(s, secrecy::ExposeSecret::expose_secret(&made.secret)).await.expect("the key");
        assert_eq!(key.rights().roles, [KeyRole::ProjectEditor].into());
        assert_eq!(listed(&town).await[0].created_by, None);
        let made = house.rows("SELECT actor FROM audit_log WHERE action = 'api-key.created'").await;
        assert_eq!(made, ["command-line"]);
    }
}
