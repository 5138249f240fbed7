import type { Page, Response } from '@playwright/test';

export interface Weight {
  requests: number;
  /** What went over the wire: compressed bodies, without headers. */
  body_bytes: number;
  wasm_bytes: number;
  wasm_requests: number;
  wasm_encodings: string[];
  first_byte_ms: number;
  interactive_ms: number;
}

/** Opens a page as a first-time visitor and weighs every response until it is hydrated and at rest. */
export async function weigh(page: Page, path: string): Promise<Weight> {
  const responses: Response[] = [];
  page.on('response', (response) => responses.push(response));
  await page.goto(path);
  await page.locator('html[data-hydrated="true"]').waitFor({ state: 'attached' });
  const interactive_ms = await page.evaluate(() => performance.now());
  await page.waitForLoadState('networkidle');
  const first_byte_ms = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    return navigation?.responseStart ?? NaN;
  });
  const wasm = responses.filter((response) => /\.(wasm|parcel)$/.test(new URL(response.url()).pathname));
  return {
    requests: responses.length,
    body_bytes: await bodyBytes(responses),
    wasm_bytes: await bodyBytes(wasm),
    wasm_requests: wasm.length,
    wasm_encodings: [...new Set(wasm.map((response) => response.headers()['content-encoding'] ?? 'none'))],
    first_byte_ms: Math.round(first_byte_ms),
    interactive_ms: Math.round(interactive_ms),
  };
}

async function bodyBytes(responses: Response[]): Promise<number> {
  const sizes = await Promise.all(responses.map((response) => response.request().sizes()));
  return sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
}
