use super::{editor, enter, key, listed, reader, refusal, rights};
use crate::house::{House, on_both, origin, problem};
use conifer_domain::{
    Field, Problem, Rule,
    api_keys::{KeyRefusal, KeyRole, KeyScope},
    ids::ApiKeyId,
    limits::{HOUR_MS, KEY_OVERLAP_MAX_MS},
    permissions::may,
};
use conifer_services::{api_keys, authorize::authorize, projects};
use secrecy::ExposeSecret;
use uuid::Uuid;

on_both! {
    async fn a_deleted_key_is_refused_by_the_next_request(house: &House) {
        let town = house.town().await;
        let (id, secret) = key(&town, "Search", reader()).await;
        enter(&house.services, &secret).await.expect("the key");
        let (s, o) = (&house.services, &origin());
        let wrong = api_keys::delete(s, o, &town.ada, town.project_id, id, "search").await;
        assert_eq!(problem(wrong), Problem::invalid(Field::TypedName, Rule::Mismatch));
        enter(s, &secret).await.expect("the key");
        api_keys::delete(s, o, &town.ada, town.project_id, id, "Search").await.expect("deleted");
        assert_eq!(refusal(s, &secret).await, KeyRefusal::Revoked);
        assert_eq!(listed(&town).await, []);
        // Its name is free again.
        key(&town, "Search", reader()).await;
    }

    async fn after_a_rotation_both_secrets_count_for_a_while(house: &House) {
        let town = house.town().await;
        let (id, first) = key(&town, "Search", reader()).await;
        let (s, o) = (&house.services, &origin());
        let rotate = async |overlap_ms| {
            let secret = api_keys::rotate(s, o, &town.ada, town.project_id, id, overlap_ms).await;
            secret.expect("a secret").expose_secret().to_owned()
        };
        let second = rotate(HOUR_MS).await;
        for secret in [&first, &second] {
            assert_eq!(enter(s, secret).await.expect("the key").id(), id);
        }
        assert_eq!(listed(&town).await[0].old_secret_until_ms, Some(s.clock().now_ms() + HOUR_MS));
        house.later(HOUR_MS);
        assert_eq!(refusal(s, &first).await, KeyRefusal::Revoked);
        enter(s, &second).await.expect("the key");
        assert_eq!(listed(&town).await[0].old_secret_until_ms, None);
        let third = rotate(0).await;
        assert_eq!(refusal(s, &second).await, KeyRefusal::Revoked);
        assert_eq!(refusal(s, &first).await, KeyRefusal::Unknown);
        enter(s, &third).await.expect("the key");
        for overlap_ms in [-1, KEY_OVERLAP_MAX_MS + 1] {
            let refused = api_keys::rotate(s, o, &town.ada, town.project_id, id, overlap_ms).await;
            assert_eq!(problem(refused), Problem::invalid(Field::KeyOverlap, Rule::TooLate));
        }
    }

    async fn a_narrowed_key_is_narrow_at_once(house: &House) {
        let town = house.town().await;
        let (id, secret) = key(&town, "Search", editor()).await;
        let (s, o) = (&house.services, &origin());
        let may_create = async || {
            let key = enter(s, &secret).await.expect("the key");
            authorize::<may::CreateIndexes>(s, o, &key, town.project_id).await
        };
        may_create().await.expect("a right");
        api_keys::set_rights(s, o, &town.ada, town.project_id, id, reader(), false).await.expect("changed");
        let denied = Problem::Denied { action: conifer_domain::permissions::Action::CreateIndexes };
        assert_eq!(problem(may_create().await), denied);
        let mut part = rights(&[KeyRole::ProjectEditor]);
        part.scope = KeyScope::parse("docs", "").expect("a scope");
        api_keys::set_rights(s, o, &town.ada, town.project_id, id, part, false).await.expect("changed");
        let granted = may_create().await.expect("a right");
        assert!(granted.sees_index("docs") && !granted.sees_index("posts"));
        assert!(granted.in_index("posts").is_err() && granted.in_namespace("any").is_ok());
    }

    async fn a_key_shrinks_to_what_it_did_and_never_grows(house: &House) {
        let town = house.town().await;
        let mut lasting = editor();
        lasting.expires_at_ms = Some(house.services.clock().now_ms() + HOUR_MS);
        let (id, secret) = key(&town, "Search", lasting.clone()).await;
        let (s, o) = (&house.services, &origin());
        let entered = enter(s, &secret).await.expect("the key");
        authorize::<may::ViewIndexes>(s, o, &entered, town.project_id).await.expect("a right");
        authorize::<may::CreateIndexes>(s, o, &entered, town.project_id).await.expect("a right");
        // Somebody narrows it after its use was looked at: what they took away stays away.
        let viewer = rights(&[KeyRole::ProjectViewer]);
        api_keys::set_rights(s, o, &town.ada, town.project_id, id, viewer, true).await.expect("changed");
        api_keys::shrink(s, o, &town.ada, town.project_id, id, 7).await.expect("shrunk");
        let left = listed(&town).await[0].rights.clone();
        assert_eq!(left.roles, [KeyRole::ControlPlaneViewer].into());
        assert_eq!(left.expires_at_ms, lasting.expires_at_ms, "it ends when it did");
    }

    async fn a_key_gets_another_name(house: &House) {
        let town = house.town().await;
        let (id, secret) = key(&town, "Search", reader()).await;
        key(&town, "Other", reader()).await;
        let (s, o) = (&house.services, &origin());
        let rename = async |name| api_keys::rename(s, o, &town.ada, town.project_id, id, name).await;
        assert_eq!(problem(rename("other").await), Problem::invalid(Field::KeyName, Rule::Taken));
        rename("search").await.expect("renamed");
        assert_eq!(listed(&town).await[1].name, "search");
        enter(s, &secret).await.expect("the key");
    }

    async fn keys_of_other_projects_are_out_of_reach(house: &House) {
        let town = house.town().await;
        let (id, _) = key(&town, "Search", reader()).await;
        let other = town.new_project("Other").await;
        let (s, o) = (&house.services, &origin());
        let missing: ApiKeyId = Uuid::now_v7().into();
        for (project, id) in [(other, id), (town.project_id, missing)] {
            assert_eq!(problem(api_keys::rename(s, o, &town.ada, project, id, "x").await), Problem::NotFound);
            assert_eq!(problem(api_keys::rotate(s, o, &town.ada, project, id, 0).await), Problem::NotFound);
            assert_eq!(problem(api_keys::delete(s, o, &town.ada, project, id, "Search").await), Problem::NotFound);
            let proof = authorize(s, o, &town.ada, project).await.expect("a right");
            assert_eq!(problem(api_keys::get(s, &proof, id).await), Problem::NotFound);
            assert_eq!(api_keys::calls(s, &proof, id, 7).await.expect("none"), []);
        }
    }

    async fn a_project_takes_its_keys_along(house: &House) {
        let town = house.town().await;
        let (_, secret) = key(&town, "Search", editor()).await;
        let (s, o) = (&house.services, &origin());
        let entered = enter(s, &secret).await.expect("the key");
        projects::delete(s, o, &town.ada, town.project_id, "First notes").await.expect("deleted");
        assert_eq!(refusal(s, &secret).await, KeyRefusal::Revoked);
        // A request that began before finds nothing either.
        authorize::<may::ViewIndexes>(s, o, &entered, town.project_id).await.expect("as it stood");
        let again = house.again(crate::house::CHEAP, |_| ()).await;
        assert_eq!(refusal(&again, &secret).await, KeyRefusal::Revoked);
    }

    async fn whoever_rotates_while_another_deletes_revives_nothing(house: &House) {
        let town = house.town().await;
        let (s, o, project) = (&house.services, &origin(), town.project_id);
        for round in 0..8 {
            let name = format!("key {round}");
            let (id, first) = key(&town, &name, reader()).await;
            let (rotated, deleted) = tokio::join!(
                api_keys::rotate(s, o, &town.ada, project, id, HOUR_MS),
                api_keys::delete(s, o, &town.ada, project, id, &name),
            );
            deleted.expect("deleted");
            assert_eq!(refusal(s, &first).await, KeyRefusal::Revoked);
            match rotated {
                Ok(secret) => {
                    assert_eq!(refusal(s, secret.expose_secret()).await, KeyRefusal::Revoked);
                }
                Err(error) => assert_eq!(error.problem(), Problem::NotFound),
            }
        }
        assert_eq!(listed(&town).await, []);
    }
}
