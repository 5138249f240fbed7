import { readFile } from 'node:fs/promises';
import { linkIn, type PostOffice } from '../../support/mail.ts';
import type { Person } from '../../support/person.ts';
import { expect, FOUNDER, test, withAndWithoutScripts } from '../../support/test.ts';

/** The first account, and the API key of the tests. */
const BY_COMMAND_LINE = 2;

test.use({ signUp: 'open' });

const NEWCOMER = { name: 'New Comer', email: 'newcomer@example.com' };

withAndWithoutScripts(() => {
  test('an owner reads who did what, and who was denied what', async ({ owner, visitor, post }) => {
    const organization = await organizationOf(owner);
    await join(visitor, post);
    expect(await visitor.visit(organization)).toBe(404);
    expect(await visitor.visit(`${organization}/audit`)).toBe(404);
    expect((await visitor.page.request.get(`${organization}/audit/export`)).status()).toBe(404);

    await owner.visit(`${organization}/audit`);
    await expect(rows(owner).last()).toContainText('Founded this installation');
    await expect(rows(owner).last()).toContainText('Command line');
    const denied = rows(owner).filter({ hasText: 'view audit log' }).first();
    await expect(denied).toContainText(NEWCOMER.name);
    await expect(denied).toContainText('Denied');
    await expect(denied).toContainText('127.0.0.1');
    await expect(denied.getByText('Request', { exact: true })).toBeHidden();
    await denied.locator('summary').click();
    await expect(denied.getByText('Request', { exact: true })).toBeVisible();
    await expect(denied.getByRole('region', { name: 'Entry' })).toContainText('"denied": "view audit log"');
  });

  test('filters show what is looked for, and stay in the address', async ({ owner, visitor, post }) => {
    const organization = await organizationOf(owner);
    await join(visitor, post);
    await visitor.visit(`${organization}/audit`);
    await owner.visit(`${organization}/audit`);
    await expect(rows(owner).filter({ hasText: 'Command line' })).toHaveCount(BY_COMMAND_LINE);

    await owner.field('What').selectOption('Was denied');
    await owner.press('Show');
    await expect(rows(owner).filter({ hasText: 'Command line' })).toHaveCount(0);
    await expect(rows(owner).filter({ hasText: NEWCOMER.name })).not.toHaveCount(0);
    await expect(owner.page).toHaveURL(/what=access\.denied/);
    await expect(owner.field('What')).toHaveValue('access.denied');

    await rows(owner).first().getByRole('link', { name: NEWCOMER.name }).click();
    await expect(owner.page.getByText(`Only by ${NEWCOMER.name}`)).toBeVisible();
    await expect(owner.page).toHaveURL(/what=access/);
    await owner.field('From').fill('2999-12-31');
    await owner.press('Show');
    await expect(owner.page.getByText('Nothing like this happened')).toBeVisible();
    await owner.follow("Show everybody's");
    await expect(owner.page).not.toHaveURL(/actor=[^&]/);
    await owner.follow('Show everything');
    await expect(rows(owner).filter({ hasText: 'Command line' })).toHaveCount(BY_COMMAND_LINE);
    await expect(owner.field('What')).toHaveValue('');
    await expect(owner.field('From')).toHaveValue('');

    await owner.visit(`${organization}/audit?from=yesterday`);
    await owner.expectAlert('From is not a day like 2026-11-20.');
  });

  test('the export holds what the page shows', async ({ owner, visitor, post }) => {
    const organization = await organizationOf(owner);
    await join(visitor, post);
    await visitor.visit(`${organization}/audit`);
    await owner.visit(`${organization}/audit?what=access`);
    const shown = (await owner.page.getByRole('region', { name: 'Entry', includeHidden: true }).allTextContents()).map(
      (text) => JSON.parse(text),
    );
    expect(shown.length).toBeGreaterThan(0);

    const download = owner.page.waitForEvent('download');
    await owner.follow('Export as JSONL');
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^conifer-audit-\d{4}-\d\d-\d\d\.jsonl$/);
    const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(shown);

    await owner.visit(`${organization}/audit`);
    await expect(rows(owner).first()).toContainText('Exported the audit log');
    await expect(rows(owner).first()).toContainText(FOUNDER.email);
  });
});

function rows(person: Person) {
  const table = person.page.getByRole('table', { name: 'Entries' });
  return table.getByRole('row').filter({ has: person.page.getByRole('cell') });
}

/** The address of the founder's organization. */
async function organizationOf(owner: Person): Promise<string> {
  await owner.visit('/');
  const project = owner.page.getByRole('main').getByRole('link', { name: FOUNDER.project });
  await owner.visit((await project.getAttribute('href')) ?? '');
  const organization = owner.page.getByRole('main').getByRole('link', { name: FOUNDER.organization });
  return (await organization.getAttribute('href')) ?? '';
}

/** Makes an account in an organization of its own. */
async function join(person: Person, post: PostOffice): Promise<void> {
  await person.visit('/sign-up');
  await person.fill({ 'E-mail': NEWCOMER.email });
  await person.press('Send the link');
  await person.visit(linkIn(await post.arrival(NEWCOMER.email, /./)));
  await person.fill({
    'Your name': NEWCOMER.name,
    Password: 'lantern beside the old mill',
    Organization: 'Southern Coast',
    'First project': 'Archive',
  });
  await person.press('Make the account');
  await person.expectSignedIn();
}
