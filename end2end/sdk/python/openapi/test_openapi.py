"""Requests that nobody would write, made from what the API says of itself: none breaks it, and each answer is as it says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.http import post

SECONDS = os.environ.get("CONIFER_OPENAPI_SECONDS", "10")
# The same requests in every run, unless another is asked for.
SEED = os.environ.get("CONIFER_OPENAPI_SEED", "1")
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance"


@pytest.fixture(scope="session")
def index(server):
    """An index with records, for requests to hit something."""
    spec = {"serverless": {"cloud": "aws", "region": "us-east-1"}}
    made = post(f"{server.api}/indexes", {"name": "fuzzed", "dimension": 2, "spec": spec, "deletion_protection": "enabled"}, server.key).json()
    records = [{"id": "a", "values": [1, 0], "metadata": {"color": "red"}}, {"id": "b", "values": [0, 1]}]
    for space in ("", "one"):
        done = post(f"{made['host']}/vectors/upsert", {"vectors": records, "namespace": space}, server.key)
        assert done.status == 200, done
    return made["host"]


@pytest.fixture(scope="session")
def keys(server, console):
    return {"editor": server.key, "viewer": console.make_key(["ProjectViewer"]).secret, "nobody": None}


@pytest.mark.parametrize("who", ["editor", "viewer", "nobody"])
@pytest.mark.parametrize("plane", ["control", "data"])
def test_no_request_breaks_it(server, index, keys, tmp_path, plane, who):
    st, config = Path(sys.executable).with_name("st"), Path(__file__).with_name("schemathesis.toml")
    run = [st, "--config-file", config, "run", f"{server.api}/openapi.json", "--checks", CHECKS]
    run += ["--url", {"control": server.api, "data": index}[plane], "--include-tag", f"{plane} plane"]
    run += ["--max-time", SECONDS, "--seed", SEED, "--generation-database", "none", "--no-color"]
    run += ["--header", f"Api-Key: {keys[who]}"] if keys[who] else []
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, timeout=int(SECONDS) * 10 + 60)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert "No operations" not in done.stdout, done.stdout
