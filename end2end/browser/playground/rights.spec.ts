import { addFilms, films, makeIndex } from '../../support/indexes.ts';
import { join, toProject } from '../../support/people.ts';
import { call, makeOrganization, rows } from '../../support/places.ts';
import { expect, test, withAndWithoutScripts } from '../../support/test.ts';

withAndWithoutScripts(() => {
  test('a user does all there is to do with data, and neither makes keys nor manages members', async ({
    owner,
    newPerson,
    post,
  }) => {
    const project = await toProject(owner);
    const user = await join(owner, post, newPerson, project, 'Bob', 'User');
    await user.visit(`${project}/indexes/new`);
    await user.fill({ 'Index name': 'films' });
    await user.page.getByLabel('Dimension').fill('16');
    await user.press('Create index');
    await expect(user.page.getByText('Index created.')).toBeVisible();
    const index = new URL(user.page.url()).pathname;
    await user.visit(`${index}/records/new`);
    await user.page.getByLabel(/^Records/).fill(JSON.stringify(films(30)));
    await user.press('Add records');
    await expect(user.page.getByText('30 records in this namespace')).toBeVisible();
    await user.visit(`${index}/record?id=film-00003`);
    await user.page.getByLabel(/^Metadata/).fill('{"year": 1999}');
    await user.press('Save record');
    await expect(user.page.getByText('Saved, and found by the next query.')).toBeVisible();

    await user.visit(`${index}/playground?by=record&record=film-00003&top_k=4`);
    await expect(rows(user, 'Results')).toHaveCount(4);
    await user.follow('Save this query');
    await user.fill({ Name: 'Like the third' });
    await user.press('Save query');
    await expect(rows(user, 'Saved queries')).toContainText('by Bob');
    await user.visit(`${index}/namespaces`);
    await user.fill({ Name: 'spring' });
    await user.press('Create namespace');
    await expect(rows(user, 'Namespaces')).toHaveCount(2);
    await user.visit(`${index}/backups`);
    await user.page.getByLabel('Name (optional)').fill('before');
    await user.press('Make backup');
    await expect(user.page.getByText('Backup made.')).toBeVisible();
    await user.visit(`${index}/settings`);
    await user.page.getByLabel(/^Tags/).fill('team = search');
    await user.press('Save');
    await expect(user.page.getByText('Index changed.')).toBeVisible();

    await user.visit(`${project}/api-keys`);
    await expect(user.button('New key')).toHaveAccessibleDescription(/You may not create API keys\. Owners/);
    await user.visit(`${project}/members`);
    const manage = user.page.getByRole('button', { name: /^Remove / }).first();
    await expect(manage).toHaveAccessibleDescription(/You may not delete members\. Owners/);

    await user.visit(`${index}/settings`);
    await user.awake();
    await user.button('Delete index').first().click();
    const dialog = user.page.getByRole('dialog', { name: 'Delete films?' });
    await dialog.getByLabel(/^Type/).fill('films');
    await dialog.getByRole('button', { name: 'Delete index' }).click();
    await expect(user.page.getByText('No indexes yet')).toBeVisible();
  });

  test('an outsider gets of an index what everybody gets of none', async ({ owner, newPerson, post }) => {
    const index = await makeIndex(owner, await toProject(owner), 'films');
    await addFilms(owner, index, '', films(5));
    const elsewhere = await makeOrganization(owner, 'Elsewhere');
    const eve = await join(owner, post, newPerson, elsewhere, 'Eve', 'Member');
    const [, , project, , id] = index.split('/');
    const nobodys = `/projects/${project}/indexes/01900000-0000-7000-8000-000000000000`;
    for (const page of ['', '/records', '/record', '/playground', '/playground/queries', '/playground/compare', '/backups', '/settings']) {
      const seen: string[] = [];
      for (const address of [index, nobodys]) {
        expect(await eve.visit(`${address}${page}`), page).toBe(404);
        await expect(eve.heading('Not found')).toBeVisible();
        seen.push(await eve.page.locator('main').ariaSnapshot());
      }
      expect(seen[0]).toBe(seen[1]);
    }
    expect(await call(eve, 'playground/search', { id: id ?? '', 'query[record]': 'film-00001' })).toBe(404);
    expect(await call(eve, 'playground/save', { id: id ?? '', name: 'Mine', 'query[record]': 'a' })).toBe(404);
  });
});
