import { type BrowserContext, expect, test as base } from '@playwright/test';
import type { DatabaseKind } from './database.ts';
import { PostOffice } from './mail.ts';
import { Person } from './person.ts';
import { complaints } from './quiet.ts';
import { type Founder, Server } from './server.ts';

/** What a story may choose with `test.use`. */
export interface Choices {
  database: DatabaseKind;
  /** Who founded the server by the command line; nobody leaves the set-up link waiting. */
  founder: Founder | null;
  signUp: 'open' | 'invited';
}

interface Rooms {
  server: Server;
  post: PostOffice;
  /** Somebody at a browser of their own. */
  newPerson: () => Promise<Person>;
  /** Somebody who is not signed in. */
  visitor: Person;
  /** The first owner, signed in. */
  owner: Person;
}

export const FOUNDER: Founder = {
  email: 'owner@example.com',
  password: 'seven quiet larches stand',
  organization: 'Northern Forest',
  project: 'Search',
};

export const test = base.extend<Rooms & Choices>({
  database: ['sqlite', { option: true }],
  founder: [FOUNDER, { option: true }],
  signUp: ['invited', { option: true }],

  post: async ({}, use) => {
    const post = await PostOffice.open();
    await use(post);
    await post.close();
  },

  server: async ({ database, founder, signUp, post }, use, testInfo) => {
    const server = await Server.start({ database, founder, signUp, smtpUrl: post.url });
    await use(server);
    if (testInfo.status !== testInfo.expectedStatus) await testInfo.attach('conifer.log', { body: server.log });
    await server.stop();
  },

  baseURL: async ({ server }, use) => use(server.url),

  newPerson: async ({ browser, javaScriptEnabled, server }, use) => {
    const contexts: BrowserContext[] = [];
    const heard: string[][] = [];
    await use(async () => {
      const context = await browser.newContext();
      contexts.push(context);
      heard.push(complaints(context));
      return new Person(await context.newPage(), server, javaScriptEnabled !== false);
    });
    await Promise.all(contexts.map((context) => context.close()));
    expect(heard.flat(), 'complaints in the browser console').toEqual([]);
  },

  visitor: async ({ newPerson }, use) => use(await newPerson()),

  owner: async ({ newPerson, founder }, use) => {
    if (!founder) throw new Error('nobody founded this server');
    const owner = await newPerson();
    await owner.comeSignedIn(founder.email, founder.password);
    await use(owner);
  },
});

/** Tells a story twice: a form must do its work with scripts and without. */
export function withAndWithoutScripts(tell: () => void): void {
  for (const [title, javaScriptEnabled] of [
    ['with scripts', true],
    ['without scripts', false],
  ] as const) {
    test.describe(title, () => {
      test.use({ javaScriptEnabled });
      tell();
    });
  }
}

export { expect };
