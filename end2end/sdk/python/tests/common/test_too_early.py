"""What is being made of something keeps it from being deleted: such a moment is made by hand, for it is short."""

import sqlite3
from contextlib import contextmanager

import pytest
from pinecone import ServerlessSpec

from support.refusals import refused

AWS = ServerlessSpec(cloud="aws", region="us-east-1")


@pytest.fixture
def state(server):
    """Says of a row that it is in this state, until the test is over with it."""

    @contextmanager
    def set_for_a_while(table: str, column: str, row: str, state: str):
        with sqlite3.connect(server.data / "conifer.db", timeout=30, isolation_level=None) as db:
            (before,) = db.execute(f"SELECT state FROM {table} WHERE {column} = ?", (row,)).fetchone()
            update = f"UPDATE {table} SET state = ? WHERE {column} = ?"
            db.execute(update, (state, row))
            yield
            db.execute(update, (before, row))

    return set_for_a_while


def test_a_backup_stays_while_an_index_is_made_from_it(control, plain, name, state):
    plain.create_index(name, AWS, dimension=2, metric="cosine")
    backup = control.create_backup(index_name=name, backup_name=name).backup_id
    control.create_index_from_backup(name=f"{name}-again", backup_id=backup)
    with state("restore_jobs", "backup_id", backup, "pending"), refused(412, "being made from this backup"):
        control.delete_backup(backup_id=backup)
    control.delete_backup(backup_id=backup)


def test_an_index_stays_while_it_is_backed_up(control, plain, name, state):
    plain.create_index(name, AWS, dimension=2, metric="cosine")
    backup = control.create_backup(index_name=name, backup_name=name).backup_id
    with state("backups", "id", backup, "making"), refused(412, "is being made"):
        control.delete_index(name)
    control.delete_index(name)
