import { Pinecone as Pinecone8 } from 'pinecone-8';
import { Pinecone as Pinecone9 } from 'pinecone-9';
import { expect, freshServer, test } from './support.ts';

/** The program of the README: nothing is changed but the host and the key. */
async function program(Pinecone: typeof Pinecone9) {
  const pinecone = new Pinecone();
  const before = await pinecone.listIndexes();
  await pinecone.createIndex({
    name: 'quickstart',
    dimension: 8,
    metric: 'cosine',
    spec: { serverless: { cloud: 'aws', region: 'us-west-2' } },
    waitUntilReady: true,
  });
  const index = pinecone.index('quickstart');
  const records = [
    { id: 'A', values: [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1] },
    { id: 'B', values: [0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, -0.2] },
  ];
  await index.upsert({ records });
  const answer = await index.query({ vector: Array(8).fill(0.3), topK: 2, includeValues: true });
  await pinecone.deleteIndex('quickstart');
  return { before, answer };
}

for (const [version, Pinecone] of [
  ['9.0.0', Pinecone9],
  // Their types differ in what this program does not use.
  ['8.2.0', Pinecone8 as unknown as typeof Pinecone9],
] as const) {
  test(`the program runs with ${version}`, async () => {
    const server = await freshServer();
    process.env.PINECONE_API_KEY = server.apiKey;
    process.env.PINECONE_CONTROLLER_HOST = server.apiUrl;
    const { before, answer } = await program(Pinecone);
    await server.stop();
    expect(before.indexes).toEqual([]);
    expect(answer.matches.map((match) => match.id)).toEqual(['A', 'B']);
    expect(answer.matches[0]?.score).toBeCloseTo(1, 5);
    expect(answer.matches[1]?.score).toBeCloseTo(0.75, 5);
    expect(answer.matches[1]?.values?.map((value) => value.toFixed(1))).toEqual([...Array(7).fill('0.2'), '-0.2']);
  });
}
