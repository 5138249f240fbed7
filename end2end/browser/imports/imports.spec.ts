import { readFileSync } from 'node:fs';
import { addFilms, films, makeIndex } from '../../support/indexes.ts';
import { openProject } from '../../support/places.ts';
import { expect, test, withAndWithoutScripts } from '../../support/test.ts';

const lines = (count: number) => films(count).map((film) => JSON.stringify(film)).join('\n');

withAndWithoutScripts(() => {
  test('a file is sent, looked into, imported, and exported again', async ({ owner }) => {
    const index = await makeIndex(owner, await openProject(owner), 'films');
    const wrong = '{"id": "wrong", "values": [1, 2]}';
    await owner.visit(`${index}/imports`);
    const file = { name: 'films.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from(`${lines(200)}\n${wrong}\n`) };
    await owner.page.getByLabel('File').setInputFiles(file);
    await owner.press('Send file');
    await expect(owner.page.getByText('The first 100 rows can all be read.')).toBeVisible();
    const columns = owner.page.getByRole('table', { name: 'Columns' });
    await expect(columns.getByLabel('What values is')).toHaveValue('values');
    await columns.getByLabel('What values is').selectOption('ignored');
    await owner.press('Try these columns');
    await expect(owner.page.getByText('Of the first 100 rows, 100 cannot be read:')).toBeVisible();
    await columns.getByLabel('What values is').selectOption('values');
    await owner.page.getByLabel('Namespace').fill('sent');
    await owner.press('Begin the import');
    await expect(owner.page.getByText('Done, rows refused')).toBeVisible({ timeout: 20_000 }).catch(() => owner.page.reload());
    await expect(owner.page.getByText('Done, rows refused')).toBeVisible();
    await expect(owner.page.getByRole('status').filter({ hasText: '200 records written' })).toContainText('1 row refused');
    const refused = owner.page.getByRole('table', { name: 'Refused rows' });
    await expect(refused).toContainText('must have 16 numbers like its index, but has 2');
    const report = owner.page.waitForEvent('download');
    await owner.page.getByRole('link', { name: 'Download as CSV' }).click();
    expect(readFileSync(await (await report).path(), 'utf8')).toContain('films.jsonl,201,');

    await owner.visit(`${index}/records?namespace=sent`);
    await expect(owner.page.getByText('200 records in this namespace')).toBeVisible();
    await owner.page.getByText('Export', { exact: true }).first().click();
    const download = owner.page.waitForEvent('download');
    await owner.page.getByRole('button', { name: 'Export' }).click();
    const exported = await download;
    expect(exported.suggestedFilename()).toBe('films-sent.jsonl');
    const found = readFileSync(await exported.path(), 'utf8').trim().split('\n');
    expect(found.map((line) => JSON.parse(line) as unknown)).toEqual(films(200));
  });

  test('vector lint counts and opens what may be wrong', async ({ owner }) => {
    const index = await makeIndex(owner, await openProject(owner), 'films');
    const some = films(30);
    const [first, second] = some;
    if (!first || !second) throw new Error('there are films');
    second.values = first.values;
    Object.assign(second.metadata, { year: 'unknown' });
    await addFilms(owner, index, '', some);
    await owner.visit(`${index}/records`);
    await owner.follow('Vector lint');
    await expect(owner.page.getByText('All 30 records were looked at.')).toBeVisible();
    const row = (what: string) => owner.page.getByRole('row').filter({ hasText: what });
    await expect(row('Duplicates')).toContainText('1');
    await row('year is a text').getByRole('link').click();
    await expect(owner.page.getByText('1 record that match')).toBeVisible();
    await expect(owner.page.getByRole('table', { name: 'Records' })).toContainText('film-00001');
  });
});

test('a large file is sent in chunks, paused, and gone on with after the page was lost', async ({ owner }) => {
  const index = await makeIndex(owner, await openProject(owner), 'films');
  const buffer = Buffer.from(lines(30_000));
  const file = { name: 'many.jsonl', mimeType: 'application/jsonl', buffer };
  let chunks = 0;
  await owner.page.route('**/uploads/**', async (route) => {
    chunks += 1;
    // The connection breaks with the second.
    await (chunks === 2 ? route.abort() : route.continue());
  });
  await owner.visit(`${index}/imports`);
  await owner.awake();
  await owner.page.getByLabel('File').setInputFiles(file);
  await owner.press('Send file');
  await owner.expectAlert(/The connection broke/);
  await owner.visit(`${index}/imports`);
  await owner.awake();
  await expect(owner.page.getByRole('table', { name: 'Files that wait' })).toContainText('choose it again to go on');
  await owner.page.getByLabel('File').setInputFiles(file);
  await owner.press('Send file');
  await expect(owner.page.getByText('The first 100 rows can all be read.')).toBeVisible();
  await owner.press('Begin the import');
  await expect(owner.page.getByText('30,000 records written')).toBeVisible({ timeout: 60_000 });
});
