import { expect, refused, test } from './support.ts';

const FRUIT = [
  { id: 'apple', values: [1, 0, 0], metadata: { color: 'red', grams: 180, tags: ['sweet', 'crisp'] } },
  { id: 'lime', values: [0, 1, 0], metadata: { color: 'green', grams: 67.5, tags: ['sour'] } },
  { id: 'banana', values: [0, 0, 1], metadata: { grams: 120 } },
];

test.beforeEach(async ({ index }) => index.upsert({ records: FRUIT }));

test('the nearest come first, with what was asked for', async ({ index }) => {
  const bare = await index.query({ vector: [1, 0.5, 0], topK: 2 });
  expect(bare.matches.map((match) => match.id)).toEqual(['apple', 'lime']);
  expect(bare.matches[0]?.values ?? []).toEqual([]);
  expect(bare.usage?.readUnits).toBeGreaterThanOrEqual(1);
  const full = await index.query({ vector: [1, 0, 0], topK: 1, includeValues: true, includeMetadata: true });
  expect(full.matches[0]).toMatchObject({ id: 'apple', values: [1, 0, 0], metadata: FRUIT[0]?.metadata });
});

test('a record is a query', async ({ index }) => {
  const { matches } = await index.query({ id: 'lime', topK: 1 });
  expect(matches.map((match) => match.id)).toEqual(['lime']);
});

test('a filter says what may be found', async ({ index }) => {
  const filter = { $or: [{ color: { $in: ['green'] } }, { grams: { $gte: 150 } }] };
  const { matches } = await index.query({ vector: [1, 1, 1], topK: 10, filter });
  expect(matches.map((match) => match.id).sort()).toEqual(['apple', 'lime']);
});

test('ids and metadata fetch records', async ({ index }) => {
  const { records } = await index.fetch({ ids: ['apple', 'missing'] });
  expect(Object.keys(records)).toEqual(['apple']);
  expect(records.apple).toMatchObject(FRUIT[0] ?? {});
  const first = await index.fetchByMetadata({ filter: { grams: { $gt: 0 } }, limit: 2 });
  const rest = await index.fetchByMetadata({ filter: { grams: { $gt: 0 } }, limit: 2, paginationToken: first.pagination?.next ?? '' });
  expect([...Object.keys(first.records), ...Object.keys(rest.records)].sort()).toEqual(['apple', 'banana', 'lime']);
});

test('values and metadata are updated, by id and by filter', async ({ index }) => {
  await index.update({ id: 'apple', values: [0.5, 0.5, 0], metadata: { color: 'green' } });
  const { records } = await index.fetch({ ids: ['apple'] });
  expect(records.apple).toMatchObject({ values: [0.5, 0.5, 0], metadata: { color: 'green', grams: 180 } });
  await index.update({ filter: { color: 'green' }, metadata: { ripe: true } });
  const ripe = await index.fetchByMetadata({ filter: { ripe: true } });
  expect(Object.keys(ripe.records).sort()).toEqual(['apple', 'lime']);
});

test('records are deleted one by one, by filter, and all', async ({ index }) => {
  const left = async () => (await index.listPaginated()).vectors?.map((item) => item.id);
  await index.deleteOne({ id: 'apple' });
  expect(await left()).toEqual(['banana', 'lime']);
  await index.deleteMany({ filter: { color: 'green' } });
  expect(await left()).toEqual(['banana']);
  await index.upsert({ records: FRUIT });
  await index.deleteMany({ ids: ['apple', 'banana'] });
  expect(await left()).toEqual(['lime']);
  await index.deleteAll();
  expect((await index.describeIndexStats()).totalRecordCount).toBe(0);
});

test('ids come page by page, by prefix', async ({ index }) => {
  const space = index.namespace('many');
  await space.upsert({ records: Array.from({ length: 30 }, (_, n) => ({ id: `doc#${n + 10}`, values: [1, n, 0] })) });
  await space.upsert({ records: [{ id: 'img#1', values: [1, 0, 0] }] });
  const first = await space.listPaginated({ prefix: 'doc#', limit: 20 });
  expect(first.vectors).toHaveLength(20);
  const rest = await space.listPaginated({ prefix: 'doc#', limit: 20, paginationToken: first.pagination?.next ?? '' });
  expect(rest.vectors?.map((item) => item.id)).toEqual(Array.from({ length: 10 }, (_, n) => `doc#${n + 30}`));
  expect(rest.pagination?.next).toBeFalsy();
});

test('the empty namespace has two names', async ({ index }) => {
  const { records } = await index.namespace('__default__').fetch({ ids: ['apple'] });
  expect(Object.keys(records)).toEqual(['apple']);
  const stats = await index.describeIndexStats();
  expect(stats).toMatchObject({ dimension: 3, totalRecordCount: 3 });
  expect(Object.values(stats.namespaces ?? {})).toEqual([{ recordCount: 3 }]);
});

test('namespaces are made, listed, described and deleted', async ({ index, name }) => {
  expect(await index.createNamespace({ name: 'made', schema: { fields: { color: { filterable: true } } } })).toMatchObject({ name: 'made' });
  await index.namespace('made').upsert({ records: FRUIT });
  expect(Number((await index.describeNamespace('made')).recordCount)).toBe(3);
  const listed = await index.listNamespaces({ limit: 100, prefix: 'ma' });
  expect(listed.namespaces?.map((space) => space.name)).toEqual(['made']);
  await index.deleteNamespace('made');
  await refused(index.describeNamespace('made'), 'PineconeNotFoundError');
  expect(name).toBeTruthy();
});

test('imports are listed, described and cancelled', async ({ index }) => {
  const nobody = '01890000-0000-7000-8000-000000000000';
  expect((await index.listImports()).data).toEqual([]);
  await refused(index.describeImport(nobody), 'PineconeNotFoundError');
  await refused(index.cancelImport(nobody), 'PineconeNotFoundError');
  // This server was told of no place to import from.
  await refused(index.startImport({ uri: 's3://bucket/path' }), 'PineconeBadRequestError', 'uri', '--import-bucket');
});

test('what is wrong is refused in words', async ({ index }) => {
  await refused(index.query({ vector: [1, 2], topK: 1 }), 'PineconeBadRequestError', '3', '2');
  await refused(index.upsert({ records: [{ id: 'a', values: [1, 2, 3, 4] }] }), 'PineconeBadRequestError', '3', '4');
  await refused(index.query({ vector: [1, 2, 3], topK: 1, filter: { color: { $like: 'r' } } }), 'PineconeBadRequestError', '$like');
  const many = Array.from({ length: 1001 }, (_, n) => ({ id: String(n), values: [1, 2, 3] }));
  await refused(index.upsert({ records: many }), 'PineconeBadRequestError', '1000', '1001');
});
