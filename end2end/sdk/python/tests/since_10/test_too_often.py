"""What a program sees that will not wait."""

import pytest
from pinecone.errors import ApiError

from support.refusals import refused


@pytest.fixture
def slow_key(console):
    return console.make_key(["ProjectEditor"], requests=1).secret


@pytest.mark.parametrize("way", ["plain", "async"])
def test_who_asks_too_often_is_told_when_to_come_again(clients, server, slow_key, way):
    control = clients.impatient(way, server.api, slow_key)
    with refused(429, "too many", "wait") as caught:
        for _ in range(5):
            control.list_indexes()
    headers = {name.lower(): value for name, value in caught.value.headers.items()}
    assert 1 <= int(headers["retry-after"]) <= 2


def test_grpc_is_told_too(clients, server, shared, plain, slow_key):
    host = plain.describe_index(shared("dense", dimension=3, metric="cosine")).host
    index = clients.impatient("plain", server.api, slow_key).index(host=host, grpc=True)
    # Over gRPC this SDK has one class for all of them.
    with pytest.raises(ApiError, match="Too many tries") as caught:
        for _ in range(5):
            index.describe_index_stats()
    assert (caught.value.status_code, caught.value.error_code) == (429, "RESOURCE_EXHAUSTED")
    index.close()
