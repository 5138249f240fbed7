//! Ports of indexes.

use super::*;

on_both! {
    async fn ports_are_kept_and_given_again(house: &House) {
        let town = house.town().await;
        let ports = async |name: &str| town.create(new(name)).await.expect("an index").port;
        let a = town.index("a").await;
        assert_eq!((ports("b").await, ports("c").await), (Some(5082), Some(5083)));
        assert_eq!(ports("d").await, None, "the range is used up");
        town.delete(a).await.expect("gone");
        assert_eq!(house.services.directory().by_port(5081), None);
        assert_eq!(ports("e").await, Some(5081));
        let again = restarted(house).await;
        let entry = again.directory().by_name(town.project_id, "b").expect("the index");
        assert_eq!((entry.port, again.directory().by_port(5082)), (Some(5082), Some(entry.id)));
    }

    async fn a_port_that_became_free_is_given_last(house: &House) {
        let town = house.town().await;
        let port = async |name: &str| town.create(new(name)).await.expect("an index").port;
        assert_eq!((port("a").await, port("b").await), (Some(5081), Some(5082)));
        let id = |name: &str| indexes::named(&house.services, town.project_id, name);
        town.delete(id("b")).await.expect("gone");
        assert_eq!(port("c").await, Some(5083), "who knows b by its port must not meet c there");
        town.delete(id("a")).await.expect("gone");
        assert_eq!((port("d").await, port("e").await), (Some(5082), Some(5081)), "free for longest first");
    }

    async fn it_is_found_by_its_label(house: &House) {
        let town = house.town().await;
        let id = town.index("notes").await;
        let label = conifer_domain::hosts::label("notes", town.project_id);
        assert_eq!(house.services.directory().by_label(&label), Some(id));
        assert_eq!(house.services.directory().by_label(&label.to_uppercase()), Some(id));
        assert_eq!(house.services.directory().by_label("notes"), None);
    }
}
