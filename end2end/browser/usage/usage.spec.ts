import { readFile } from 'node:fs/promises';
import { createKey } from '../../support/api_keys.ts';
import { makeIndex } from '../../support/indexes.ts';
import { join } from '../../support/people.ts';
import { openOrganization, openProject } from '../../support/places.ts';
import { expect, test, withAndWithoutScripts } from '../../support/test.ts';
import type { Person } from '../../support/person.ts';

/** Asks for the indexes as a program does. */
async function ask(person: Person, secret: string, path: string): Promise<number> {
  const headers = { 'Api-Key': secret, 'X-Pinecone-Api-Version': '2026-07' };
  return (await person.page.request.get(`${person.server.apiUrl}${path}`, { headers })).status();
}

withAndWithoutScripts(() => {
  test('what programs asked is shown by index and key, and told as a file', async ({ owner }) => {
    const project = await openProject(owner);
    const secret = await createKey(owner, project, 'Search', {}, ['Project viewer']);
    for (let n = 0; n < 3; n += 1) expect(await ask(owner, secret, '/indexes')).toBe(200);
    expect(await ask(owner, secret, '/indexes/missing')).toBe(404);
    await owner.visit(`${project}/usage`);
    await expect(owner.heading('Usage')).toBeVisible();
    await expect(owner.page.getByRole('img', { name: /^Requests: 4, / })).toBeVisible();
    await expect(owner.page.getByRole('img', { name: /^Errors: 1, / })).toBeVisible();
    const keys = owner.page.getByRole('table', { name: 'By API key' });
    await expect(keys.getByRole('row').filter({ hasText: 'Search' })).toContainText('4');

    await owner.field('Time').selectOption('30 days');
    await owner.field('API key').selectOption('Search');
    await owner.press('Show');
    await expect(owner.page).toHaveURL(/days=30/);
    await expect(owner.field('Time')).toHaveValue('30');
    await expect(owner.page.getByRole('img', { name: /^Requests: 4, / })).toBeVisible();

    const download = owner.page.waitForEvent('download');
    await owner.follow('Export as CSV');
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^conifer-usage-\d{4}-\d\d-\d\d\.csv$/);
    const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]?.split(',').slice(4, 6)).toEqual(['4', '1']);
  });

  test('an organization shows its projects, to whoever may see them', async ({ owner, newPerson, post }) => {
    const organization = await openOrganization(owner);
    const project = await openProject(owner);
    const secret = await createKey(owner, project, 'Search', {}, ['Project viewer']);
    expect(await ask(owner, secret, '/indexes')).toBe(200);
    await owner.visit(`${organization}/usage`);
    await expect(owner.page.getByRole('table', { name: 'By project' }).getByRole('row')).toHaveCount(2);
    const uma = await join(owner, post, newPerson, project, 'Uma', 'User');
    expect(await uma.visit(`${organization}/usage`)).toBe(403);
    expect(await uma.visit(`${project}/usage`)).toBe(200);
    await expect(uma.page.getByRole('img', { name: /^Requests: 1, / })).toBeVisible();
  });

  test('the page of an index tells how it fared', async ({ owner }) => {
    const project = await openProject(owner);
    await owner.visit(await makeIndex(owner, project, 'films'));
    for (const name of ['Records', 'On disk', 'In memory', 'Requests', 'Latency p50', 'Latency p99']) {
      await expect(owner.page.getByRole('img', { name: new RegExp(`^${name}: `) })).toBeVisible();
    }
  });
});
