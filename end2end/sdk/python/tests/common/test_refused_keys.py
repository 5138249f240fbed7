"""Keys that open nothing: wrong, misspelt, revoked, expired."""

import pytest

from support.refusals import refused


@pytest.mark.parametrize(
    "key",
    ["pcsk_wrong", "nonsense", "pcsk_2xYz8Ab_" + "a" * 40],
    ids=["short", "of another kind", "well formed"],
)
@pytest.mark.parametrize("way", ["plain", "async"])
def test_a_wrong_key_is_refused_by_the_control_plane(clients, server, way, key):
    control = clients.control(way, server.api, key)
    with refused(401):
        control.list_indexes()
    with refused(401):
        control.describe_index("anything")


def test_a_misspelt_key_is_refused(clients, server):
    last = "A" if server.key[-1] != "A" else "B"
    with refused(401):
        clients.control("plain", server.api, server.key[:-1] + last).list_indexes()


def test_a_wrong_key_is_refused_by_the_data_plane(clients, server, shared, way, plain):
    host = plain.describe_index(shared("dense", dimension=3, metric="cosine")).host
    index = clients.index(way, server.api, "pcsk_2xYz8Ab_" + "a" * 40, host=host)
    with refused(401):
        index.describe_index_stats()
    with refused(401):
        index.upsert(vectors=[("a", [1.0, 0.0, 0.0])])
    with refused(401):
        index.query(vector=[1.0, 0.0, 0.0], top_k=1)


def test_a_revoked_key_is_refused_by_the_very_next_request(clients, server, console, shared, way):
    made = console.make_key(["ProjectEditor"])
    index = clients.index(way, server.api, made.secret, shared("dense", dimension=3, metric="cosine"))
    index.describe_index_stats()
    control = clients.control("plain", server.api, made.secret)
    control.list_indexes()
    console.revoke(made)
    with refused(401):
        index.describe_index_stats()
    with refused(401):
        control.list_indexes()


def test_a_narrowed_key_is_narrow_at_the_very_next_request(clients, server, console, shared):
    name = shared("dense", dimension=3, metric="cosine")
    made = console.make_key(["ProjectEditor"])
    index = clients.index("rest", server.api, made.secret, name)
    index.upsert(vectors=[("narrowed", [1.0, 0.0, 0.0])])
    console.change(made, ["DataPlaneViewer"])
    index.query(vector=[1.0, 0.0, 0.0], top_k=1)
    with refused(403):
        index.upsert(vectors=[("narrowed", [1.0, 0.0, 0.0])])
    index = clients.index("rest", server.api, server.key, name)
    index.delete(ids=["narrowed"])


def test_both_secrets_of_a_rotated_key_work_while_they_overlap(clients, server, console):
    made = console.make_key(["ControlPlaneViewer"])
    newer = console.rotate(made, overlap_hours=1)
    for secret in (made.secret, newer):
        clients.control("plain", server.api, secret).list_indexes()
    newest = console.rotate(made, overlap_hours=0)
    clients.control("plain", server.api, newest).list_indexes()
    for secret in (made.secret, newer):
        with refused(401):
            clients.control("plain", server.api, secret).list_indexes()
