"""From an empty server to a running index and back, as a program that manages it would: nobody opens a page."""

import pinecone
import pytest
from pinecone import Admin
from pinecone.errors import ApiError, UnauthorizedError

from support.server import Server

SPEC = pinecone.ServerlessSpec(cloud="aws", region="us-east-1")


@pytest.fixture
def empty(tmp_path):
    server = Server(tmp_path / "data")
    server.founded = server.bootstrap()
    server.start()
    yield server
    server.stop()


def administer(server, client_id, secret):
    return Admin(client_id=client_id, client_secret=secret, host=server.api, oauth_url=f"{server.api}/oauth/token")


def test_everything_is_made_used_renewed_and_ended_by_a_program(empty):
    client_id = empty.founded.client_id
    with administer(empty, client_id, empty.founded.client_secret) as admin:
        project = admin.projects.create(name="Managed")
        key = admin.api_keys.create(project_id=project.id, name="application")
        program = pinecone.Pinecone(api_key=key.value, host=empty.api)
        program.create_index("films", SPEC, dimension=2, metric="cosine")
        index = program.Index("films")
        index.upsert(vectors=[("a", [1, 0]), ("b", [0, 1])])
        assert [match.id for match in index.query(vector=[1, 0.1], top_k=1).matches] == ["a"]

        # Another key takes over, then the account gets another secret.
        successor = admin.api_keys.create(project_id=project.id, name="successor")
        admin.api_keys.delete(api_key_id=key.key.id)
        with pytest.raises(UnauthorizedError):
            program.list_indexes()
        program = pinecone.Pinecone(api_key=successor.value, host=empty.api)
        assert program.Index("films").describe_index_stats().total_vector_count == 2
        mine = next(account for account in admin.service_accounts.list() if account.client_id == client_id)
        secret = admin.service_accounts.rotate_secret(service_account_id=mine.id).client_secret
        with pytest.raises(ApiError):
            admin.projects.list()

    with administer(empty, client_id, secret) as admin:
        program.delete_index("films")
        admin.projects.delete(project_id=project.id)
        with pytest.raises(UnauthorizedError):
            program.list_indexes()
        assert [found.id for found in admin.projects.list()] == [empty.founded.project]
