"""What is not there yet says so, in the SDK's own error, and pretends nothing."""

from support.refusals import refused


def test_embedding_and_ranking(plain):
    with refused(501, "does not do that yet"):
        plain.inference.embed(model="some-model", inputs=["a"], parameters={"input_type": "query"})
    with refused(501, "does not do that yet"):
        plain.inference.rerank(model="some-model", query="a", documents=["b"])
    with refused(501, "does not do that yet"):
        plain.inference.list_models()


def test_an_index_that_embeds(control, name):
    with refused(501, "does not do that yet"):
        control.create_index_for_model(
            name, "aws", "us-east-1", {"model": "some-model", "field_map": {"text": "chunk"}}
        )
    assert not control.has_index(name)


def test_records_that_are_embedded(clients, server, shared):
    index = clients.index("rest", server.api, server.key, shared("dense", dimension=3, metric="cosine"))
    with refused(501, "does not do that yet"):
        index.upsert_records(namespace="x", records=[{"_id": "a", "chunk": "text"}])
    with refused(501, "does not do that yet"):
        index.search(namespace="x", query={"inputs": {"text": "a"}, "top_k": 1})
