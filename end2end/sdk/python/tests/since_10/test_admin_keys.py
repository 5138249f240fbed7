"""API keys, as the Admin client makes and ends them."""

import pinecone
import pytest
from pinecone.errors import UnauthorizedError

from support.refusals import refused

NOBODY = "0193b2f0-7d3c-7a51-9f0e-3f1d2c4b5a69"


def test_a_key_comes_changes_and_goes(admin, server, made_project):
    made = admin.api_keys.create(project_id=made_project.id, name="ci", roles=["ControlPlaneViewer"])
    assert (made.key.project_id, [str(role.value) for role in made.key.roles]) == (made_project.id, ["ControlPlaneViewer"])
    program = pinecone.Pinecone(api_key=made.value, host=server.api)
    assert list(program.list_indexes()) == []
    spec = pinecone.ServerlessSpec(cloud="aws", region="us-east-1")
    with refused(403, "create indexes"):
        program.create_index("none", spec, dimension=2, metric="cosine")

    changed = admin.api_keys.update(api_key_id=made.key.id, name="deploy", roles=["ProjectEditor"])
    assert changed.name == "deploy"
    program.create_index("some", spec, dimension=2, metric="cosine")
    assert admin.api_keys.describe(api_key_id=made.key.id).name == "deploy"
    assert [key.id for key in admin.api_keys.list(project_id=made_project.id)] == [made.key.id]

    program.delete_index("some")
    admin.api_keys.delete(api_key_id=made.key.id)
    with pytest.raises(UnauthorizedError):
        program.list_indexes()
    assert list(admin.api_keys.list(project_id=made_project.id)) == []


def test_what_a_key_cannot_be(admin, made_project):
    admin.api_keys.create(project_id=made_project.id, name="ci")
    with refused(409, "taken"):
        admin.api_keys.create(project_id=made_project.id, name="CI")
    other = admin.api_keys.create(project_id=made_project.id, name="other")
    with refused(409, "taken"):
        admin.api_keys.update(api_key_id=other.key.id, name="ci")
    with refused(404):
        admin.api_keys.create(project_id=NOBODY, name="ci")
    with refused(404):
        admin.api_keys.list(project_id=NOBODY)
    for call in (admin.api_keys.describe, admin.api_keys.delete):
        with refused(404):
            call(api_key_id=NOBODY)
    with refused(404):
        admin.api_keys.update(api_key_id=NOBODY, name="x")
