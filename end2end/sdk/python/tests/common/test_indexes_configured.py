"""What can be changed of an index that is there."""

import pytest
from pinecone import PodSpec, ServerlessSpec

from support.refusals import refused

AWS = ServerlessSpec(cloud="aws", region="us-east-1")


def test_tags_are_merged_and_an_empty_one_goes(control, name):
    control.create_index(name, AWS, dimension=2, tags={"team": "search", "tier": "gold"})
    control.configure_index(name, tags={"tier": "", "env": "prod"})
    assert control.describe_index(name).tags.to_dict() == {"team": "search", "env": "prod"}


def test_a_protected_index_is_not_deleted(control, name):
    control.create_index(name, AWS, dimension=2, deletion_protection="enabled")
    with refused(403, "protected against deletion"):
        control.delete_index(name)
    assert control.describe_index(name).deletion_protection == "enabled"
    control.configure_index(name, deletion_protection="disabled")
    control.delete_index(name)
    assert not control.has_index(name)


def test_protection_can_come_later(control, name):
    control.create_index(name, AWS, dimension=2)
    control.configure_index(name, deletion_protection="enabled")
    with refused(403):
        control.delete_index(name)
    control.configure_index(name, deletion_protection="disabled")


def test_pods_grow(control, name):
    control.create_index(name, PodSpec(environment="us-east1-gcp", pod_type="p1.x1"), dimension=2)
    control.configure_index(name, replicas=4, pod_type="p1.x2")
    pod = control.describe_index(name).spec.pod
    assert (pod.replicas, pod.pod_type) == (4, "p1.x2")


def test_a_project_has_a_pod_limit(control, name):
    with refused(403, "may have 100 pods"):
        control.create_index(name, PodSpec(environment="us-east1-gcp", replicas=101), dimension=2)
    control.create_index(name, PodSpec(environment="us-east1-gcp", replicas=2), dimension=2)
    with refused(403, "may have 100 pods"):
        control.configure_index(name, replicas=101)
    assert control.describe_index(name).spec.pod.replicas == 2


def test_only_pods_have_replicas(control, name):
    control.create_index(name, AWS, dimension=2)
    with refused(400, "pod"):
        control.configure_index(name, replicas=2)


def test_read_capacity_is_shown_back(control, name):
    control.create_index(name, AWS, dimension=2)
    dedicated = {"node_type": "t1", "scaling": "Manual", "manual": {"shards": 1, "replicas": 2}}
    control.configure_index(name, read_capacity={"mode": "Dedicated", "dedicated": dedicated})
    capacity = control.describe_index(name).spec.serverless.read_capacity
    told = capacity if isinstance(capacity, dict) else capacity.to_dict()
    assert told["mode"] == "Dedicated" and told["dedicated"]["manual"] == {"shards": 1, "replicas": 2}
    assert told["status"]["state"] == "Ready"


@pytest.mark.parametrize("tags", [{"a" * 81: "x"}, {"sp ace": "x"}, {"a": "x" * 121}, {"a": "é"}])
def test_a_bad_tag_is_refused(plain, server, name, tags):
    """Over plain HTTP, for the newest SDK refuses some of them itself."""
    from support.http import patch

    plain.create_index(name, AWS, dimension=2)
    answer = patch(f"{server.api}/indexes/{name}", {"tags": tags}, server.key)
    assert answer.status == 400 and "Tag" in answer.json()["error"]["message"]
    assert not (plain.describe_index(name).tags or {})
