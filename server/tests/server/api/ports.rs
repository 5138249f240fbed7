//! A port for each index: open when the index is ready, its own for its life, closed when it is gone.

use super::client::{Way, free_ports, new_index, served};
use crate::process::{Server, conifer};
use serde_json::json;
use std::{net::TcpStream, thread, time::Duration};

fn with_ports(count: u16) -> (Server, String, u16) {
    let (first, last) = free_ports(count);
    let (server, key) = served(&[&format!("--index-ports={first}-{last}")]);
    (server, key, first)
}

fn upsert(way: &Way, key: &str) -> u16 {
    let body = json!({"vectors": [{"id": "a", "values": [1, 0]}]});
    way.rest(key, "POST", "/vectors/upsert", Some(&body)).status
}

/// Where a description says that an index is.
fn host(api: &Way, key: &str, name: &str) -> Way {
    let told = api.rest(key, "GET", &format!("/indexes/{name}"), None).json();
    let host = told["host"].as_str().expect("a host").to_owned();
    Way::plain(host.strip_prefix("http://").expect("plaintext says so"))
}

#[test]
fn rest_and_grpc_share_the_port_of_an_index() {
    let (server, key, first) = with_ports(2);
    let api = Way::plain(server.api.trim_start_matches("http://"));
    assert!(TcpStream::connect(("127.0.0.1", first)).is_err(), "no index, no port");
    let made = api.rest(&key, "POST", "/indexes", Some(&new_index("films")));
    assert_eq!(made.status, 201, "{made:?}");
    let films = host(&api, &key, "films");
    assert_eq!(upsert(&films, &key), 200);
    assert_eq!(films.grpc_count(&key), Ok(1));
    assert!(films.grpc_count("pcsk_nothing").is_err_and(|said| said.starts_with("16 ")));
    assert!(
        api.grpc_count(&key).is_err_and(|said| said.starts_with("5 ")),
        "the API's own port is of no index"
    );
    assert_eq!(
        films.rest(&key, "GET", "/indexes", None).status,
        404,
        "an index's port is of that index alone"
    );

    assert_eq!(api.rest(&key, "DELETE", "/indexes/films", None).status, 202);
    let closed = (0..100).any(|_| {
        thread::sleep(Duration::from_millis(50));
        TcpStream::connect(&films.address).is_err()
    });
    assert!(closed, "the port of an index that is gone is closed");
}

#[test]
fn an_index_keeps_its_port_over_a_restart() {
    let (mut server, key, first) = with_ports(3);
    let api = Way::plain(server.api.trim_start_matches("http://"));
    for name in ["films", "books"] {
        assert_eq!(api.rest(&key, "POST", "/indexes", Some(&new_index(name))).status, 201);
    }
    let (films, books) = (host(&api, &key, "films"), host(&api, &key, "books"));
    assert_ne!(films.address, books.address);
    assert_eq!(upsert(&books, &key), 200);
    server.signal("-TERM");
    assert_eq!(server.wait().code(), Some(0), "{}", server.log());
    assert!(TcpStream::connect(&films.address).is_err());

    let again = restarted(&server, first, first + 2);
    assert_eq!((films.grpc_count(&key), books.grpc_count(&key)), (Ok(0), Ok(1)), "{}", again.log());
}

/// Whoever waits at an index's port while the server is down would be sent keys.
#[test]
fn nobody_is_sent_to_a_port_that_another_program_took() {
    let (mut server, key, first) = with_ports(2);
    let api = Way::plain(server.api.trim_start_matches("http://"));
    assert_eq!(api.rest(&key, "POST", "/indexes", Some(&new_index("films"))).status, 201);
    server.signal("-TERM");
    assert_eq!(server.wait().code(), Some(0), "{}", server.log());
    let taken = std::net::TcpListener::bind(("127.0.0.1", first)).expect("a port");
    let again = restarted(&server, first, first + 1);
    let api = Way::plain(again.api.trim_start_matches("http://"));
    let told = || api.rest(&key, "GET", "/indexes/films", None).json()["host"].to_string();
    assert!(told().contains("/svc/films-"), "{}", told());
    drop(taken);
    let opened = (0..100).any(|_| {
        thread::sleep(Duration::from_millis(200));
        told().contains(&first.to_string())
    });
    assert!(opened, "{}", again.log());
}

fn restarted(server: &Server, first: u16, last: u16) -> Server {
    let data = server.data().to_owned();
    Server::spawn(None, |command| {
        *command = conifer();
        command.args(["serve", "--console-listen=127.0.0.1:0", "--api-listen=127.0.0.1:0"]);
        command.arg("--data").arg(data).arg(format!("--index-ports={first}-{last}"))
    })
}

#[test]
fn a_port_that_another_program_has_is_not_given() {
    let (server, key, first) = with_ports(2);
    let _taken = std::net::TcpListener::bind(("127.0.0.1", first)).expect("a port");
    let api = Way::plain(server.api.trim_start_matches("http://"));
    assert_eq!(api.rest(&key, "POST", "/indexes", Some(&new_index("films"))).status, 201);
    let films = host(&api, &key, "films");
    assert!(films.address.ends_with(&format!(":{}", first + 1)), "{}", films.address);
    assert_eq!(films.grpc_count(&key), Ok(0));
    // All are taken: the next is reached by its path.
    let books = api.rest(&key, "POST", "/indexes", Some(&new_index("books"))).json();
    let host = books["host"].as_str().expect("a host").to_owned();
    let path = host.strip_prefix(&format!("http://{}", api.name)).expect("the API's address").to_owned();
    assert!(path.starts_with("/svc/books-"), "{host}");
    let stats = api.rest(&key, "POST", &format!("{path}/describe_index_stats"), Some(&json!({})));
    assert_eq!(stats.status, 200, "{stats:?}");
}
