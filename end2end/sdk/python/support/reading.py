"""Answers that the SDKs' generations hand out in different shapes."""

import pytest


def ids(pages) -> list[str]:
    """Of what `list` yields, page by page."""
    return [id_of(item) for page in pages for item in page]


def page_ids(page) -> list[str]:
    """Of what `list_paginated` answers."""
    return [id_of(item) for item in page.vectors]


def id_of(item) -> str:
    return item if isinstance(item, str) else item.id


def next_of(page) -> str | None:
    return page.pagination.next if page.pagination else None


def namespaces(pages) -> dict[str, int]:
    """How many records each has, of what `list_namespaces` yields."""
    return {space.name: int(space.record_count) for page in pages for space in getattr(page, "namespaces", None) or [page]}


def counts(stats) -> dict[str, int]:
    return {name: space.vector_count for name, space in stats.namespaces.items()}


def near(values):
    """Vectors are kept in single precision."""
    return pytest.approx(values, rel=1e-6, abs=1e-7)
