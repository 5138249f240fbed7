"""Backups that make themselves."""

from datetime import datetime, timezone

import pytest
from pinecone import PodSpec, ServerlessSpec

from support.http import post
from support.refusals import refused

NOBODY = "01890000-0000-7000-8000-000000000000"


@pytest.fixture
def source(plain, name):
    plain.create_index(name, ServerlessSpec(cloud="aws", region="us-east-1"), dimension=2)
    return name


def test_a_schedule_is_made_changed_and_deleted(control, source):
    rooms = control.backup_schedules
    made = rooms.create(index_name=source, name="nightly", frequency="daily", retention_days=7)
    assert (made.name, made.frequency, made.retention_expire_after_days, made.enabled) == ("nightly", "daily", 7, True)
    assert made.next_scheduled_run > datetime.now(timezone.utc)
    described = rooms.describe(schedule_id=made.schedule_id)
    assert described == made
    assert [found.schedule_id for found in rooms.list(index_name=source)] == [made.schedule_id]
    changed = rooms.update(schedule_id=made.schedule_id, frequency="weekly", retention_days=30, enabled=False)
    assert (changed.frequency, changed.retention_expire_after_days, changed.enabled) == ("weekly", 30, False)
    assert list(rooms.history(schedule_id=made.schedule_id)) == []
    rooms.delete(schedule_id=made.schedule_id)
    assert list(rooms.list(index_name=source)) == []
    with refused(404):
        rooms.describe(schedule_id=made.schedule_id)


def test_an_index_has_one_schedule_that_runs(control, source):
    rooms = control.backup_schedules
    first = rooms.create(index_name=source, name="nightly", frequency="daily", retention_days=1)
    with refused(409, "nightly"):
        rooms.create(index_name=source, name="monthly", frequency="monthly", retention_days=1)
    paused = rooms.update(schedule_id=first.schedule_id, enabled=False)
    assert paused.next_scheduled_run is None
    second = rooms.create(index_name=source, name="monthly", frequency="monthly", retention_days=1)
    with refused(409, "monthly"):
        rooms.update(schedule_id=first.schedule_id, enabled=True)
    listed = [found.schedule_id for found in rooms.iter_schedules(index_name=source)]
    assert sorted(listed) == sorted([first.schedule_id, second.schedule_id])
    assert len(list(rooms.list(index_name=source, limit=1))) == 1
    assert list(rooms.iter_history(schedule_id=first.schedule_id)) == []


def test_what_is_missing_is_missing(control, name):
    rooms = control.backup_schedules
    with refused(404):
        rooms.create(index_name=name, name="nightly", frequency="daily", retention_days=7)
    for operation in (rooms.describe, rooms.delete, rooms.history):
        with refused(404):
            operation(schedule_id=NOBODY)
    with refused(404):
        rooms.update(schedule_id=NOBODY, enabled=False)


@pytest.mark.parametrize(
    "schedule, days, word",
    [
        ({"type": "time-based", "frequency": "now and then"}, 7, "schedule.frequency: must be hourly"),
        ({"type": "tidal", "frequency": "daily"}, 7, "type"),
        ({"type": "time-based", "frequency": "daily"}, 0, "Days to keep"),
    ],
)
def test_a_nonsense_schedule_is_refused(plain, server, source, schedule, days, word):
    """Over plain HTTP, for the SDK refuses them itself."""
    body = {"name": "x", "schedule": schedule, "retention": {"expire_after_days": days}}
    answer = post(f"{server.api}/indexes/{source}/backup-schedules", body, server.key, X_Pinecone_Api_Version="2026-07")
    assert answer.status == 400 and word in answer.text
    assert list(plain.backup_schedules.list(index_name=source)) == []


def test_pods_have_no_schedules(control, name):
    control.create_index(name, PodSpec(environment="us-east1-gcp"), dimension=2)
    with refused(400, "deployment"):
        control.backup_schedules.create(index_name=name, name="x", frequency="daily", retention_days=7)
