import { Pinecone } from 'pinecone-9';
import { expect, freshServer, refused, test } from './support.ts';

// This SDK has no name of its own for them, and tries neither again.
const UNNAMED = 'PineconeUnmappedHttpError';

test('a request that is too large names the limit', async ({ index }) => {
  const text = 'x'.repeat(30_000);
  const records = Array.from({ length: 90 }, (_, n) => ({ id: `${n}`, values: [1, 0, 0], metadata: { text } }));
  await refused(index.upsert({ records }), UNNAMED, '413', '2097152');
  expect((await index.describeIndexStats()).totalRecordCount).toBe(0);
  await index.upsert({ records: records.slice(45) });
  expect((await index.describeIndexStats()).totalRecordCount).toBe(45);
});

test('who asks too often is told to wait', async () => {
  const server = await freshServer(['--key-requests-per-second', '1']);
  try {
    const pinecone = new Pinecone({ apiKey: server.apiKey, controllerHostUrl: server.apiUrl });
    const often = Promise.all(Array.from({ length: 5 }, () => pinecone.listIndexes()));
    await refused(often, UNNAMED, '429', 'Wait');
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await pinecone.listIndexes();
  } finally {
    await server.stop();
  }
});
