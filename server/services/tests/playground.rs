//! Saved queries: kept, shared, tested, and hidden from whoever may not query.

use crate::{
    api_keys::{editor, enter, key},
    house::{House, on_both, origin, problem},
    people::Town,
    records::{default, record},
};
use conifer_domain::{
    Field, Problem, Rule,
    api_keys::{KeyRights, KeyScope},
    ids::{IndexId, SavedQueryId},
    limits::{RECENT_QUERIES_MAX, SAVED_QUERIES_MAX},
    organizations::OrganizationRole::Member,
    permissions::{Action, may},
    playground::{MetadataKey, NewQuery, SavedQuery, TestedQuery, fault},
    projects::ProjectRole,
    records::Search,
};
use conifer_services::{
    Result,
    authorize::{Principal, authorize},
    engine::filter,
    indexes, playground,
    records::console,
};

fn query(name: &str, record: &str, expected: &str) -> NewQuery {
    let search = Search { record: record.into(), top_k: "2".into(), ..Search::default() };
    NewQuery::parse(name, search, expected).expect("a query")
}

impl Town<'_> {
    async fn save(&self, who: &impl Principal, index: IndexId, new: NewQuery) -> Result<SavedQueryId> {
        playground::save(&self.house.services, &origin(), who, index, new).await
    }

    async fn saved(&self, who: &impl Principal, index: IndexId) -> Result<Vec<SavedQuery>> {
        let services = &self.house.services;
        let granted = authorize::<may::QueryVectors>(services, &origin(), who, index).await?;
        playground::list(services, &granted).await
    }

    async fn tested(&self, index: IndexId) -> Vec<TestedQuery> {
        playground::run_tests(&self.house.services, &self.granted(index).await).await.expect("outcomes")
    }

    /// An index of three records on a line.
    async fn line(&self) -> IndexId {
        let index = self.index("notes").await;
        let records = vec![record("a", [1.0, 0.0]), record("b", [1.0, 0.1]), record("c", [1.0, 0.9])];
        self.upsert(index, default(), records).await.expect("written");
        index
    }
}

