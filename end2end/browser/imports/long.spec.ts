import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { makeIndex } from '../../support/indexes.ts';
import type { Person } from '../../support/person.ts';
import { openProject } from '../../support/places.ts';
import { expect, test } from '../../support/test.ts';

/** A million takes minutes, so it is for whoever asks for it. */
const ROWS = Number(process.env.CONIFER_TEST_ROWS ?? 0);
const PATIENCE_MS = 120_000 + ROWS * 2;
const MEMORY_MAX = 1 << 30;

test('many rows are imported through the page over a crash, and come back by their export', async ({ owner, server }, testInfo) => {
  test.skip(!ROWS, 'set CONIFER_TEST_ROWS=1000000');
  test.setTimeout(3 * PATIENCE_MS);
  const source = testInfo.outputPath('rows.jsonl');
  await write(source);
  const index = await makeIndex(owner, await openProject(owner), 'many');

  await begin(owner, index, source, '');
  await expect.poll(() => written(owner), { timeout: PATIENCE_MS }).toBeGreaterThan(ROWS / 3);
  const address = owner.page.url();
  expect(await written(owner)).toBeLessThan(ROWS);
  // A page that still asks would complain.
  await owner.page.goto('about:blank');
  const peaks = [server.memoryPeak()];
  await server.crash();
  await owner.visit(address);
  await expect.poll(() => written(owner), { timeout: PATIENCE_MS }).toBe(ROWS);
  peaks.push(server.memoryPeak());

  const first = await exported(owner, index, 'Default', testInfo.outputPath('first.jsonl'));
  await sameRows(source, first);
  await begin(owner, index, first, 'again');
  await expect.poll(() => written(owner), { timeout: PATIENCE_MS }).toBe(ROWS);
  peaks.push(server.memoryPeak());
  await sameRows(first, await exported(owner, index, 'again', testInfo.outputPath('second.jsonl')));

  const vectors = await bytesIn(path.join(server.dataDir, 'vectors'));
  console.log(`${ROWS} rows: memory at most ${peaks.map((peak) => `${peak >> 20} MB`).join(', ')}; vectors on disk ${vectors >> 20} MB`);
  for (const peak of peaks) expect(peak).toBeLessThan(MEMORY_MAX + vectors);
});

async function write(file: string): Promise<void> {
  const to = (await open(file, 'w')).createWriteStream();
  for (let nth = 0; nth < ROWS; nth++) {
    const values = Array.from({ length: 16 }, (_, at) => Math.round(Math.sin(nth * 16 + at) * 1e4) / 1e4);
    const row = { id: `row-${String(nth).padStart(8, '0')}`, values, metadata: { n: nth, kind: `kind ${nth % 7}` } };
    if (!to.write(`${JSON.stringify(row)}\n`)) await new Promise<void>((resolve) => to.once('drain', () => resolve()));
  }
  await new Promise<void>((resolve) => to.end(() => resolve()));
}

async function begin(owner: Person, index: string, file: string, namespace: string): Promise<void> {
  await owner.visit(`${index}/imports`);
  await owner.page.getByLabel('File').setInputFiles(file);
  await owner.press('Send file');
  await expect(owner.page.getByText('The first 100 rows can all be read.')).toBeVisible({ timeout: PATIENCE_MS });
  await owner.awake();
  await owner.page.getByLabel('Namespace').fill(namespace);
  await owner.press('Begin the import');
  await owner.page.waitForURL(/\/imports\/(?!file)/);
}

/** How many records the page says are written. */
async function written(owner: Person): Promise<number> {
  const text = await owner.page.getByRole('status').filter({ hasText: 'written' }).textContent().catch(() => '');
  return Number(/([\d,]+) records written/.exec(text ?? '')?.[1]?.replaceAll(',', '') ?? 0);
}

async function exported(owner: Person, index: string, namespace: string, to: string): Promise<string> {
  await owner.visit(`${index}/records${namespace === 'Default' ? '' : `?namespace=${namespace}`}`);
  await owner.page.getByText('Export', { exact: true }).first().click();
  const download = owner.page.waitForEvent('download', { timeout: PATIENCE_MS });
  await owner.page.getByRole('button', { name: 'Export' }).click();
  await (await download).saveAs(to);
  return to;
}

/** Line by line: neither fits into memory twice. */
async function sameRows(one: string, other: string): Promise<void> {
  const [left, right] = [one, other].map((file) => createInterface(createReadStream(file))[Symbol.asyncIterator]());
  for (let nth = 0; nth < ROWS; nth++) {
    const [a, b] = [await left?.next(), await right?.next()];
    if (a?.value !== b?.value) expect(JSON.parse(b?.value ?? 'null'), `row ${nth}`).toEqual(JSON.parse(a?.value ?? 'null'));
  }
  expect([(await left?.next())?.done, (await right?.next())?.done]).toEqual([true, true]);
}

async function bytesIn(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map((entry) => stat(path.join(entry.parentPath, entry.name))));
  return sizes.reduce((sum, file) => sum + file.size, 0);
}
