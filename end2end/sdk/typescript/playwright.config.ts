import { defineConfig } from '@playwright/test';

/** Stories without a browser: programs that use the SDKs. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/sdk',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  globalTimeout: 10 * 60_000,
  reporter: [['list']],
});
