"""People, invites, service accounts and what they are where, as the Admin client sees them."""

import pytest
from pinecone.errors import ApiError, UnauthorizedError

from support.refusals import refused
from support.server import EMAIL

NOBODY = "0193b2f0-7d3c-7a51-9f0e-3f1d2c4b5a69"
MEMBER = {"resource_type": "organization", "role": "OrgMember"}


def test_people_are_listed_and_found(admin):
    people = list(admin.users.list())
    assert [person.email for person in people] == [EMAIL]
    assert admin.users.describe(user_id=people[0].id).email == EMAIL
    assert list(admin.users.list(email=EMAIL.upper()))[0].id == people[0].id
    assert list(admin.users.list(email="nobody@example.com")) == []
    with refused(409, "owner"):
        admin.users.delete(user_id=people[0].id)
    for call in (admin.users.describe, admin.users.delete):
        with refused(404):
            call(user_id=NOBODY)


def test_an_invite_is_sent_sent_again_and_ended(admin):
    made = admin.invites.create(email="bob@example.com", role_bindings=[MEMBER])
    assert (made.email, made.status, made.processed_at) == ("bob@example.com", "pending", None)
    assert admin.invites.describe(invite_id=made.id).status == "pending"
    assert made.id in [invite.id for invite in admin.invites.list(limit=1)]
    with refused(400, "invited"):
        admin.invites.create(email="BOB@example.com", role_bindings=[MEMBER])
    admin.invites.delete(invite_id=made.id)
    assert made.id not in [invite.id for invite in admin.invites.list()]
    for call in (admin.invites.describe, admin.invites.resend):
        with refused(404 if call == admin.invites.describe else 409):
            call(invite_id=made.id)


def test_what_an_invite_cannot_be(admin, made_project):
    into = {"resource_type": "project", "resource_id": made_project.id, "role": "ProjectOwner"}
    made = admin.invites.create(email="cyd@example.com", role_bindings=[MEMBER, into])
    bindings = list(admin.role_bindings.list(principal_type="invite", principal_id=made.id))
    assert [(binding.role, binding.resource_id) for binding in bindings] == [("ProjectOwner", made_project.id)]
    with refused(400, "role_bindings"):
        admin.invites.create(email="dan@example.com", role_bindings=[into])
    with refused(400, "E-mail"):
        admin.invites.create(email="nobody", role_bindings=[MEMBER])
    for call in (admin.invites.describe, admin.invites.resend, admin.invites.delete):
        with refused(404):
            call(invite_id=NOBODY)
    admin.invites.delete(invite_id=made.id)


def test_an_invite_waits_a_minute_before_it_is_sent_again(server, admin):
    from support.http import post

    made = admin.invites.create(email="fay@example.com", role_bindings=[MEMBER])
    token = {"client_id": server.founded.client_id, "client_secret": server.founded.client_secret}
    token = post(f"{server.api}/oauth/token", token | {"grant_type": "client_credentials"}).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}", "X_Pinecone_Api_Version": "2026-07"}
    # The client itself waits for as long as it is told to.
    answer = post(f"{server.api}/admin/invites/{made.id}/resend", b"", **headers)
    assert (answer.status, answer.json()["error"]["code"]) == (429, "RESOURCE_EXHAUSTED")
    admin.invites.delete(invite_id=made.id)


def test_a_service_account_comes_changes_and_goes(admin, act_as, account):
    made = account(MEMBER)
    id = made.service_account.id
    acting = act_as(made.service_account.client_id, made.client_secret)
    assert len(acting.organizations.list()) == 1
    assert admin.service_accounts.update(service_account_id=id, name="renamed").name == "renamed"
    assert admin.service_accounts.describe(service_account_id=id).client_id == made.service_account.client_id
    assert id in [account.id for account in admin.service_accounts.list(limit=1)]

    renewed = admin.service_accounts.rotate_secret(service_account_id=id)
    assert renewed.client_secret != made.client_secret
    # The token ended, and the old secret gets no other.
    with pytest.raises(ApiError, match="secret is wrong"):
        acting.organizations.list()
    acting = act_as(made.service_account.client_id, renewed.client_secret)
    assert len(acting.organizations.list()) == 1
    admin.service_accounts.delete(service_account_id=id)
    with pytest.raises(ApiError, match="secret is wrong"):
        acting.organizations.list()