on_both! {
    async fn blanks_around_an_id_are_its_own(house: &House) {
        let town = house.town().await;
        let index = town.line().await;
        town.upsert(index, default(), vec![record(" a ", [0.0, 1.0])]).await.expect("written");
        let granted = town.granted(index).await;
        let found = console::neighbours(&house.services, &granted, "", " a ").await.expect("neighbours");
        assert_eq!(found.iter().map(|found| &*found.id).collect::<Vec<_>>(), ["c", "b", "a"]);
        let missing = console::neighbours(&house.services, &granted, "", "c ").await;
        assert_eq!(problem(missing), Problem::NotFound);
    }

    async fn what_one_saves_the_others_find(house: &House) {
        let town = house.town().await;
        let index = town.line().await;
        let bob = town.member("Bob", Member, Some(ProjectRole::User)).await;
        let id = town.save(&bob, index, query("Westerns", "a", "b\na")).await.expect("saved");
        let [saved] = town.saved(&town.ada, index).await.expect("a list").try_into().expect("one");
        assert_eq!((saved.id, &*saved.name, saved.saved_by.as_deref()), (id, "Westerns", Some("Bob")));
        assert_eq!((&*saved.search.record, saved.expected), ("a", vec!["b".to_owned(), "a".to_owned()]));
        let taken = Problem::invalid(Field::QueryName, Rule::Taken);
        assert_eq!(problem(town.save(&town.ada, index, query("WESTERNS", "b", "")).await), taken);
        let (s, o) = (&house.services, &origin());
        playground::change(s, o, &town.ada, index, id, query("Others", "b", "")).await.expect("changed");
        let [changed] = town.saved(&bob, index).await.expect("a list").try_into().expect("one");
        assert_eq!((&*changed.name, &*changed.search.record, changed.expected.len()), ("Others", "b", 0));
        playground::delete(s, o, &town.ada, index, id).await.expect("gone");
        assert_eq!(problem(playground::delete(s, o, &town.ada, index, id).await), Problem::NotFound);
        let again = playground::change(s, o, &town.ada, index, id, query("Others", "b", "")).await;
        assert_eq!(problem(again), Problem::NotFound);
        let deeds = town.deeds().await;
        let ours: Vec<_> = deeds.iter().filter(|deed| deed.starts_with("saved-query.")).collect();
        assert_eq!(ours, ["saved-query.created", "saved-query.changed", "saved-query.deleted"]);
    }

    async fn a_query_of_another_index_is_not_there(house: &House) {
        let town = house.town().await;
        let (index, other) = (town.line().await, town.index("other").await);
        let id = town.save(&town.ada, index, query("Westerns", "a", "")).await.expect("saved");
        let (s, o) = (&house.services, &origin());
        assert_eq!(problem(playground::delete(s, o, &town.ada, other, id).await), Problem::NotFound);
        let granted = town.granted(other).await;
        assert_eq!(problem(playground::get(s, &granted, id).await), Problem::NotFound);
        assert!(playground::get(s, &town.granted(index).await, id).await.is_ok());
        assert!(town.saved(&town.ada, other).await.expect("a list").is_empty());
        town.save(&town.ada, other, query("Westerns", "a", "")).await.expect("a name counts in one index");
    }

    async fn tests_say_what_is_missing_and_what_moved(house: &House) {
        let town = house.town().await;
        let index = town.line().await;
        for (name, record, expected) in [("good", "a", "a\nb"), ("moved", "a", "b\na"), ("missing", "a", "a\nc"),
            ("no record", "x", "a"), ("no test", "a", "")] {
            town.save(&town.ada, index, query(name, record, expected)).await.expect("saved");
        }
        let tested = town.tested(index).await;
        let told: Vec<_> = tested.iter().map(|query| (query.tested.passed(), query.tested.recall())).collect();
        // By name: good, missing, moved, no record.
        assert_eq!(told, [(true, 1.0), (false, 0.5), (true, 1.0), (false, 0.0)]);
        assert_eq!(tested[1].tested.missing().collect::<Vec<_>>(), ["c"]);
        assert_eq!(tested[2].tested.moved(), [("b", 1, 2), ("a", 2, 1)]);
        assert_eq!(tested[3].tested.refused.as_deref(), Some("There is no record \"x\" here."));
    }

    async fn there_is_room_for_so_many(house: &House) {
        let town = house.town().await;
        let index = town.line().await;
        let fill = "INSERT INTO saved_queries (id, index_id, name, name_key, search, expected, saved_by, saved_at)
                    VALUES ($1, $2, $1, $1, '{}', '[]', 'x', 1)";
        for _ in 0..SAVED_QUERIES_MAX {
            house.run(fill, &[uuid::Uuid::now_v7().to_string(), index.to_string()]).await;
        }
        let full = Problem::QueriesFull { queries_max: SAVED_QUERIES_MAX };
        assert_eq!(problem(town.save(&town.ada, index, query("More", "a", "")).await), full);
        assert_eq!(town.saved(&town.ada, index).await.expect("a list").len(), 100);
        indexes::delete(&house.services, &origin(), &town.ada, index).await.expect("gone");
        assert_eq!(house.count("SELECT COUNT(*) FROM saved_queries").await, 0);
    }

    async fn who_may_not_query_has_no_part_in_them(house: &House) {
        let town = house.town().await;
        let index = town.line().await;
        let eve = house.person("Eve").await;
        assert_eq!(problem(town.save(&eve, index, query("Mine", "a", "")).await), Problem::NotFound);
        assert_eq!(problem(town.saved(&eve, index).await), Problem::NotFound);
        town.save(&town.ada, index, query("All", "a", "")).await.expect("saved");
        let scope = KeyScope::parse("", "one").expect("a scope");
        let (_, secret) = key(&town, "limited", KeyRights { scope, ..editor() }).await;
        let limited = enter(&house.services, &secret).await.expect("a key");
        let denied = Problem::Denied { action: Action::SaveQueries };
        assert_eq!(problem(town.save(&limited, index, query("Mine", "a", "")).await), denied);
        assert!(town.saved(&limited, index).await.expect("a list").is_empty(), "it asks another namespace");
    }

    async fn everybody_has_last_queries_of_their_own(house: &House) {
        let town = house.town().await;
        let index = town.line().await;
        let bob = town.member("Bob", Member, Some(ProjectRole::User)).await;
        let s = &house.services;
        let like = |record: &str| Search { record: record.into(), ..Search::default() };
        let recent = async |who| {
            let granted = authorize::<may::QueryVectors>(s, &origin(), who, index).await.expect("a right");
            let asked = playground::recent(s, &granted).await.expect("queries");
            asked.into_iter().map(|search| search.record).collect::<Vec<_>>()
        };
        for record in ["a", "b", "", "a"] {
            house.later(1);
            playground::note(s, &town.granted(index).await, &like(record)).expect("noted");
            s.settle().await;
        }
        assert_eq!((recent(&town.ada).await, recent(&bob).await), (vec!["a".to_owned(), "b".into()], vec![]));
        for nth in 0..RECENT_QUERIES_MAX {
            house.later(1);
            playground::note(s, &town.granted(index).await, &like(&nth.to_string())).expect("noted");
            s.settle().await;
        }
        let kept = recent(&town.ada).await;
        assert_eq!((kept.len(), &*kept[0], &*kept[19]), (20, "19", "0"));
    }

    async fn keys_to_filter_by_are_those_of_the_records(house: &House) {
        let town = house.town().await;
        let index = town.line().await;
        let keys = async |namespace| playground::metadata_keys(&house.services, &town.granted(index).await, namespace).await;
        let name = MetadataKey { name: "name".into(), is_text: true, values: ["a", "b", "c"].map(String::from).into() };
        assert_eq!(keys("").await.expect("keys"), [name]);
        assert_eq!(keys("nowhere").await.expect("keys"), []);
    }
}

#[test]
fn pages_and_engine_refuse_the_same_filters() {
    for text in [
        "{}",
        r#"{"a": 1}"#,
        r#"{"a": null}"#,
        r#"{"a": []}"#,
        r#"{"a": {}}"#,
        "[]",
        "7",
        r#"{"a": {"$eq": null}}"#,
        r#"{"a": {"$eq": [1]}}"#,
        r#"{"a": {"$gt": "1"}}"#,
        r#"{"a": {"$lte": 1.5}}"#,
        r#"{"a": {"$in": 1}}"#,
        r#"{"a": {"$in": [1, "x", true]}}"#,
        r#"{"a": {"$nin": [[1]]}}"#,
        r#"{"a": {"$exists": 1}}"#,
        r#"{"a": {"$exists": false}}"#,
        r#"{"a": {"eq": 1}}"#,
        r#"{"$not": {}}"#,
        r#"{"$and": []}"#,
        r#"{"$and": [1]}"#,
        r#"{"$or": [{"a": 1}, {"b": {"$ne": "x"}}]}"#,
        r#"{"$or": [{"$and": [{"a": {"$gt": {}}}]}]}"#,
        r#"{"$or": {"a": 1}}"#,
    ] {
        let json = serde_json::from_str(text).expect("JSON");
        assert_eq!(fault(text).is_none(), filter::parse(&json).is_ok(), "{text}");
    }
}
