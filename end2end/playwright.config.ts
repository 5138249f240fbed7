import { defineConfig } from '@playwright/test';
import type { Choices } from './support/test.ts';

const postgres = process.env.CONIFER_TEST_POSTGRES_URL;
if (!postgres && !process.env.TEST_WORKER_INDEX) {
  console.error('PostgreSQL is left out: set CONIFER_TEST_POSTGRES_URL to a server where databases may be created.');
}

/** Every form is sent and every page walked on both databases; scripts and colours do not depend on the one behind them. */
const WHATEVER_THE_DATABASE = /with scripts|in (dark|contrast)/;

export default defineConfig<Choices>({
  testDir: 'browser',
  outputDir: 'test-results/traces',
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  globalTimeout: 45 * 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/results.json' }]],
  use: {
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    locale: 'en-GB',
    timezoneId: 'UTC',
    viewport: { width: 1280, height: 800 },
    contextOptions: { reducedMotion: 'reduce' },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'sqlite', use: { database: 'sqlite' } },
    ...(postgres ? [{ name: 'postgres', use: { database: 'postgres' as const }, grepInvert: WHATEVER_THE_DATABASE }] : []),
  ],
});
