"""An index made of a collection: later SDKs have no way to ask for it."""

from pinecone import PodSpec

PODS = PodSpec(environment="us-east1-gcp")


def test_an_index_begins_as_a_collection(control, plain, clients, server, name):
    copy, later = f"{name}-copy", f"{name}-later"
    plain.create_index(name, PODS, dimension=2)
    index = clients.index("rest", server.api, server.key, name)
    index.upsert(vectors=[("a", [1.0, 0.0]), ("b", [0.0, 1.0])])
    control.create_collection(copy, name)
    index.delete(ids=["a"])
    control.create_index(later, PodSpec(environment="us-east1-gcp", source_collection=copy), dimension=2)
    assert set(clients.index("rest", server.api, server.key, later).fetch(ids=["a", "b"]).vectors) == {"a", "b"}
