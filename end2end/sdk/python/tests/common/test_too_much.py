"""More than a request may bring, and more requests than a key may send."""

import time

from support.refusals import refused

LIMIT = "2097152"


def test_a_request_that_is_too_large_names_the_limit(dense, space, way):
    text = "x" * 30_000
    vectors = [(str(n), [1.0, 0.0, 0.0], {"text": text}) for n in range(90)]
    # gRPC has no code of its own for it.
    with refused(400 if way == "grpc" else 413, LIMIT):
        dense.upsert(vectors=vectors, namespace=space)
    assert space not in dense.describe_index_stats().namespaces
    for part in (vectors[:45], vectors[45:]):
        dense.upsert(vectors=part, namespace=space)
    assert dense.describe_index_stats().namespaces[space].vector_count == 90


def test_who_asks_too_often_comes_again_when_told(clients, server, console):
    """The clients wait as long as `Retry-After` says, and the program notices nothing."""
    made = console.make_key(["ControlPlaneViewer"], requests=1)
    control = clients.control("plain", server.api, made.secret)
    start = time.monotonic()
    for _ in range(3):
        control.list_indexes()
    assert time.monotonic() - start >= 1
