"""The organization and its projects, as the Admin client sees them."""

import pytest

from support.refusals import refused

NOBODY = "0193b2f0-7d3c-7a51-9f0e-3f1d2c4b5a69"
MEMBER = {"resource_type": "organization", "role": "OrgMember"}


def test_an_account_sees_its_organization(admin, server):
    found = admin.organizations.list()
    assert [organization.id for organization in found] == [server.founded.organization]
    described = admin.organizations.describe(organization_id=server.founded.organization)
    assert described.name == found[0].name


def test_an_organization_gets_another_name(admin, server):
    of = server.founded.organization
    before = admin.organizations.describe(organization_id=of).name
    assert admin.organizations.update(organization_id=of, name="Southern Forest").name == "Southern Forest"
    assert admin.organizations.update(organization_id=of, name=before).name == before
    with refused(400, "Organization name"):
        admin.organizations.update(organization_id=of, name="\u200b")


def test_an_organization_with_projects_stays(admin, server):
    with refused(409, "still has"):
        admin.organizations.delete(organization_id=server.founded.organization)
    for call in (admin.organizations.describe, admin.organizations.delete):
        with refused(404):
            call(organization_id=NOBODY)
    with refused(404):
        admin.organizations.update(organization_id=NOBODY, name="x")


def test_a_project_comes_changes_and_goes(admin, server, made_project):
    assert made_project.organization_id == server.founded.organization
    assert admin.projects.describe(project_id=made_project.id).name == made_project.name
    assert admin.projects.describe_by_name(name=made_project.name).id == made_project.id
    assert made_project.id in [project.id for project in admin.projects.list()]
    renamed = admin.projects.update(project_id=made_project.id, name=f"{made_project.name}, renamed")
    assert (renamed.name.endswith("renamed"), renamed.max_pods) == (True, made_project.max_pods)
    assert admin.projects.update(project_id=made_project.id, max_pods=7).max_pods == 7
    assert admin.projects.exists(project_id=made_project.id)
    admin.projects.delete(project_id=made_project.id)
    assert not admin.projects.exists(project_id=made_project.id)
    assert not admin.projects.exists(name=renamed.name)


def test_what_a_project_cannot_be(admin, made_project):
    with refused(409, "taken"):
        admin.projects.create(name=made_project.name.upper())
    with refused(400, "force_encryption_with_cmek"):
        admin.projects.create(name="encrypted", force_encryption_with_cmek=True)
    with refused(400, "Project name"):
        admin.projects.create(name="\u200b")
    with refused(400, "pod"):
        admin.projects.create(name="large", max_pods=10**12)
    for call in (admin.projects.describe, admin.projects.delete):
        with refused(404):
            call(project_id=NOBODY)
    with refused(404):
        admin.projects.update(project_id=NOBODY, name="x")


def test_a_project_that_holds_something_is_cleaned_up_first(admin, server, made_project, monkeypatch):
    import pinecone

    monkeypatch.setenv("PINECONE_CONTROLLER_HOST", server.api)
    key = admin.api_keys.create(project_id=made_project.id, name="filler").value
    program = pinecone.Pinecone(api_key=key, host=server.api)
    program.create_index("kept", pinecone.ServerlessSpec(cloud="aws", region="us-east-1"), dimension=2, metric="cosine")
    with refused(412, "indexes"):
        admin.projects.delete(project_id=made_project.id)
    admin.projects.delete_with_cleanup(project_id=made_project.id, retry_delay=0.1)
    assert not admin.projects.exists(project_id=made_project.id)


@pytest.mark.parametrize("role", ["OrgMember", "OrgBillingAdmin"])
def test_who_may_not_make_projects_is_told_who_can(act_as, account, role):
    made = account({"resource_type": "organization", "role": role})
    admin = act_as(made.service_account.client_id, made.client_secret)
    with refused(403, "create projects", "owners and managers"):
        admin.projects.create(name="forbidden")
    assert list(admin.projects.list()) == []


def test_an_account_enters_its_own_projects_alone(act_as, account, server, made_project):
    into = {"resource_type": "project", "resource_id": made_project.id, "role": "ProjectEditor"}
    made = account(MEMBER, into)
    admin = act_as(made.service_account.client_id, made.client_secret)
    assert [project.id for project in admin.projects.list()] == [made_project.id]
    with refused(404):
        admin.projects.describe(project_id=server.founded.project)
    with refused(403, "delete project"):
        admin.projects.delete(project_id=made_project.id)
