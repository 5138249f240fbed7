"""Fetching by id and by metadata."""

from support.reading import near, next_of
from support.refusals import refused


def test_only_what_is_there_comes(dense, space):
    dense.upsert(vectors=[("a", [1.0, 2.0, 3.0], {"n": 1}), ("b", [4.0, 5.0, 6.0])], namespace=space)
    found = dense.fetch(ids=["a", "missing"], namespace=space)
    assert set(found.vectors) == {"a"}
    assert found.vectors["a"].values == near([1.0, 2.0, 3.0]) and found.vectors["a"].metadata == {"n": 1}
    assert found.namespace == space
    assert found.usage.read_units >= 1


def test_ids_may_hold_whatever_ascii_does(dense, space):
    odd = ["a/b", "a b", "a?b&c=d", "a#b", "a%20b", "a+b", 'a"b', "a,b", "\x01", "~"]
    dense.upsert(vectors=[(name, [1.0, 0.0, 0.0]) for name in odd], namespace=space)
    assert set(dense.fetch(ids=odd, namespace=space).vectors) == set(odd)


def test_metadata_finds_records_page_by_page(dense, space):
    dense.upsert(vectors=[(f"{n:02}", [1.0, float(n), 0.0], {"even": n % 2 == 0}) for n in range(30)], namespace=space)
    seen, token = [], None
    for _ in range(10):
        page = dense.fetch_by_metadata(filter={"even": True}, namespace=space, limit=6, pagination_token=token)
        seen += page.vectors
        token = next_of(page)
        if not token:
            break
    assert sorted(seen) == [f"{n:02}" for n in range(0, 30, 2)]
    assert len(seen) == 15


def test_metadata_that_nothing_has_finds_nothing(dense, space):
    dense.upsert(vectors=[("a", [1.0, 0.0, 0.0])], namespace=space)
    found = dense.fetch_by_metadata(filter={"color": "red"}, namespace=space)
    assert not found.vectors and not next_of(found)


def test_a_nonsense_token_is_refused(dense, space):
    with refused(400, "token"):
        dense.fetch_by_metadata(filter={"a": 1}, namespace=space, pagination_token="nonsense")
