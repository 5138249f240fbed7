"""The same with the asynchronous clients."""

import asyncio

from pinecone import PineconeAsyncio, ServerlessSpec


async def main():
    async with PineconeAsyncio() as pc:
        print("indexes:", (await pc.list_indexes()).names())
        await pc.create_index(
            name="quickstart",
            dimension=8,
            metric="cosine",
            spec=ServerlessSpec(cloud="aws", region="us-west-2"),
        )
        host = (await pc.describe_index("quickstart")).host
        async with pc.IndexAsyncio(host=host) as index:
            await index.upsert(
                vectors=[
                    ("A", [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]),
                    ("B", [0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, -0.2]),
                ]
            )
            print(await index.query(vector=[0.3] * 8, top_k=2, include_values=True))


asyncio.run(main())
