"""Listing ids, and counting."""

import pytest

from support.reading import counts, ids, next_of, page_ids
from support.refusals import refused


@pytest.fixture
def many(dense, space):
    named = [(f"{kind}#{n:03}", [1.0, float(n), 0.0], {"kind": kind}) for kind in ("doc", "img") for n in range(120)]
    dense.upsert(vectors=named, namespace=space)
    return dense


def test_all_ids_come_in_order(many, space):
    listed = ids(many.list(namespace=space))
    assert listed == sorted(listed) and len(listed) == 240


def test_a_prefix_narrows_them(many, space):
    assert ids(many.list(prefix="img#11", namespace=space)) == [f"img#{n}" for n in range(110, 120)]
    assert ids(many.list(prefix="none", namespace=space)) == []


def test_pages_follow_each_other(many, space):
    first = many.list_paginated(prefix="doc#", limit=70, namespace=space)
    second = many.list_paginated(prefix="doc#", limit=70, namespace=space, pagination_token=next_of(first))
    assert (len(page_ids(first)), len(page_ids(second))) == (70, 50)
    assert page_ids(first) + page_ids(second) == [f"doc#{n:03}" for n in range(120)]
    assert not next_of(second)
    assert first.namespace == space


def test_a_nonsense_token_is_refused(many, space):
    with refused(400, "token"):
        many.list_paginated(namespace=space, pagination_token="nonsense")


def test_what_is_there_is_counted(many, space):
    stats = many.describe_index_stats()
    assert counts(stats)[space] == 240
    assert stats.dimension == 3
    assert stats.total_vector_count == sum(counts(stats).values())


def test_what_a_filter_finds_is_counted(many, space):
    stats = many.describe_index_stats(filter={"kind": "doc"})
    assert counts(stats)[space] == 120


def test_a_sparse_index_tells_of_no_dimension(sparse, space):
    sparse.upsert(vectors=[{"id": "a", "sparse_values": {"indices": [7], "values": [1.0]}}], namespace=space)
    stats = sparse.describe_index_stats()
    assert counts(stats)[space] == 1 and not stats.dimension
