"""What was acknowledged is there after a stop, and after a death."""

import pytest
from pinecone import ServerlessSpec

from support.clients import Clients
from support.reading import counts
from support.refusals import refused
from support.server import Server

AWS = ServerlessSpec(cloud="aws", region="us-east-1")


@pytest.fixture
def own(tmp_path):
    server = Server(tmp_path / "data")
    server.key = server.bootstrap().key
    server.start()
    yield server
    server.stop()


def told(server, clients):
    """All that a program can know."""
    control = clients.control("plain", server.api, server.key)
    described = control.describe_index("kept")
    index = clients.index("rest", server.api, server.key, "kept")
    record = index.fetch(ids=["17"], namespace="one").vectors["17"]
    found = index.query(vector=[17.0, 1.0], top_k=3, namespace="one", include_metadata=True)
    return (
        (described.host, described.dimension, described.tags.to_dict()),
        (list(record.values), record.metadata),
        [(match.id, match.score, match.metadata) for match in found.matches],
        counts(index.describe_index_stats()),
        [backup.name for backup in control.list_backups(index_name="kept")],
    )


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_nothing_is_lost(own, end):
    clients = Clients()
    control = clients.control("plain", own.api, own.key)
    control.create_index("kept", AWS, dimension=2, metric="euclidean", tags={"a": "b"})
    control.create_index("deleted", AWS, dimension=2)
    index = clients.index("rest", own.api, own.key, "kept")
    index.upsert(vectors=[(str(n), [float(n), 1.0], {"n": n}) for n in range(500)], namespace="one")
    index.upsert(vectors=[("a", [1.0, 1.0])], namespace="two")
    control.create_backup(index_name="kept", backup_name="before")
    index.delete(ids=["16"], namespace="one")
    control.delete_index("deleted", timeout=-1)
    before = told(own, clients)
    clients.close()

    getattr(own, end)()
    own.start()

    clients = Clients()
    assert told(own, clients) == before
    with refused(404):
        clients.control("plain", own.api, own.key).describe_index("deleted")
    over_grpc = clients.index("grpc", own.api, own.key, "kept")
    assert "16" not in over_grpc.fetch(ids=["16"], namespace="one").vectors
    clients.close()
