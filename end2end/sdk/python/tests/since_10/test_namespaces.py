"""Namespaces with a schema, which was no dictionary in older SDKs."""


def test_a_schema_may_say_what_is_filtered(dense, space):
    schema = {"fields": {"color": {"filterable": True}}}
    assert dense.create_namespace(name=space, schema=schema).name == space
    dense.upsert(vectors=[("a", [1.0, 0.0, 0.0], {"color": "red"})], namespace=space)
    assert set(dense.fetch_by_metadata(filter={"color": "red"}, namespace=space).vectors) == {"a"}
