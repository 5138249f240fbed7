"""A program of an SDK runs as it is: nothing is changed but the host and the key."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from support.clients import GENERATION
from support.server import Server, environment

OVER_GRPC = "over_grpc" if GENERATION >= 9 else "over_grpc_before_9"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """Bootstrapped a moment ago, and empty."""
    server = Server(tmp_path_factory.mktemp("conifer") / "data")
    key = server.bootstrap().key
    server.start()
    yield server, key
    server.stop()


@pytest.mark.parametrize("program", ["plain", "asynchronous", OVER_GRPC])
def test_the_program_runs(fresh, clients, program):
    server, key = fresh
    told = {"PINECONE_API_KEY": key, "PINECONE_CONTROLLER_HOST": server.api, "PINECONE_GRPC_SCHEME": "http"}
    file = Path(__file__).with_name(f"{program}.py")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(file)], env=environment() | told, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    first, answer = done.stdout.split("\n", 1)
    assert first == "indexes: []"
    assert re.search(r"\bA\b.*\bB\b", answer, re.DOTALL), answer
    scores = [float(score) for score in re.findall(r"score\W+([\d.]+)", answer)]
    assert scores == pytest.approx([1.0, 0.75], abs=1e-5), answer
    assert re.search(r"values\W+0\.2", answer), answer
    clients.control("plain", server.api, key).delete_index("quickstart")
