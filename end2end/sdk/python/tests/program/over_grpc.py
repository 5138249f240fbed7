"""The same over gRPC; PINECONE_GRPC_SCHEME=http says that there is no TLS."""

from pinecone import ServerlessSpec
from pinecone.grpc import PineconeGRPC as Pinecone

pc = Pinecone()
print("indexes:", pc.list_indexes().names())
pc.create_index(
    name="quickstart",
    dimension=8,
    metric="cosine",
    spec=ServerlessSpec(cloud="aws", region="us-west-2"),
)
index = pc.Index("quickstart")
index.upsert(
    vectors=[
        ("A", [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]),
        ("B", [0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, -0.2]),
    ]
)
print(index.query(vector=[0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3], top_k=2, include_values=True))
