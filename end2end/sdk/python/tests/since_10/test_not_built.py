"""What is not there yet, and older SDKs do not know."""

from support.refusals import refused


def test_assistants(plain):
    with refused(501, "does not do that yet"):
        plain.assistants.create(name="helper")


def test_documents(clients, server, shared):
    index = clients.index("rest", server.api, server.key, shared("dense", dimension=3, metric="cosine"))
    with refused(501, "does not do that yet"):
        index.documents.upsert(namespace="x", documents=[{"_id": "a", "text": "b"}])
