"""Deleting by id, by filter, and all."""

import pytest

from support.reading import counts, ids
from support.refusals import refused


@pytest.fixture
def ten(dense, space):
    dense.upsert(vectors=[(str(n), [1.0, float(n), 0.0], {"even": n % 2 == 0}) for n in range(10)], namespace=space)
    return lambda: set(ids(dense.list(namespace=space)))


def test_by_id(dense, space, ten):
    dense.delete(ids=["0", "1", "missing"], namespace=space)
    assert ten() == set("23456789")
    assert not dense.fetch(ids=["0"], namespace=space).vectors
    assert dense.query(vector=[1.0, 0.0, 0.0], top_k=1, namespace=space).matches[0].id == "2"


def test_by_filter(dense, space, ten):
    dense.delete(filter={"even": True}, namespace=space)
    assert ten() == set("13579")


def test_all_of_a_namespace(dense, space, ten):
    dense.upsert(vectors=[("kept", [1.0, 0.0, 0.0])], namespace=f"{space} beside")
    dense.delete(delete_all=True, namespace=space)
    assert ten() == set()
    assert counts(dense.describe_index_stats())[f"{space} beside"] == 1


def test_more_than_a_thousand_ids_are_refused(dense, space, ten):
    with refused(400, "1000", "1001"):
        dense.delete(ids=[str(n) for n in range(1001)], namespace=space)
    assert len(ten()) == 10
