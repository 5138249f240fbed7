"""Two servers on one PostgreSQL: a key that is revoked on the one is refused by the other within a second."""

import time
import uuid

import pytest
from pinecone import ServerlessSpec

from support.clients import Clients
from support.console import Console
from support.postgres import database
from support.refusals import refused
from support.server import Server

SECONDS_MAX = 1.0


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """Each with vectors of its own, and one set of people, keys and indexes."""
    with database() as url:
        first, second = (Server(tmp_path_factory.mktemp("pair") / "data", database_url=url) for _ in range(2))
        first.founded = first.bootstrap()
        second.key = first.founded.key
        first.start()
        second.start()
        yield first, second
        second.stop()
        first.stop()


def refused_after(operation) -> float:
    """How long until it is refused; anything but an answer or a refusal fails."""
    began = time.monotonic()
    while time.monotonic() - began < 10 * SECONDS_MAX:
        try:
            operation()
        except Exception:
            with refused(401):
                operation()
            return time.monotonic() - began
        time.sleep(0.01)
    raise AssertionError("it was never refused")


def test_a_revoked_key_is_refused_everywhere(pair):
    first, second = pair
    clients, console = Clients(), Console(first)
    for _ in range(5):
        made = console.make_key(["ProjectEditor"])
        here = clients.control("plain", first.api, made.secret)
        there = clients.control("plain", second.api, made.secret)
        here.list_indexes()
        until_known(there.list_indexes)
        console.revoke(made)
        with refused(401):
            here.list_indexes()
        assert refused_after(there.list_indexes) < SECONDS_MAX
    clients.close()


def test_so_it_is_at_the_data_plane(pair):
    first, second = pair
    clients, console = Clients(), Console(first)
    control = clients.control("plain", second.api, second.key)
    name = f"index-{uuid.uuid4().hex[:8]}"
    control.create_index(name, ServerlessSpec(cloud="aws", region="us-east-1"), dimension=2)
    host = control.describe_index(name).host
    for way in ("rest", "grpc"):
        made = console.make_key(["DataPlaneViewer"])
        index = clients.index(way, second.api, made.secret, host=host)
        until_known(index.describe_index_stats)
        console.revoke(made)
        assert refused_after(index.describe_index_stats) < SECONDS_MAX
    clients.close()


def until_known(operation):
    """A new key, too, is known to the other server within a second."""
    deadline = time.monotonic() + SECONDS_MAX
    while True:
        try:
            return operation()
        except Exception:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
