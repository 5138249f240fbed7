//! A key that is limited to an index, or to namespaces, meets nothing else.

use crate::{
    api_keys::{editor, enter, key},
    house::{House, on_both, origin, problem},
    indexes::new,
    people::Town,
    records::{default, id, like, record},
};
use conifer_domain::{
    Problem,
    api_keys::{KeyPart, KeyRights, KeyScope},
    ids::IndexId,
    indexes::IndexChange,
    permissions::{Permission, may},
};
use conifer_services::{
    api_keys::KeyAccess,
    authorize::{Granted, Right, authorize},
    indexes, namespaces, records,
};
use std::sync::Arc;

/// A key with every right that a key can have, within these indexes and namespaces.
async fn limited(town: &Town<'_>, indexes: &str, namespaces: &str) -> Arc<KeyAccess> {
    let scope = KeyScope::parse(indexes, namespaces).expect("a scope");
    let (_, secret) = key(town, "limited", KeyRights { scope, ..editor() }).await;
    enter(&town.house.services, &secret).await.expect("a key")
}

async fn granted<P: Right + Permission<Of = IndexId>>(
    house: &House,
    key: &Arc<KeyAccess>,
    id: IndexId,
) -> Granted<P> {
    authorize(&house.services, &origin(), key, id).await.expect("a right")
}

on_both! {
    async fn a_key_of_one_index_meets_no_other(house: &House) {
        let town = house.town().await;
        let (mine, other, services) = (town.index("mine").await, town.index("other").await, &house.services);
        let key = &limited(&town, "mine", "").await;
        let list = authorize(services, &origin(), key, town.project_id).await.expect("a right");
        let names: Vec<_> = indexes::list(services, &list).await.expect("a list").iter().map(|entry| entry.name.clone()).collect();
        assert_eq!(names, ["mine"]);
        let missing = indexes::named(services, town.project_id, "missing");
        for id in [other, missing] {
            let o = &origin();
            let refused = [
                authorize::<may::ViewIndex>(services, o, key, id).await.map(drop),
                authorize::<may::QueryVectors>(services, o, key, id).await.map(drop),
                authorize::<may::UpsertVectors>(services, o, key, id).await.map(drop),
                authorize::<may::GetIndexStats>(services, o, key, id).await.map(drop),
                authorize::<may::CreateBackups>(services, o, key, id).await.map(drop),
                indexes::configure(services, o, key, id, IndexChange::default()).await.map(drop),
                indexes::delete(services, o, key, id).await,
            ];
            for outcome in refused {
                assert_eq!(problem(outcome), Problem::NotFound);
            }
        }
        let made = indexes::create(services, &origin(), key, town.project_id, new("third")).await;
        assert_eq!(problem(made), Problem::OutsideKey { part: KeyPart::Indexes });
        let upsert = granted(house, key, mine).await;
        records::upsert(services, &upsert, default(), vec![record("a", [1.0, 0.0])]).await.expect("its own");
        indexes::delete(services, &origin(), key, mine).await.expect("its own");
        assert!(services.directory().get(other).is_some());
        let deeds = house.rows("SELECT actor FROM audit_log WHERE action = 'index.deleted'").await;
        assert_eq!(deeds.len(), 1);
        assert_ne!(deeds[0], town.ada.account.id.to_string());
    }

    async fn a_key_of_one_namespace_meets_no_other(house: &House) {
        let town = house.town().await;
        let (index, services) = (town.index("notes").await, &house.services);
        let own = || namespaces::parse("own").expect("a name");
        town.upsert(index, default(), vec![record("a", [1.0, 0.0])]).await.expect("written");
        town.upsert(index, own(), vec![record("b", [1.0, 0.0])]).await.expect("written");
        let key = &limited(&town, "", "own").await;
        let outside = Problem::OutsideKey { part: KeyPart::Namespaces };
        let refused = [
            records::query(services, &granted(house, key, index).await, default(), like([1.0, 0.0], 1)).await.map(drop),
            records::upsert(services, &granted(house, key, index).await, default(), vec![record("c", [1.0, 0.0])]).await.map(drop),
            records::fetch(services, &granted(house, key, index).await, default(), vec![id("a")]).await.map(drop),
            records::list_ids(services, &granted(house, key, index).await, default(), String::new(), None, 10).await.map(drop),
            records::delete_all(services, &granted(house, key, index).await, default()).await.map(drop),
            namespaces::describe(services, &granted(house, key, index).await, default()).await.map(drop),
            namespaces::delete(services, &granted(house, key, index).await, default()).await.map(drop),
            namespaces::create(services, &granted(house, key, index).await, namespaces::parse("new").expect("a name")).await.map(drop),
        ];
        for outcome in refused {
            assert_eq!(problem(outcome), outside);
        }
        let found = records::query(services, &granted(house, key, index).await, own(), like([1.0, 0.0], 1)).await.expect("matches");
        assert_eq!(found.value.matches[0].id.as_str(), "b");
        let stats = records::stats(services, &granted(house, key, index).await, None).await.expect("stats").value;
        assert_eq!((stats.namespaces.len(), stats.records), (1, 1));
        let page = namespaces::list(services, &granted(house, key, index).await, String::new(), None, 10).await.expect("a page");
        assert_eq!(page.items.iter().map(|namespace| namespace.name.as_str()).collect::<Vec<_>>(), ["own"]);
    }

    async fn pages_of_namespaces_tell_of_no_others(house: &House) {
        let town = house.town().await;
        let (index, services) = (town.index("notes").await, &house.services);
        let named = |name: &str| namespaces::parse(name).expect("a name");
        for name in ["", "a", "own", "own-too", "secret", "x"] {
            town.upsert(index, named(name), vec![record("a", [1.0, 0.0])]).await.expect("written");
        }
        let key = &limited(&town, "", "own, own-too, missing, __default__").await;
        let page = async |prefix: &str, after: Option<&str>, limit| {
            let granted = granted(house, key, index).await;
            let page = namespaces::list(services, &granted, prefix.into(), after.map(named), limit).await.expect("a page");
            let names = page.items.into_iter().map(|namespace| namespace.name).collect::<Vec<_>>();
            (names, page.next.map(|next| next.to_string()))
        };
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(page("", None, 1).await, (names(&[""]), Some(String::new())));
        assert_eq!(page("", Some(""), 1).await, (names(&["own"]), Some("own".into())));
        assert_eq!(page("", Some("own"), 1).await, (names(&["own-too"]), None));
        assert_eq!(page("own-", None, 10).await, (names(&["own-too"]), None));
        assert_eq!(page("s", None, 10).await, (names(&[]), None));
        let total = async |prefix| namespaces::total(services, &granted(house, key, index).await, prefix).await.expect("a count");
        assert_eq!((total("").await, total("own").await, total("secret").await), (3, 2, 0));
    }
}
