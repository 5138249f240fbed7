"""A key of one index: every other one does not exist for it."""

import pytest
from pinecone import ServerlessSpec

from support.refusals import refused

AWS = ServerlessSpec(cloud="aws", region="us-east-1")


@pytest.fixture(scope="module")
def both(clients, server, console):
    """Two indexes, a backup of each, and a key for the first."""
    control = clients.control("plain", server.api, server.key)
    ours, theirs = "ours-alone", "not-theirs"
    backups = {}
    for name in (ours, theirs):
        control.create_index(name, AWS, dimension=2)
        clients.index("rest", server.api, server.key, name).upsert(vectors=[("a", [1.0, 0.0])], namespace="secret")
        backups[name] = control.create_backup(index_name=name, backup_name=name).backup_id
    key = console.make_key(["ProjectEditor"], indexes=[ours]).secret
    yield ours, theirs, backups, key, control.describe_index(theirs).host
    for name in (ours, theirs):
        control.delete_index(name)


@pytest.fixture(params=["plain", "async"])
def scoped(request, clients, server, both):
    return clients.control(request.param, server.api, both[3])


def test_it_sees_its_own_alone(scoped, both):
    ours, theirs = both[:2]
    assert scoped.list_indexes().names() == [ours]
    assert scoped.has_index(ours) and not scoped.has_index(theirs)


def test_the_other_is_as_missing_to_the_word(scoped, both):
    theirs, missing = both[1], "no-there"
    for operation in (
        scoped.describe_index,
        scoped.delete_index,
        lambda name: scoped.configure_index(name, tags={"a": "b"}),
        lambda name: scoped.create_backup(index_name=name, backup_name="x"),
        lambda name: scoped.create_collection("copy", name),
    ):
        told = []
        for name in (theirs, missing):
            with refused(404) as caught:
                operation(name)
            told.append(str(caught.value).replace(name, "NAME").split("HTTP response headers")[0])
        if "request" not in told[0].lower():
            assert told[0] == told[1]


def test_backups_of_the_other_do_not_exist(scoped, both):
    ours, theirs, backups = both[:3]
    assert [backup.backup_id for backup in scoped.list_backups()] == [backups[ours]]
    with refused(404):
        scoped.describe_backup(backup_id=backups[theirs])
    with refused(404):
        scoped.delete_backup(backup_id=backups[theirs])
    with refused(404):
        scoped.create_index_from_backup(name=f"{ours}-again", backup_id=backups[theirs])


def test_its_own_opens(clients, server, both, way):
    index = clients.index(way, server.api, both[3], both[0])
    assert set(index.fetch(ids=["a"], namespace="secret").vectors) == {"a"}


def test_the_other_stays_shut_at_its_own_address(clients, server, both, way):
    index = clients.index(way, server.api, both[3], host=both[4])
    for operation in (
        index.describe_index_stats,
        lambda: index.query(vector=[1.0, 0.0], top_k=1, namespace="secret"),
        lambda: index.query(id="a", top_k=1, namespace="secret"),
        lambda: index.fetch(ids=["a"], namespace="secret"),
        lambda: index.fetch_by_metadata(filter={"a": 1}, namespace="secret"),
        lambda: list(index.list(namespace="secret")),
        lambda: index.upsert(vectors=[("b", [1.0, 0.0])], namespace="secret"),
        lambda: index.update(id="a", values=[0.0, 1.0], namespace="secret"),
        lambda: index.delete(ids=["a"], namespace="secret"),
        lambda: index.delete(delete_all=True, namespace="secret"),
        lambda: list(index.list_namespaces()),
        lambda: index.describe_namespace(namespace="secret"),
        lambda: index.create_namespace(name="mine"),
        lambda: index.delete_namespace(namespace="secret"),
    ):
        with refused(404):
            operation()


def test_nothing_of_the_other_was_touched(clients, server, both):
    index = clients.index("rest", server.api, server.key, both[1])
    assert index.describe_index_stats().total_vector_count == 1
    assert index.query(vector=[1.0, 0.0], top_k=1, namespace="secret").matches[0].score == pytest.approx(1.0)
