"""A server of the whole run."""

import pytest

from support.console import Console
from support.server import Server


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("conifer") / "data")
    server.founded = server.bootstrap()
    server.key = server.founded.key
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def console(server):
    """An owner at the console, who makes keys."""
    return Console(server)
