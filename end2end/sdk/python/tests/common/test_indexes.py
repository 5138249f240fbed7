"""Making, finding, describing and deleting indexes."""

import pytest
from pinecone import ByocSpec, PodSpec, ServerlessSpec

from support.http import get, post
from support.refusals import refused

AWS = ServerlessSpec(cloud="aws", region="us-east-1")


@pytest.mark.parametrize("metric", ["cosine", "dotproduct", "euclidean"])
def test_an_index_is_there_at_once(control, name, metric):
    made = control.create_index(name, AWS, dimension=3, metric=metric)
    for index in (made, control.describe_index(name)):
        assert (index.name, index.dimension, index.metric, index.vector_type) == (name, 3, metric, "dense")
        assert index.status.ready and index.status.state == "Ready"
        assert index.deletion_protection == "disabled"
        assert index.host.startswith("http://127.0.0.1:")
    assert control.has_index(name)
    assert name in control.list_indexes().names()


def test_a_sparse_index_has_no_dimension(control, name):
    control.create_index(name, AWS, vector_type="sparse", metric="dotproduct")
    index = control.describe_index(name)
    assert (index.vector_type, index.metric) == ("sparse", "dotproduct")
    assert getattr(index, "dimension", None) is None


@pytest.mark.parametrize("cloud, region", [("gcp", "europe-west4"), ("azure", "eastus2"), ("here", "the-cellar")])
def test_any_cloud_and_region_is_shown_back(control, name, cloud, region):
    control.create_index(name, ServerlessSpec(cloud=cloud, region=region), dimension=2)
    spec = control.describe_index(name).spec.serverless
    assert (spec.cloud, spec.region) == (cloud, region)


def test_a_pod_index_is_shown_back(control, name):
    spec = PodSpec(environment="us-east1-gcp", pod_type="p1.x2", pods=2, replicas=2, shards=1)
    control.create_index(name, spec, dimension=2)
    pod = control.describe_index(name).spec.pod
    assert (pod.environment, pod.pod_type, pod.replicas, pod.shards) == ("us-east1-gcp", "p1.x2", 2, 1)


def test_an_index_of_ones_own_cloud_is_shown_back(control, name):
    control.create_index(name, ByocSpec(environment="ours"), dimension=2)
    assert control.describe_index(name).spec.byoc.environment == "ours"


def test_tags_are_kept(control, name):
    control.create_index(name, AWS, dimension=2, tags={"team": "search", "tier": "gold"})
    assert dict(control.describe_index(name).tags.to_dict()) == {"team": "search", "tier": "gold"}


def test_a_deleted_index_is_gone(control, name):
    control.create_index(name, AWS, dimension=2)
    control.delete_index(name)
    assert not control.has_index(name)
    assert name not in control.list_indexes().names()
    with refused(404):
        control.describe_index(name)
    with refused(404):
        control.delete_index(name)


def test_a_name_is_free_again(control, clients, server, name):
    for dimension in (2, 3):
        control.create_index(name, AWS, dimension=dimension)
        index = clients.index("rest", server.api, server.key, host=control.describe_index(name).host)
        assert index.describe_index_stats().total_vector_count == 0
        index.upsert(vectors=[("a", [1.0] * dimension)])
        control.delete_index(name)


def test_a_name_is_taken_once(control, name):
    control.create_index(name, AWS, dimension=2)
    with refused(409, "taken"):
        control.create_index(name, AWS, dimension=2)


def test_a_missing_index_can_neither_be_configured_nor_opened(control, clients, server, name):
    with refused(404):
        control.configure_index(name, tags={"a": "b"})
    with refused(404):
        clients.index("rest", server.api, server.key, name)


def test_the_time_to_wait_is_no_matter(control, name):
    control.create_index(name, AWS, dimension=2, timeout=-1)
    assert control.describe_index(name).status.ready
    control.delete_index(name, timeout=-1)
    assert not control.has_index(name)


@pytest.mark.parametrize(
    "shape, words",
    [
        ({"dimension": 0}, ("dimension", "1", "20000")),
        ({"dimension": 20_001}, ("dimension", "20000", "20001")),
        ({"dimension": -1}, ("dimension",)),
        ({"dimension": "3"}, ("dimension",)),
        ({}, ("dimension",)),
        ({"dimension": 3, "metric": "manhattan"}, ("metric",)),
        ({"dimension": 3, "vector_type": "dotted"}, ("vector_type", "dense or sparse", "dotted")),
        ({"dimension": 3, "vector_type": "sparse"}, ("dimension",)),
        ({"vector_type": "sparse", "metric": "cosine"}, ("metric",)),
        ({"dimension": 3, "name": "Capital"}, ("name",)),
        ({"dimension": 3, "name": "-dash"}, ("name",)),
        ({"dimension": 3, "name": "x" * 46}, ("name", "45", "46")),
        ({"dimension": 3, "name": ""}, ("name",)),
        ({"dimension": 3, "spec": {}}, ("spec",)),
        ({"dimension": 3, "deletion_protection": "maybe"}, ("deletion_protection", "enabled")),
    ],
    ids=str,
)
def test_a_nonsense_index_is_refused(server, name, shape, words):
    """Over plain HTTP, for the SDKs refuse some of them themselves."""
    spec = {"serverless": {"cloud": "aws", "region": "us-east-1"}}
    answer = post(f"{server.api}/indexes", {"name": name, "spec": spec} | shape, server.key)
    told = answer.json()
    assert (answer.status, told["status"], told["error"]["code"]) == (400, 400, "INVALID_ARGUMENT")
    for word in words:
        assert word in told["error"]["message"].lower()
    assert get(f"{server.api}/indexes/{name}", server.key).status == 404


def test_too_many_tags_are_refused(control, name):
    control.create_index(name, AWS, dimension=2, tags={f"tag-{n}": "x" for n in range(20)})
    with refused(400, "20"):
        control.configure_index(name, tags={"one-more": "x"})
    assert len(control.describe_index(name).tags.to_dict()) == 20
