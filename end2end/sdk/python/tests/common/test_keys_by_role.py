"""What a key of each role may do, asked through the SDKs."""

import pytest
from pinecone import ServerlessSpec

from support.refusals import refused

AWS = ServerlessSpec(cloud="aws", region="us-east-1")

# role: sees indexes, changes indexes, reads records, writes records
ROLES = {
    "ProjectEditor": (True, True, True, True),
    "ProjectViewer": (True, False, True, False),
    "ControlPlaneEditor": (True, True, False, False),
    "ControlPlaneViewer": (True, False, False, False),
    "DataPlaneEditor": (False, False, True, True),
    "DataPlaneViewer": (False, False, True, False),
}


@pytest.fixture(scope="module")
def keys(console):
    return {role: console.make_key([role]).secret for role in ROLES}


@pytest.fixture
def host(plain, shared):
    return plain.describe_index(shared("dense", dimension=3, metric="cosine")).host


def allowed_or_refused(allowed, operation):
    if allowed:
        operation()
    else:
        with refused(403):
            operation()


@pytest.mark.parametrize("role", ROLES)
def test_the_control_plane(clients, server, control_way, keys, plain, name, role):
    sees, changes, _, _ = ROLES[role]
    control = clients.control(control_way, server.api, keys[role])
    plain.create_index(name, AWS, dimension=2)
    allowed_or_refused(sees, control.list_indexes)
    allowed_or_refused(changes, lambda: control.create_index(f"{name}-more", AWS, dimension=2, timeout=-1))
    allowed_or_refused(changes, lambda: control.configure_index(name, tags={"a": "b"}))
    allowed_or_refused(changes, lambda: control.create_backup(index_name=name, backup_name="x"))
    allowed_or_refused(sees, lambda: control.list_backups(index_name=name))
    allowed_or_refused(changes, lambda: control.delete_index(name, timeout=-1))


@pytest.mark.parametrize("role", ROLES)
def test_the_data_plane(clients, server, keys, host, space, way, role):
    _, _, reads, writes = ROLES[role]
    index = clients.index(way, server.api, keys[role], host=host)
    allowed_or_refused(writes, lambda: index.upsert(vectors=[("a", [1.0, 0.0, 0.0])], namespace=space))
    allowed_or_refused(writes, lambda: index.update(id="a", values=[0.0, 1.0, 0.0], namespace=space))
    allowed_or_refused(reads, lambda: index.query(vector=[1.0, 0.0, 0.0], top_k=1, namespace=space))
    allowed_or_refused(reads, lambda: index.fetch(ids=["a"], namespace=space))
    allowed_or_refused(reads, lambda: list(index.list(namespace=space)))
    allowed_or_refused(reads, index.describe_index_stats)
    allowed_or_refused(writes, lambda: index.delete(ids=["a"], namespace=space))


def test_a_key_of_one_namespace(clients, server, console, host, space, way):
    key = console.make_key(["DataPlaneEditor"], namespaces=[space]).secret
    index = clients.index(way, server.api, key, host=host)
    index.upsert(vectors=[("a", [1.0, 0.0, 0.0])], namespace=space)
    assert index.query(vector=[1.0, 0.0, 0.0], top_k=1, namespace=space).matches[0].id == "a"
    for elsewhere in ("", f"{space} beside"):
        with refused(403, "namespace"):
            index.upsert(vectors=[("a", [1.0, 0.0, 0.0])], namespace=elsewhere)
        with refused(403, "namespace"):
            index.query(vector=[1.0, 0.0, 0.0], top_k=1, namespace=elsewhere)
