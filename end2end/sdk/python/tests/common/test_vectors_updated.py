"""Updates: by id, and of all that a filter finds."""

import pytest
from pinecone import SparseValues

from support.reading import near
from support.refusals import refused


@pytest.fixture
def one(dense, space):
    dense.upsert(vectors=[("a", [1.0, 0.0, 0.0], {"color": "red", "size": 1})], namespace=space)
    return lambda: dense.fetch(ids=["a"], namespace=space).vectors["a"]


def test_values_change_and_metadata_stays(dense, space, one):
    dense.update(id="a", values=[0.0, 1.0, 0.0], namespace=space)
    assert one().values == near([0.0, 1.0, 0.0]) and one().metadata == {"color": "red", "size": 1}
    assert dense.query(vector=[0.0, 1.0, 0.0], top_k=1, namespace=space).matches[0].score == near(1.0)


def test_metadata_is_merged_and_values_stay(dense, space, one):
    dense.update(id="a", set_metadata={"size": 2, "new": ["x"]}, namespace=space)
    assert one().values == near([1.0, 0.0, 0.0])
    assert one().metadata == {"color": "red", "size": 2, "new": ["x"]}


def test_sparse_values_change(hybrid, space):
    hybrid.upsert(vectors=[("a", [1.0, 0.0, 0.0])], namespace=space)
    hybrid.update(id="a", sparse_values=SparseValues(indices=[5], values=[2.0]), namespace=space)
    kept = hybrid.fetch(ids=["a"], namespace=space).vectors["a"]
    assert kept.values == near([1.0, 0.0, 0.0])
    assert (list(kept.sparse_values.indices), list(kept.sparse_values.values)) == ([5], [2.0])


def test_an_update_of_nothing_changes_nothing(dense, space):
    dense.upsert(vectors=[("a", [1.0, 0.0, 0.0])], namespace=space)
    dense.update(id="missing", values=[0.0, 1.0, 0.0], namespace=space)
    assert set(dense.fetch(ids=["a", "missing"], namespace=space).vectors) == {"a"}


def test_a_bad_update_is_refused(dense, space, one):
    with refused(400, "3", "2"):
        dense.update(id="a", values=[1.0, 2.0], namespace=space)
    with refused(400, "$x"):
        dense.update(id="a", set_metadata={"$x": 1}, namespace=space)
    assert one().values == near([1.0, 0.0, 0.0]) and one().metadata == {"color": "red", "size": 1}


def test_all_that_a_filter_finds_are_updated(dense, space):
    dense.upsert(vectors=[(str(n), [1.0, float(n), 0.0], {"even": n % 2 == 0}) for n in range(10)], namespace=space)
    tried = dense.update(filter={"even": True}, set_metadata={"seen": True}, dry_run=True, namespace=space)
    assert tried.matched_records == 5
    assert not dense.fetch_by_metadata(filter={"seen": True}, namespace=space).vectors
    done = dense.update(filter={"even": True}, set_metadata={"seen": True}, namespace=space)
    assert done.matched_records == 5
    seen = dense.fetch_by_metadata(filter={"seen": True}, namespace=space).vectors
    assert set(seen) == {"0", "2", "4", "6", "8"}
    assert seen["4"].metadata == {"even": True, "seen": True} and seen["4"].values == near([1.0, 4.0, 0.0])
