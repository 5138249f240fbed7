import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

export type DatabaseKind = 'sqlite' | 'postgres';

/** A database of one server alone. SQLite is the server's own default, a file in its data directory. */
export interface Database {
  readonly arguments: string[];
  drop(): Promise<void>;
}

export async function createDatabase(kind: DatabaseKind): Promise<Database> {
  if (kind === 'sqlite') return { arguments: [], drop: async () => {} };
  const name = `conifer_browser_${randomBytes(6).toString('hex')}`;
  await administer(`CREATE DATABASE ${name}`);
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return {
    arguments: ['--database-url', url.toString()],
    drop: () => administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

function serverUrl(): string {
  const url = process.env.CONIFER_TEST_POSTGRES_URL;
  if (!url) throw new Error('CONIFER_TEST_POSTGRES_URL is not set');
  return url;
}

async function administer(statement: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
