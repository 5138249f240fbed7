import { expect, refused, test } from './support.ts';

const NOBODY = '01890000-0000-7000-8000-000000000000';

test.beforeEach(async ({ index }) => index.upsert({ records: [{ id: 'a', values: [1, 2, 3] }] }));

test('a backup is made, described and deleted', async ({ pinecone, name }) => {
  const made = await pinecone.createBackup({ indexName: name, name: 'monday', description: 'before the change' });
  const described = await pinecone.describeBackup(made.backupId);
  expect(described).toMatchObject({ name: 'monday', description: 'before the change', sourceIndexName: name, status: 'Ready' });
  expect(Number(described.recordCount)).toBe(1);
  for (const list of [await pinecone.listBackups(), await pinecone.listBackups({ indexName: name })]) {
    expect(list.data?.map((backup) => backup.backupId)).toContain(made.backupId);
  }
  await pinecone.deleteBackup(made.backupId);
  await refused(pinecone.describeBackup(made.backupId), 'PineconeNotFoundError');
});

test('an index is made from a backup', async ({ pinecone, name }) => {
  const { backupId } = await pinecone.createBackup({ indexName: name, name: 'monday' });
  const { restoreJobId } = await pinecone.createIndexFromBackup({ backupId, name: `${name}-again` });
  expect(await pinecone.describeRestoreJob(restoreJobId)).toMatchObject({ backupId, targetIndexName: `${name}-again`, status: 'Completed' });
  expect((await pinecone.listRestoreJobs()).data?.map((job) => job.restoreJobId)).toContain(restoreJobId);
  const { records } = await pinecone.index({ name: `${name}-again` }).fetch({ ids: ['a'] });
  expect(records.a?.values).toEqual([1, 2, 3]);
});

test('a schedule is made, changed and deleted', async ({ pinecone, name }) => {
  const rooms = pinecone.backupSchedules;
  const { scheduleId } = await rooms.create(name, { name: 'nightly', frequency: 'daily', retentionDays: 7 });
  expect((await rooms.list(name)).data.map((schedule) => schedule.scheduleId)).toEqual([scheduleId]);
  await rooms.update(scheduleId, { frequency: 'weekly', enabled: false });
  expect(await rooms.describe(scheduleId)).toMatchObject({ name: 'nightly', frequency: 'weekly', enabled: false });
  expect((await rooms.history(scheduleId)).data).toEqual([]);
  await rooms.delete(scheduleId);
  await refused(rooms.describe(scheduleId), 'PineconeNotFoundError');
});

test('what is missing is missing', async ({ pinecone, name }) => {
  await refused(pinecone.describeBackup(NOBODY), 'PineconeNotFoundError');
  await refused(pinecone.deleteBackup(NOBODY), 'PineconeNotFoundError');
  await refused(pinecone.createIndexFromBackup({ backupId: NOBODY, name: `${name}-again` }), 'PineconeNotFoundError');
  await refused(pinecone.describeRestoreJob(NOBODY), 'PineconeNotFoundError');
  await refused(pinecone.createBackup({ indexName: 'no-such-index', name: 'x' }), 'PineconeNotFoundError');
});
