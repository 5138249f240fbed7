"""Namespaces, made by hand and by the first record."""

import pytest

from support.reading import counts, namespaces, next_of
from support.refusals import refused


def test_a_namespace_is_made_described_and_deleted(dense, space):
    made = dense.create_namespace(name=space)
    assert made.name == space and int(made.record_count or 0) == 0
    dense.upsert(vectors=[("a", [1.0, 0.0, 0.0]), ("b", [0.0, 1.0, 0.0])], namespace=space)
    described = dense.describe_namespace(namespace=space)
    assert (described.name, int(described.record_count)) == (space, 2)
    dense.delete_namespace(namespace=space)
    with refused(404, space):
        dense.describe_namespace(namespace=space)
    assert space not in counts(dense.describe_index_stats())


def test_the_first_record_makes_one(dense, space):
    dense.upsert(vectors=[("a", [1.0, 0.0, 0.0])], namespace=space)
    assert namespaces(dense.list_namespaces())[space] == 1


def test_they_are_listed_page_by_page(dense, space):
    for n in range(5):
        dense.create_namespace(name=f"{space}/{n}")
    seen, token = [], None
    for _ in range(200):
        page = dense.list_namespaces_paginated(limit=3, pagination_token=token)
        assert len(page.namespaces) <= 3
        seen += [found.name for found in page.namespaces]
        token = next_of(page)
        if not token:
            break
    assert [name for name in seen if name.startswith(f"{space}/")] == [f"{space}/{n}" for n in range(5)]
    assert len(seen) == len(set(seen))


def test_one_that_is_there_is_not_made_again(dense, space):
    dense.create_namespace(name=space)
    with refused(409, space):
        dense.create_namespace(name=space)


@pytest.mark.parametrize("operation", ["describe_namespace", "delete_namespace"])
def test_a_missing_one_is_missing(dense, operation):
    with refused(404, "nowhere"):
        getattr(dense, operation)(namespace="nowhere")
