"""Databases of a test alone, on the PostgreSQL that the run was given."""

import os
import uuid
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg


@contextmanager
def database():
    """The address of a new one, dropped in the end."""
    server = os.environ["CONIFER_TEST_POSTGRES_URL"]
    name = f"conifer_sdk_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
