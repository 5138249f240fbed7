"""Service accounts at the Admin API."""

import itertools

import pytest
from pinecone import Admin

NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def act_as(server):
    """The Admin client of an account, by its id and secret."""
    opened = []

    def open_as(client_id, client_secret):
        oauth_url = f"{server.api}/oauth/token"
        opened.append(Admin(client_id=client_id, client_secret=client_secret, host=server.api, oauth_url=oauth_url))
        return opened[-1]

    yield open_as
    for admin in opened:
        admin.close()


@pytest.fixture(scope="session")
def admin(server, act_as):
    """An owner of the organization."""
    return act_as(server.founded.client_id, server.founded.client_secret)


@pytest.fixture
def account(admin):
    """Makes a service account with these roles."""
    return lambda *roles: admin.service_accounts.create(name=f"account {next(NUMBERS)}", role_bindings=list(roles))


@pytest.fixture
def made_project(admin):
    """A project that nobody else has."""
    return admin.projects.create(name=f"project {next(NUMBERS)}")
