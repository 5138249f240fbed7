"""The clients of each test, and indexes that many tests share, each in a namespace of its own."""

import itertools

import pytest
from pinecone import ServerlessSpec

from support.clients import CONTROL, DATA, Clients

NUMBERS = itertools.count(1)
AWS = ServerlessSpec(cloud="aws", region="us-east-1")


@pytest.fixture(scope="session")
def clients(server):
    """Closed before the server stops."""
    clients = Clients()
    yield clients
    clients.close()


@pytest.fixture(params=CONTROL)
def control_way(request):
    """How a test reaches the control plane."""
    return request.param


@pytest.fixture(params=DATA)
def way(request):
    """How a test reaches vectors."""
    return request.param


@pytest.fixture
def control(clients, server, control_way):
    """A client of the control plane, with a key that may do everything."""
    return clients.control(control_way, server.api, server.key)


@pytest.fixture
def plain(clients, server):
    """The same, for what only prepares a test."""
    return clients.control("plain", server.api, server.key)


@pytest.fixture
def name():
    """Of an index that nobody else has."""
    return f"index-{next(NUMBERS)}"


@pytest.fixture
def space():
    """A namespace that nobody else writes to."""
    return f"space {next(NUMBERS)}"


@pytest.fixture(scope="session")
def shared(clients, server):
    """The name of an index of this kind, made when the first test asks for it."""
    control, made = clients.control("plain", server.api, server.key), set()

    def of(kind: str, **shape) -> str:
        if kind not in made:
            control.create_index(f"shared-{kind}", AWS, **shape)
            made.add(kind)
        return f"shared-{kind}"

    return of


@pytest.fixture
def open_index(clients, server, way):
    return lambda name: clients.index(way, server.api, server.key, name)


@pytest.fixture
def dense(open_index, shared):
    return open_index(shared("dense", dimension=3, metric="cosine"))


@pytest.fixture
def hybrid(open_index, shared):
    """The one kind that takes both sorts of values."""
    return open_index(shared("hybrid", dimension=3, metric="dotproduct"))


@pytest.fixture
def sparse(open_index, shared):
    return open_index(shared("sparse", vector_type="sparse", metric="dotproduct"))
