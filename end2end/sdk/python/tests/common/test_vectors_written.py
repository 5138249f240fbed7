"""Upserts: all the shapes in which the SDKs take vectors, and what is refused."""

import pytest
from pinecone import SparseValues, Vector

from support.http import post
from support.reading import near
from support.refusals import refused


def test_tuples_dictionaries_and_vectors_are_taken(dense, space):
    done = dense.upsert(
        namespace=space,
        vectors=[
            ("tuple", [1.0, 0.5, 0.0]),
            ("with metadata", [0.0, 1.0, 0.0], {"color": "red"}),
            {"id": "dictionary", "values": [0.0, 0.0, 1.5], "metadata": {"size": 2}},
            Vector(id="vector", values=[1.0, 1.0, 1.0], metadata={"tags": ["a", "b"], "old": False}),
        ],
    )
    assert done.upserted_count == 4
    kept = dense.fetch(ids=["tuple", "with metadata", "dictionary", "vector"], namespace=space).vectors
    assert kept["tuple"].values == near([1.0, 0.5, 0.0]) and not kept["tuple"].metadata
    assert kept["with metadata"].metadata == {"color": "red"}
    assert kept["dictionary"].metadata == {"size": 2}
    assert kept["vector"].metadata == {"tags": ["a", "b"], "old": False}


def test_a_second_upsert_replaces_the_whole_record(dense, space):
    dense.upsert(vectors=[("a", [1.0, 0.0, 0.0], {"color": "red", "size": 1})], namespace=space)
    dense.upsert(vectors=[("a", [0.0, 1.0, 0.0], {"color": "blue"})], namespace=space)
    kept = dense.fetch(ids=["a"], namespace=space).vectors["a"]
    assert kept.values == near([0.0, 1.0, 0.0]) and kept.metadata == {"color": "blue"}


def test_a_thousand_go_at_once_and_more_in_batches(dense, space):
    many = [(f"{n:05}", [n + 1.0, 1.0, 0.0]) for n in range(2_500)]
    assert dense.upsert(vectors=many[:1000], namespace=space).upserted_count == 1000
    done = dense.upsert(vectors=many, namespace=space, batch_size=400, show_progress=False)
    assert done.upserted_count == 2_500
    assert dense.describe_index_stats().namespaces[space].vector_count == 2_500


def test_more_than_a_thousand_at_once_are_refused(dense, space):
    with refused(400, "1000", "1001"):
        dense.upsert(vectors=[(str(n), [1.0, 0.0, 0.0]) for n in range(1001)], namespace=space)
    assert space not in dense.describe_index_stats().namespaces


def test_sparse_values_are_kept(hybrid, space):
    values = SparseValues(indices=[3, 4_294_967_295], values=[0.5, 2.0])
    hybrid.upsert(vectors=[Vector(id="a", values=[1.0, 0.0, 0.0], sparse_values=values)], namespace=space)
    kept = hybrid.fetch(ids=["a"], namespace=space).vectors["a"]
    assert list(kept.sparse_values.indices) == [3, 4_294_967_295]
    assert kept.sparse_values.values == near([0.5, 2.0])


def test_a_sparse_index_takes_no_dense_values(sparse, space):
    sparse.upsert(vectors=[{"id": "a", "sparse_values": {"indices": [7], "values": [1.0]}}], namespace=space)
    assert list(sparse.fetch(ids=["a"], namespace=space).vectors["a"].sparse_values.indices) == [7]
    with refused(400):
        sparse.upsert(vectors=[("b", [1.0, 2.0])], namespace=space)


@pytest.mark.parametrize(
    "record, words",
    [
        (("a", [1.0, 0.0]), ("3", "2")),
        (("a", [0.0, 0.0, 0.0]), ("values",)),
        (("a", [1.0, 0.0, 0.0], {"$color": "red"}), ("$color",)),
        (("a", [1.0, 0.0, 0.0], {"long": "x" * 41_000}), ("metadata",)),
    ],
    ids=["dimension", "zeros", "dollar", "long metadata"],
)
def test_a_bad_record_is_refused_and_none_of_its_company_kept(dense, space, record, words):
    with refused(400, *words):
        dense.upsert(vectors=[("good", [1.0, 0.0, 0.0]), record], namespace=space)
    assert space not in dense.describe_index_stats().namespaces


@pytest.mark.parametrize(
    "record, word",
    [
        ({"id": "é"}, "id"),
        ({"id": ""}, "id"),
        ({"id": "i" * 513}, "512"),
        ({"id": "a", "metadata": {"deep": {"er": 1}}}, "deep"),
        ({"id": "a", "metadata": {"mixed": ["a", 1]}}, "mixed"),
        ({"id": "a", "metadata": {"nothing": None}}, "nothing"),
        ({"id": "a", "values": ["1", 0, 0]}, "values"),
        ({"id": "a", "values": [1e300, 0, 0]}, "values"),
        ({"id": "a", "sparseValues": {"indices": [1, 1], "values": [1.0, 1.0]}}, "indices"),
        ({"id": "a", "sparseValues": {"indices": [1], "values": [1.0, 1.0]}}, "values"),
    ],
)
def test_what_no_sdk_would_send_is_refused_too(plain, server, shared, space, record, word):
    host = plain.describe_index(shared("hybrid", dimension=3, metric="dotproduct")).host
    good = {"id": "good", "values": [1.0, 0.0, 0.0]}
    answer = post(f"{host}/vectors/upsert", {"vectors": [good, {"values": [1, 0, 0]} | record], "namespace": space}, server.key)
    assert answer.status == 400, answer
    assert answer.json()["code"] == 3 and answer.json()["details"] == []
    assert word in answer.json()["message"]
    stats = post(f"{host}/describe_index_stats", {}, server.key).json()
    assert space not in stats["namespaces"]


def test_the_empty_namespace_has_two_names(dense, way):
    name = f"default-{way}"
    dense.upsert(vectors=[(name, [1.0, 0.0, 0.0])])
    assert name in dense.fetch(ids=[name]).vectors
    assert name in dense.fetch(ids=[name], namespace="__default__").vectors
    dense.delete(ids=[name], namespace="__default__")
    assert name not in dense.fetch(ids=[name]).vectors


def test_what_was_written_is_seen_by_the_next_query(dense, space):
    for n in range(20):
        dense.upsert(vectors=[(str(n), [1.0, float(n), 0.0])], namespace=space)
        assert dense.query(vector=[1.0, float(n), 0.0], top_k=1, namespace=space).matches[0].id == str(n)
