"""Imports of Parquet files, from a directory and from a bucket."""

import json
import time

import pyarrow
import pyarrow.parquet
import pytest
from pinecone import ServerlessSpec

from support.bucket import Bucket
from support.clients import GENERATION, Clients
from support.console import Console
from support.http import get
from support.reading import counts, near
from support.refusals import refused
from support.server import Server

AWS = ServerlessSpec(cloud="aws", region="us-east-1")
WAYS = ("rest", "async", "grpc") if GENERATION >= 9 else ("rest", "async")
NOBODY = "01890000-0000-7000-8000-000000000000"
SECONDS_MAX = 60


def write(file, rows):
    """Rows of id, values, metadata and sparse values."""
    columns = {
        "id": pyarrow.array([row[0] for row in rows], pyarrow.string()),
        "values": pyarrow.array([row[1] for row in rows], pyarrow.list_(pyarrow.float32())),
        "metadata": pyarrow.array([json.dumps(row[2]) if row[2] else None for row in rows], pyarrow.string()),
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    pyarrow.parquet.write_table(pyarrow.table(columns), file, row_group_size=1000)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    home = tmp_path_factory.mktemp("imports")
    write(home / "good/a.parquet", [(f"{n:05}", [n + 1.0, 1.0], {"n": n}) for n in range(1_500)])
    write(home / "good/one/a.parquet", [("x", [1.0, 0.0], {"color": "red"}), ("y", [0.0, 1.0], None)])
    write(home / "good/one/b.parquet", [("z", [1.0, 1.0], None)])
    bad = [("ok", [1.0, 0.0], None), ("short", [1.0], None), (None, [1.0, 0.0], None), ("last", [0.0, 1.0], None)]
    write(home / "bad/a.parquet", bad)
    (home / "bad/b.parquet").write_text("this is no Parquet")
    (home / "empty").mkdir()
    return home


@pytest.fixture(scope="module")
def importing(tmp_path_factory, files):
    """A server that may import from the directory, and from the same files as a bucket."""
    bucket = Bucket(files, "ours", "AKIATESTS")
    keys = {"AWS_ACCESS_KEY_ID": "AKIATESTS", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "here"}
    wishes = ["--import-dir", str(files), "--import-bucket", "ours", "--import-s3-endpoint", bucket.endpoint]
    server = Server(tmp_path_factory.mktemp("conifer") / "data", *wishes, environment=keys)
    server.founded = server.bootstrap()
    server.key = server.founded.key
    server.start()
    server.clients = Clients()
    yield server
    server.clients.close()
    server.stop()
    bucket.close()


@pytest.fixture(params=WAYS)
def index(request, importing, name):
    control = importing.clients.control("plain", importing.api, importing.key)
    control.create_index(name, AWS, dimension=2)
    return importing.clients.index(request.param, importing.api, importing.key, name)


@pytest.fixture
def host(importing, name):
    control = importing.clients.control("plain", importing.api, importing.key)
    return lambda: control.describe_index(name).host


def over(index, id):
    """The import once nothing happens to it any more."""
    deadline = time.monotonic() + SECONDS_MAX
    while time.monotonic() < deadline:
        told = index.describe_import(id=id)
        if told.status in ("Completed", "Failed", "Cancelled"):
            return told
        time.sleep(0.05)
    raise AssertionError(f"it did not end: {told}")


@pytest.mark.parametrize("place", ["file://{}/good", "s3://ours/good"])
def test_files_become_records(index, files, place):
    started = index.start_import(uri=place.format(files))
    done = over(index, started.id)
    assert (done.status, done.records_imported, done.percent_complete) == ("Completed", 1_503, 100.0), done
    assert counts(index.describe_index_stats()) == {"__default__": 1_500, "one": 3}
    kept = index.fetch(ids=["x", "y"], namespace="one").vectors
    assert kept["x"].values == near([1.0, 0.0]) and kept["x"].metadata == {"color": "red"}
    assert index.query(vector=[1_234.0, 1.0], top_k=1, filter={"n": 1_233}).matches[0].id == "01233"
    assert [found.id for found in index.list_imports()] == [started.id]


def test_what_is_no_record_is_left_out_and_told(index, importing, files, host):
    started = index.start_import(uri=f"file://{files}/bad", error_mode="continue")
    done = over(index, started.id)
    assert (done.status, done.records_imported) == ("Completed", 2), done
    assert set(index.fetch(ids=["ok", "last", "short"]).vectors) == {"ok", "last"}
    told = get(f"{host()}/bulk/imports/{started.id}", importing.key).json()
    assert told["recordsRefused"] == 3
    assert [(refusal["file"], refusal.get("row")) for refusal in told["refusals"]] == [
        ("a.parquet", 2),
        ("a.parquet", 3),
        ("b.parquet", None),
    ]
    assert told["refusals"][0]["reason"] == "values: must have 2 numbers like its index, but has 1"


def test_or_it_ends_the_import(index, files):
    done = over(index, index.start_import(uri=f"file://{files}/bad", error_mode="abort").id)
    assert done.status == "Failed"
    assert done.error == "a.parquet, row 2: values: must have 2 numbers like its index, but has 1"


def test_nothing_else_can_be_read(index, files):
    for uri in ("file:///etc", f"file://{files}/../", f"file://{files}/missing", "s3://theirs/good", "nonsense"):
        with refused(400, "uri"):
            index.start_import(uri=uri)
    with refused(400, "parquet"):
        index.start_import(uri=f"file://{files}/empty")
    assert list(index.list_imports()) == []


def test_what_is_over_stays_as_it_is(index, files):
    ids = [index.start_import(uri=f"file://{files}/good/one").id for _ in range(3)]
    for id in ids:
        assert over(index, id).status == "Completed"
    index.cancel_import(id=ids[0])
    assert index.describe_import(id=ids[0]).status == "Completed"
    page = index.list_imports_paginated(limit=2)
    rest = index.list_imports_paginated(limit=2, pagination_token=page.pagination.next)
    listed = [found.id for found in [*data(page), *data(rest)]]
    assert listed == list(reversed(ids))
    with refused(404):
        index.describe_import(id=NOBODY)
    with refused(404):
        index.cancel_import(id=NOBODY)


def data(page):
    return page.data if hasattr(page, "data") else page


def test_a_key_of_some_namespaces_has_no_imports(index, importing, files, host):
    key = Console(importing).make_key(["DataPlaneEditor"], namespaces=["one"]).secret
    limited = importing.clients.index("rest", importing.api, key, host=host())
    with refused(403, "namespace"):
        limited.start_import(uri=f"file://{files}/good/one")
    with refused(403, "namespace"):
        list(limited.list_imports())


def test_a_server_that_died_goes_on_where_it_was(importing, files, name):
    """Rows that were read before are not counted again."""
    write(files / "long/a.parquet", [(f"{n:06}", [n + 1.0, 1.0], {"n": n, "text": "x" * 200}) for n in range(60_000)])
    control = importing.clients.control("plain", importing.api, importing.key)
    control.create_index(name, AWS, dimension=2)
    index = importing.clients.index("rest", importing.api, importing.key, name)
    id = index.start_import(uri=f"file://{files}/long").id
    while index.describe_import(id=id).records_imported < 5_000:
        time.sleep(0.01)
    importing.kill()
    importing.start()
    before = index.describe_import(id=id)
    assert 0 < before.records_imported < 60_000 and before.status == "InProgress"
    done = over(index, id)
    assert (done.status, done.records_imported) == ("Completed", 60_000), done
    assert index.describe_index_stats().total_vector_count == 60_000


def test_an_import_is_cancelled(importing, files, name):
    write(files / "longer/a.parquet", [(f"{n:06}", [n + 1.0, 1.0], None) for n in range(200_000)])
    control = importing.clients.control("plain", importing.api, importing.key)
    control.create_index(name, AWS, dimension=2)
    index = importing.clients.index("rest", importing.api, importing.key, name)
    id = index.start_import(uri=f"file://{files}/longer").id
    while index.describe_import(id=id).status == "Pending":
        time.sleep(0.01)
    index.cancel_import(id=id)
    told = index.describe_import(id=id)
    assert told.status == "Cancelled" and told.records_imported < 200_000
    time.sleep(1)
    stopped = index.describe_index_stats().total_vector_count
    time.sleep(0.5)
    assert index.describe_index_stats().total_vector_count == stopped < 200_000
