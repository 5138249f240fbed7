import { AWS, expect, refused, test } from './support.ts';

test('an index is there at once', async ({ pinecone, name }) => {
  const made = await pinecone.createIndex({ name, dimension: 3, metric: 'euclidean', spec: AWS, tags: { team: 'search' } });
  for (const index of [made, await pinecone.describeIndex(name)]) {
    expect(index.name).toBe(name);
    expect(index.status).toMatchObject({ ready: true, state: 'Ready' });
    expect(index.host).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(index.deletionProtection).toBe('disabled');
    expect(index.tags).toEqual({ team: 'search' });
  }
  expect((await pinecone.listIndexes()).indexes?.map((index) => index.name)).toContain(name);
});

test('an index is made of fields', async ({ pinecone, name }) => {
  await pinecone.indexes.create({
    name,
    schema: { fields: { _values: { type: 'dense_vector', dimension: 4, metric: 'dotproduct' } } },
    deployment: { deploymentType: 'managed', cloud: 'gcp', region: 'europe-west4' },
  });
  const described = await pinecone.indexes.describe(name);
  expect(described.deployment).toMatchObject({ deploymentType: 'managed', cloud: 'gcp', region: 'europe-west4' });
  expect(described.schema.fields._values).toMatchObject({ type: 'dense_vector', dimension: 4, metric: 'dotproduct' });
});

test('a sparse index takes sparse values alone', async ({ pinecone, name }) => {
  await pinecone.createIndex({ name, vectorType: 'sparse', metric: 'dotproduct', spec: AWS, waitUntilReady: true });
  const index = pinecone.index({ name });
  await index.upsert({ records: [{ id: 'a', sparseValues: { indices: [3, 5], values: [1, 2] } }] });
  const { records } = await index.fetch({ ids: ['a'] });
  expect(records.a?.sparseValues).toEqual({ indices: [3, 5], values: [1, 2] });
});

test('pods grow', async ({ server, pinecone, name }) => {
  // This SDK makes no indexes of pods, and knows those that are there.
  const body = JSON.stringify({ name, dimension: 2, spec: { pod: { environment: 'us-east1-gcp', pod_type: 'p1.x1' } } });
  const headers = { 'Api-Key': server.apiKey, 'Content-Type': 'application/json' };
  expect((await fetch(`${server.apiUrl}/indexes`, { method: 'POST', headers, body })).status).toBe(201);
  await pinecone.configureIndex({ name, podReplicas: 3, podType: 'p1.x2' });
  const { deployment } = await pinecone.describeIndex(name);
  expect(deployment).toMatchObject({ deploymentType: 'pod', replicas: 3, podType: 'p1.x2' });
});

test('tags are merged and an empty one goes', async ({ pinecone, name }) => {
  await pinecone.createIndex({ name, dimension: 2, metric: 'cosine', spec: AWS, tags: { a: '1', b: '2' } });
  await pinecone.configureIndex({ name, tags: { a: '', c: '3' } });
  expect((await pinecone.describeIndex(name)).tags).toEqual({ b: '2', c: '3' });
});

test('a protected index is not deleted', async ({ pinecone, name }) => {
  await pinecone.createIndex({ name, dimension: 2, metric: 'cosine', spec: AWS, deletionProtection: 'enabled' });
  await refused(pinecone.deleteIndex(name), 'PineconeBadRequestError', 'protected against deletion');
  await pinecone.configureIndex({ name, deletionProtection: 'disabled' });
  await pinecone.deleteIndex(name);
  await refused(pinecone.describeIndex(name), 'PineconeNotFoundError');
});

test('a name is taken once, unless nobody minds', async ({ pinecone, name }) => {
  const options = { name, dimension: 2, metric: 'cosine', spec: AWS } as const;
  await pinecone.createIndex(options);
  await refused(pinecone.createIndex(options), 'PineconeConflictError', 'taken');
  await pinecone.createIndex({ ...options, suppressConflicts: true });
});

test('what is missing is missing', async ({ pinecone, name }) => {
  await refused(pinecone.describeIndex(name), 'PineconeNotFoundError');
  await refused(pinecone.deleteIndex(name), 'PineconeNotFoundError');
  await refused(pinecone.configureIndex({ name, tags: { a: 'b' } }), 'PineconeNotFoundError');
});

test('a name has its limits', async ({ pinecone, name, index }) => {
  await index.upsert({ records: [{ id: 'a', values: [1, 2, 3] }] });
  const making = pinecone.createBackup({ indexName: name, name: 'x'.repeat(46) });
  await refused(making, 'PineconeBadRequestError', 'name', '45', '46');
});

test('collections are made, described and deleted', async ({ pinecone, name, index }) => {
  await index.upsert({ records: [{ id: 'a', values: [1, 2, 3] }] });
  await pinecone.createCollection({ name: `${name}-copy`, source: name });
  expect(await pinecone.describeCollection(`${name}-copy`)).toMatchObject({ status: 'Ready', dimension: 3, vectorCount: 1 });
  expect((await pinecone.listCollections()).collections?.map((found) => found.name)).toContain(`${name}-copy`);
  await pinecone.deleteCollection(`${name}-copy`);
  await refused(pinecone.describeCollection(`${name}-copy`), 'PineconeNotFoundError');
});
