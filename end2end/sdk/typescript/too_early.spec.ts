import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Server } from '../../support/server.ts';
import { expect, refused, test } from './support.ts';

test('a backup stays while an index is made from it', async ({ pinecone, server, name, index }) => {
  await index.upsert({ records: [{ id: 'a', values: [1, 2, 3] }] });
  const { backupId } = await pinecone.createBackup({ indexName: name, name: 'monday' });
  await pinecone.createIndexFromBackup({ backupId, name: `${name}-again` });
  say(server, 'pending', backupId);
  await refused(pinecone.deleteBackup(backupId), 'PineconeFailedPreconditionError', '412', 'being made from this backup');
  say(server, 'completed', backupId);
  await pinecone.deleteBackup(backupId);
  await refused(pinecone.describeBackup(backupId), 'PineconeNotFoundError');
  await pinecone.deleteIndex(`${name}-again`);
});

/** Says of the making that it is in this state: such a moment is made by hand, for it is short. Node has no SQLite here. */
function say(server: Server, state: string, backup: string): void {
  const program = `import sqlite3, sys
file, state, backup = sys.argv[1:]
with sqlite3.connect(file, timeout=30) as db:
    print(db.execute("UPDATE restore_jobs SET state = ? WHERE backup_id = ?", (state, backup)).rowcount)`;
  const changed = execFileSync('python3', ['-c', program, join(server.dataDir, 'conifer.db'), state, backup], { encoding: 'utf8' });
  expect(changed.trim()).toBe('1');
}
