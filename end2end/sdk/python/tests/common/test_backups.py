"""Backups, and indexes made from them."""

import pytest
from pinecone import ServerlessSpec

from support.reading import near, next_of
from support.refusals import refused

AWS = ServerlessSpec(cloud="aws", region="us-east-1")


@pytest.fixture
def source(plain, clients, server, name):
    plain.create_index(name, AWS, dimension=2, metric="euclidean", tags={"team": "search"})
    index = clients.index("rest", server.api, server.key, name)
    index.upsert(vectors=[("a", [1.0, 0.0], {"n": 1}), ("b", [0.0, 1.0])], namespace="one")
    index.upsert(vectors=[("c", [1.0, 1.0])], namespace="two")
    return name


@pytest.fixture
def reopened(clients, server, plain):
    """By its host: an SDK remembers a name's host of before."""
    return lambda name: clients.index("rest", server.api, server.key, host=plain.describe_index(name).host)


def test_a_backup_is_made_described_and_deleted(control, source):
    made = control.create_backup(index_name=source, backup_name=f"{source}-monday", description="before the change")
    for backup in (made, control.describe_backup(backup_id=made.backup_id)):
        assert (backup.name, backup.description) == (f"{source}-monday", "before the change")
        assert (backup.source_index_name, backup.status) == (source, "Ready")
        assert (backup.cloud, backup.region) == ("aws", "us-east-1")
        assert (int(backup.record_count), int(backup.namespace_count)) == (3, 2)
        assert int(backup.size_bytes) > 0
    for listed in (control.list_backups(), control.list_backups(index_name=source)):
        assert made.backup_id in [backup.backup_id for backup in listed]
    control.delete_backup(backup_id=made.backup_id)
    assert not list(control.list_backups(index_name=source))
    with refused(404):
        control.describe_backup(backup_id=made.backup_id)
    with refused(404):
        control.delete_backup(backup_id=made.backup_id)


def test_an_index_is_made_from_a_backup(control, reopened, source):
    backup = control.create_backup(index_name=source, backup_name=source)
    reopened(source).delete(delete_all=True, namespace="one")
    restored = f"{source}-again"
    control.create_index_from_backup(name=restored, backup_id=backup.backup_id, tags={"from": "backup"})
    described = control.describe_index(restored)
    assert (described.dimension, described.metric, described.status.ready) == (2, "euclidean", True)
    assert described.tags.to_dict() == {"from": "backup"}
    kept = reopened(restored).fetch(ids=["a", "b"], namespace="one").vectors
    assert set(kept) == {"a", "b"} and kept["a"].values == near([1.0, 0.0]) and kept["a"].metadata == {"n": 1}
    jobs = [job for job in control.list_restore_jobs(limit=100) if job.backup_id == backup.backup_id]
    assert len(jobs) == 1
    job = control.describe_restore_job(job_id=jobs[0].restore_job_id)
    assert (job.status, job.target_index_name, job.percent_complete) == ("Completed", restored, 100.0)


def test_a_backup_outlives_its_index(control, reopened, source):
    backup = control.create_backup(index_name=source, backup_name=source)
    control.delete_index(source)
    assert control.describe_backup(backup_id=backup.backup_id).source_index_name == source
    control.create_index_from_backup(name=source, backup_id=backup.backup_id)
    assert set(reopened(source).fetch(ids=["c"], namespace="two").vectors) == {"c"}


def test_backups_come_page_by_page(control, source):
    made = [control.create_backup(index_name=source, backup_name=f"{source}-{n}").backup_id for n in range(5)]
    seen, token = [], None
    for _ in range(5):
        page = control.list_backups(index_name=source, limit=2, pagination_token=token)
        seen += [backup.backup_id for backup in page]
        token = next_of(page)
        if not token:
            break
    assert sorted(seen) == sorted(made)


def test_what_is_missing_is_missing(control, name):
    nobody = "01890000-0000-7000-8000-000000000000"
    with refused(404):
        control.create_backup(index_name=name, backup_name="never")
    with refused(404):
        control.describe_backup(backup_id=nobody)
    with refused(404):
        control.create_index_from_backup(name=name, backup_id=nobody)
    with refused(404):
        control.describe_restore_job(job_id=nobody)


def test_a_taken_name_is_not_restored_to(control, source):
    backup = control.create_backup(index_name=source, backup_name=source)
    with refused(409, "taken"):
        control.create_index_from_backup(name=source, backup_id=backup.backup_id)
