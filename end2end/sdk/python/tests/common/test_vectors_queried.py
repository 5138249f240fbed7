"""Queries: by vector, by id, sparse and hybrid, filtered, and with what is asked for."""

import pytest

from support.reading import near
from support.refusals import refused

FRUIT = [
    ("apple", [1.0, 0.0, 0.0], {"color": "red", "grams": 180, "tags": ["sweet", "crisp"], "local": True}),
    ("cherry", [0.9, 0.1, 0.0], {"color": "red", "grams": 8, "tags": ["sweet"], "local": True}),
    ("lime", [0.0, 1.0, 0.0], {"color": "green", "grams": 67.5, "tags": ["sour"], "local": False}),
    ("banana", [0.0, 0.0, 1.0], {"grams": 120}),
]


@pytest.fixture
def fruit(dense, space):
    dense.upsert(vectors=FRUIT, namespace=space)
    return dense


def test_the_nearest_come_first(fruit, space):
    found = fruit.query(vector=[1.0, 0.0, 0.0], top_k=3, namespace=space)
    assert [match.id for match in found.matches][:2] == ["apple", "cherry"]
    assert len(found.matches) == 3
    assert found.matches[0].score == near(1.0)
    assert found.matches[1].score == near(0.9 / (0.81 + 0.01) ** 0.5)
    assert found.namespace == space
    assert found.usage.read_units >= 1


def test_values_and_metadata_come_when_asked_for(fruit, space):
    bare = fruit.query(vector=[1.0, 0.0, 0.0], top_k=1, namespace=space).matches[0]
    assert not bare.values and not bare.metadata
    full = fruit.query(
        vector=[1.0, 0.0, 0.0], top_k=1, namespace=space, include_values=True, include_metadata=True
    ).matches[0]
    assert full.values == near([1.0, 0.0, 0.0]) and full.metadata == FRUIT[0][2]


def test_a_record_is_a_query(fruit, space):
    found = fruit.query(id="lime", top_k=1, namespace=space)
    assert found.matches[0].id == "lime" and found.matches[0].score == near(1.0)


@pytest.mark.parametrize(
    "clause, expected",
    [
        ({"color": "red"}, {"apple", "cherry"}),
        ({"color": {"$ne": "red"}}, {"lime", "banana"}),
        ({"grams": {"$gt": 67.5}}, {"apple", "banana"}),
        ({"grams": {"$gte": 67.5, "$lt": 180}}, {"lime", "banana"}),
        ({"grams": {"$lte": 8}}, {"cherry"}),
        ({"color": {"$in": ["green", "blue"]}}, {"lime"}),
        ({"color": {"$nin": ["green", "blue"]}}, {"apple", "cherry", "banana"}),
        ({"tags": "sweet"}, {"apple", "cherry"}),
        ({"tags": {"$in": ["crisp", "sour"]}}, {"apple", "lime"}),
        ({"color": {"$exists": False}}, {"banana"}),
        ({"local": True}, {"apple", "cherry"}),
        ({"$or": [{"color": "green"}, {"grams": {"$lt": 10}}]}, {"cherry", "lime"}),
        ({"$and": [{"color": "red"}, {"grams": {"$gt": 100}}]}, {"apple"}),
        ({"color": "purple"}, set()),
    ],
    ids=str,
)
def test_a_filter_says_what_may_be_found(fruit, space, clause, expected):
    found = fruit.query(vector=[1.0, 1.0, 1.0], top_k=10, namespace=space, filter=clause)
    assert {match.id for match in found.matches} == expected


@pytest.mark.parametrize("clause", [{"color": {"$like": "r"}}, {"$not": {}}, {"grams": {"$gt": "x"}}, {"$and": 3}])
def test_a_nonsense_filter_is_refused(fruit, space, clause):
    with refused(400, "filter"):
        fruit.query(vector=[1.0, 1.0, 1.0], top_k=10, namespace=space, filter=clause)


def test_sparse_values_find_by_what_they_share(sparse, space):
    sparse.upsert(
        namespace=space,
        vectors=[
            {"id": "a", "sparse_values": {"indices": [1, 2], "values": [1.0, 2.0]}},
            {"id": "b", "sparse_values": {"indices": [2, 3], "values": [1.0, 3.0]}},
        ],
    )
    found = sparse.query(sparse_vector={"indices": [2, 9], "values": [0.5, 1.0]}, top_k=5, namespace=space)
    assert [(match.id, match.score) for match in found.matches] == [("a", near(1.0)), ("b", near(0.5))]


def test_hybrid_scores_are_the_sum_of_both(hybrid, space):
    hybrid.upsert(
        namespace=space,
        vectors=[
            {"id": "a", "values": [1.0, 0.0, 0.0], "sparse_values": {"indices": [1], "values": [1.0]}},
            {"id": "b", "values": [0.5, 0.0, 0.0], "sparse_values": {"indices": [2], "values": [4.0]}},
        ],
    )
    found = hybrid.query(
        vector=[1.0, 0.0, 0.0], sparse_vector={"indices": [2], "values": [0.5]}, top_k=2, namespace=space
    )
    assert [(match.id, match.score) for match in found.matches] == [("b", near(2.5)), ("a", near(1.0))]


def test_the_nearest_by_euclid_have_the_smallest_score(open_index, shared, space):
    index = open_index(shared("euclidean", dimension=2, metric="euclidean"))
    index.upsert(vectors=[("far", [3.0, 4.0]), ("near", [1.0, 0.0])], namespace=space)
    found = index.query(vector=[0.0, 0.0], top_k=2, namespace=space)
    assert [(match.id, match.score) for match in found.matches] == [("near", near(1.0)), ("far", near(25.0))]


def test_several_namespaces_are_asked_together(dense, space):
    for n, values in enumerate([[1.0, 0.0, 0.0], [0.8, 0.2, 0.0]]):
        dense.upsert(vectors=[(f"in {n}", values)], namespace=f"{space} {n}")
    found = dense.query_namespaces(
        vector=[1.0, 0.0, 0.0], namespaces=[f"{space} 0", f"{space} 1"], metric="cosine", top_k=2
    )
    assert [match.id for match in found.matches] == ["in 0", "in 1"]


def test_an_unknown_namespace_is_empty(dense):
    assert dense.query(vector=[1.0, 0.0, 0.0], top_k=1, namespace="nowhere").matches == []


@pytest.mark.parametrize("vector, words", [([1.0], ("3", "1")), ([1.0] * 4, ("3", "4"))])
def test_a_query_has_the_dimension_of_its_index(dense, space, vector, words):
    with refused(400, *words):
        dense.query(vector=vector, top_k=1, namespace=space)


def test_ten_thousand_can_be_asked_for(fruit, space):
    assert len(fruit.query(vector=[1.0, 1.0, 1.0], top_k=10_000, namespace=space).matches) == 4


def test_a_missing_record_is_no_query(dense, space):
    dense.upsert(vectors=[("a", [1.0, 0.0, 0.0])], namespace=space)
    assert dense.query(id="missing", top_k=1, namespace=space).matches == []
