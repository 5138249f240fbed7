import { expect, test as base } from '@playwright/test';
import { type Index, Pinecone } from 'pinecone-9';
import { Server } from '../../support/server.ts';

const FOUNDER = {
  email: 'owner@example.com',
  password: 'seven quiet larches stand',
  organization: 'Northern Forest',
  project: 'Search',
};

/** Bootstrapped a moment ago, and empty. */
export function freshServer(wishes: string[] = []): Promise<Server> {
  return Server.start({ database: 'sqlite', founder: FOUNDER, signUp: 'invited', smtpUrl: 'smtp://127.0.0.1:9', wishes });
}

export const AWS = { serverless: { cloud: 'aws', region: 'us-east-1' } } as const;

interface Shared {
  server: Server;
  /** A client with a key that may do everything. */
  pinecone: Pinecone;
}

interface Own {
  /** Of an index that nobody else has. */
  name: string;
  /** An index of this test, of three dimensions. */
  index: Index;
}

let count = 0;

export const test = base.extend<Own, Shared>({
  server: [
    async ({}, use) => {
      const server = await freshServer();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  pinecone: [
    async ({ server }, use) => use(new Pinecone({ apiKey: server.apiKey, controllerHostUrl: server.apiUrl })),
    { scope: 'worker' },
  ],
  name: async ({}, use) => use(`index-${++count}`),
  index: async ({ pinecone, name }, use) => {
    await pinecone.createIndex({ name, dimension: 3, metric: 'cosine', spec: AWS, waitUntilReady: true });
    await use(pinecone.index({ name }));
    await pinecone.deleteIndex(name);
  },
});

/** The SDK throws its error of this name, and its text holds these words. */
export async function refused(promise: Promise<unknown>, name: string, ...words: string[]): Promise<void> {
  const error = await promise.then(
    (answer) => new Error(`answered ${JSON.stringify(answer)}`),
    (reason: Error) => reason,
  );
  expect(error.name, error.message).toBe(name);
  for (const word of words) expect(error.message).toContain(word);
}

export { expect };
