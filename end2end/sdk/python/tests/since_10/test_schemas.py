"""Indexes as the newest API says them: fields and a deployment."""

import pytest
from pinecone import PineconeValueError

from support.refusals import refused

MANAGED = {"deployment_type": "managed", "cloud": "aws", "region": "us-east-1"}
DENSE = {"type": "dense_vector", "dimension": 4, "metric": "cosine"}


def test_an_index_is_made_of_fields(control, name):
    index = control.indexes.create(name=name, schema={"fields": {"_values": DENSE}}, deployment=MANAGED)
    assert index.deployment.cloud == "aws" and index.status.ready
    values = control.indexes.describe(name).schema.fields["_values"]
    assert (values.dimension, values.metric) == (4, "cosine")
    assert name in [found.name for found in control.indexes.list()]
    assert control.indexes.exists(name)
    control.indexes.delete(name)
    assert not control.indexes.exists(name)


def test_both_kinds_of_values_can_be_named(control, clients, server, name):
    fields = {"_values": DENSE | {"metric": "dotproduct"}, "_sparse_values": {"type": "sparse_vector"}}
    control.indexes.create(name=name, schema={"fields": fields}, deployment=MANAGED)
    assert set(control.indexes.describe(name).schema.fields) == {"_values", "_sparse_values"}
    index = clients.index("rest", server.api, server.key, name)
    both = {"id": "a", "values": [1.0, 0.0, 0.0, 0.0], "sparse_values": {"indices": [1], "values": [1.0]}}
    assert index.upsert(vectors=[both]).upserted_count == 1


def test_pods_are_a_deployment(control, name):
    pods = {"deployment_type": "pod", "environment": "us-east1-gcp", "pod_type": "p1.x1", "replicas": 1, "shards": 1}
    control.indexes.create(name=name, schema={"fields": {"_values": DENSE}}, deployment=pods)
    grown = control.indexes.configure(name, deployment={"replicas": 3})
    assert (grown.deployment.replicas, grown.deployment.pod_type) == (3, "p1.x1")


def test_read_capacity_stands_beside_the_deployment(control, name):
    dedicated = {"node_type": "b1", "scaling": "Manual", "manual": {"shards": 1, "replicas": 1}}
    capacity = {"mode": "Dedicated", "dedicated": dedicated}
    control.indexes.create(
        name=name, schema={"fields": {"_values": DENSE}}, deployment=MANAGED, read_capacity=capacity
    )
    told = control.indexes.describe(name).read_capacity
    assert told.dedicated.node_type == "b1" and told.status.state == "Ready"
    control.indexes.configure(name, read_capacity={"mode": "OnDemand"})
    assert type(control.indexes.describe(name).read_capacity).__name__ == "ReadCapacityOnDemandResponse"


@pytest.mark.parametrize(
    "fields",
    [
        {"text": {"type": "string", "full_text_search": {"language": "en"}}},
        {"mine": DENSE},
    ],
    ids=["text", "another name"],
)
def test_an_index_of_documents_is_not_built(control, name, fields):
    with refused(501, "does not do that yet"):
        control.indexes.create(name=name, schema={"fields": fields}, deployment=MANAGED)
    assert not control.indexes.exists(name)


@pytest.mark.parametrize(
    "field, words",
    [
        (DENSE | {"dimension": 20_001}, ("dimension", "20000")),
        (DENSE | {"metric": "manhattan"}, ("metric",)),
        ({"type": "cloud"}, ("type",)),
    ],
)
def test_a_nonsense_field_is_refused(control, name, field, words):
    with refused(400, *words):
        control.indexes.create(name=name, schema={"fields": {"_values": field}}, deployment=MANAGED)


def test_the_sdk_itself_refuses_a_bad_name(control):
    with pytest.raises(PineconeValueError):
        control.indexes.create(name="No", schema={"fields": {"_values": DENSE}}, deployment=MANAGED)