def test_what_a_service_account_cannot_be(admin, act_as, account):
    made = account()
    name = made.service_account.name
    with refused(409, "taken"):
        admin.service_accounts.create(name=name)
    with refused(400, "Service account name"):
        admin.service_accounts.create(name="x" * 81)
    with refused(404):
        binding = {"resource_type": "project", "resource_id": NOBODY, "role": "ProjectEditor"}
        admin.service_accounts.create(name="elsewhere", role_bindings=[binding])
    with refused(400, "role_bindings[0].role: must be ProjectOwner or ProjectEditor"):
        admin.service_accounts.create(name="odd", role_bindings=[binding | {"role": "DataPlaneViewer"}])
    for call in (admin.service_accounts.describe, admin.service_accounts.delete, admin.service_accounts.rotate_secret):
        with refused(404):
            call(service_account_id=NOBODY)
    with refused(404):
        admin.service_accounts.update(service_account_id=NOBODY, name="x")
    with pytest.raises(ApiError, match="secret is wrong") as caught:
        act_as(made.service_account.client_id, "wrong")
    assert caught.value.status_code == 401


def test_roles_are_given_and_taken(admin, act_as, account, made_project):
    made = account()
    id = made.service_account.id
    acting = act_as(made.service_account.client_id, made.client_secret)
    assert list(acting.organizations.list()) == []
    of_account = {"principal_type": "service_account", "principal_id": id}
    member = admin.role_bindings.create(**of_account, resource_type="organization", role="OrgMember")
    assert len(acting.organizations.list()) == 1
    # There is one role in each place.
    manager = admin.role_bindings.create(**of_account, resource_type="organization", role="OrgManager")
    with refused(404):
        admin.role_bindings.describe(role_binding_id=member.id)
    assert admin.role_bindings.describe(role_binding_id=manager.id).role == "OrgManager"
    editor = admin.role_bindings.create(
        **of_account, resource_type="project", resource_id=made_project.id, role="ProjectEditor"
    )
    found = list(admin.role_bindings.list(**of_account, limit=1))
    assert [binding.id for binding in found] == [manager.id, editor.id]
    for binding in found:
        admin.role_bindings.delete(role_binding_id=binding.id)
    assert list(admin.role_bindings.list(**of_account)) == []
    assert list(acting.organizations.list()) == []


def test_a_key_has_several_roles(admin, made_project):
    key = admin.api_keys.create(project_id=made_project.id, name="ci", roles=["DataPlaneViewer"]).key
    of_key = {"principal_type": "api_key", "principal_id": key.id}
    place = {"resource_type": "project", "resource_id": made_project.id}
    more = admin.role_bindings.create(**of_key, **place, role="ControlPlaneViewer")
    assert len(admin.api_keys.describe(api_key_id=key.id).roles) == 2
    admin.role_bindings.delete(role_binding_id=more.id)
    last = list(admin.role_bindings.list(**of_key))
    assert [binding.role for binding in last] == ["DataPlaneViewer"]
    with refused(409, "at least one role"):
        admin.role_bindings.delete(role_binding_id=last[0].id)


def test_what_a_binding_cannot_be(admin, made_project):
    person = {"principal_type": "user", "principal_id": list(admin.users.list())[0].id}
    place = {"resource_type": "project", "resource_id": made_project.id}
    owner = list(admin.role_bindings.list(**person, role="OrgOwner"))[0]
    with refused(409, "owner"):
        admin.role_bindings.delete(role_binding_id=owner.id)
    with refused(400, "role: must be OrgOwner"):
        admin.role_bindings.create(**person, resource_type="organization", role="ProjectOwner")
    with refused(400, "resource_id"):
        admin.role_bindings.create(**person, resource_type="organization", resource_id=NOBODY, role="OrgOwner")
    with refused(404):
        admin.role_bindings.create(**person | {"principal_id": NOBODY}, **place, role="ProjectEditor")
    for id in ("nothing", owner.id.replace("OrgOwner", "OrgMember")):
        for call in (admin.role_bindings.describe, admin.role_bindings.delete):
            with refused(404):
                call(role_binding_id=id)


def test_a_token_that_never_was_counts_for_nothing(server):
    from pinecone import Admin

    token = {"additional_headers": {"Authorization": "Bearer nothing"}}
    oauth = f"{server.api}/oauth/token"
    made = server.founded
    with Admin(client_id=made.client_id, client_secret=made.client_secret, host=server.api, oauth_url=oauth, **token) as admin:
        with pytest.raises(UnauthorizedError):
            admin.projects.list()
