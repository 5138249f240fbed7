"""Collections: copies of an index that stay as they are."""

import pytest
from pinecone import PodSpec

from support.refusals import refused


@pytest.fixture
def source(plain, clients, server, name):
    """An index of pods with two records."""
    plain.create_index(name, PodSpec(environment="us-east1-gcp"), dimension=2)
    clients.index("rest", server.api, server.key, name).upsert(vectors=[("a", [1.0, 0.0]), ("b", [0.0, 1.0])])
    return name


def test_a_collection_is_made_described_and_deleted(control, source):
    copy = f"{source}-copy"
    control.create_collection(copy, source)
    assert copy in control.list_collections().names()
    described = control.describe_collection(copy)
    assert (described["name"], described["status"]) == (copy, "Ready")
    assert (described["dimension"], described["vector_count"]) == (2, 2)
    control.delete_collection(copy)
    assert copy not in control.list_collections().names()
    with refused(404):
        control.describe_collection(copy)
    with refused(404):
        control.delete_collection(copy)


def test_a_name_is_taken_once(control, source):
    control.create_collection(f"{source}-copy", source)
    with refused(409, "taken"):
        control.create_collection(f"{source}-copy", source)


def test_a_missing_index_has_no_copy(control, name):
    with refused(404):
        control.create_collection(f"{name}-copy", name)
