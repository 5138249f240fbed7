import { expect, test, withAndWithoutScripts } from '../../support/test.ts';
import { openProject } from '../../support/places.ts';
import { makeIndex } from '../../support/indexes.ts';

withAndWithoutScripts(() => {
  test('an index is made, changed and deleted by its name', async ({ owner }) => {
    const project = await openProject(owner);
    await owner.visit(`${project}/indexes`);
    await expect(owner.page.getByText('No indexes yet')).toBeVisible();
    await owner.follow('Make an index', 'New index');
    await owner.fill({ 'Index name': 'films' });
    await owner.page.getByLabel(/^Tags/).fill('team = search');
    await owner.page.getByLabel('Dimension').fill('16');
    await owner.page.getByRole('radio', { name: 'Dot product' }).check({ force: true });
    await owner.press('Create index');
    await expect(owner.heading('films')).toBeVisible();
    await expect(owner.page.getByText('Index created.')).toBeVisible();
    const main = owner.page.getByRole('main');
    await expect(main).toContainText('16 dimensions');
    await expect(main).toContainText('dotproduct');
    await expect(main).toContainText('teamsearch');

    const index = new URL(owner.page.url()).pathname;
    await owner.visit(`${index}/settings`);
    await owner.page.getByLabel(/^Tags/).fill('team = find');
    await owner.page.getByLabel('Protect it against deletion').check();
    await owner.press('Save');
    await expect(owner.page.getByText('Index changed.')).toBeVisible();
    await expect(owner.page.getByLabel(/^Tags/)).toHaveValue('team = find');
    await expect(owner.button('Delete index')).toHaveAttribute('aria-disabled', 'true');
    await owner.awake();
    await owner.page.getByLabel('Protect it against deletion').uncheck();
    await owner.press('Save');
    await expect(owner.button('Delete index').first()).not.toHaveAttribute('aria-disabled', 'true');
    await owner.visit(`${index}/settings`);
    await owner.button('Delete index').first().click();
    const dialog = owner.page.getByRole('dialog', { name: 'Delete films?' });
    await dialog.getByLabel(/^Type/).fill('films');
    await dialog.getByRole('button', { name: 'Delete index' }).click();
    await expect(owner.page.getByText('No indexes yet')).toBeVisible();
    expect(await owner.visit(index)).toBe(404);
  });

  test('what is wrong is told at its field', async ({ owner }) => {
    const project = await openProject(owner);
    await makeIndex(owner, project, 'taken');
    await owner.visit(`${project}/indexes/new`);
    await owner.fill({ 'Index name': 'taken' });
    await owner.page.getByLabel('Dimension').fill('20001');
    await owner.press('Create index');
    await expect(owner.page.getByLabel('Dimension')).toHaveAccessibleDescription(/1 to 20000, but is 20001/);
    await owner.page.getByLabel('Dimension').fill('8');
    await owner.fill({ 'Index name': 'taken' });
    await owner.press('Create index');
    await expect(owner.field('Index name')).toHaveAccessibleDescription(/taken already/);
  });

  test('the list is searched, sorted and seen as cards and as a table', async ({ owner }) => {
    const project = await openProject(owner);
    for (const name of ['alpha', 'beta', 'gamma']) await makeIndex(owner, project, name);
    await owner.visit(`${project}/indexes`);
    await expect(owner.page.getByRole('list', { name: 'Indexes' }).getByRole('heading')).toHaveText(['alpha', 'beta', 'gamma']);
    await owner.follow('Table');
    await expect(owner.page.getByRole('table', { name: 'Indexes' })).toBeVisible();
    await owner.field('Order').selectOption('Newest first');
    await owner.press('Show');
    await expect(owner.page.getByRole('table', { name: 'Indexes' }).getByRole('row').nth(1)).toContainText('gamma');
    await owner.fill({ 'Search by name': 'et' });
    await owner.press('Show');
    await expect(owner.page.getByRole('table', { name: 'Indexes' }).getByRole('row')).toHaveCount(2);
  });
});

test('the form shows the same as SDK code while it is filled in', async ({ owner }) => {
  const project = await openProject(owner);
  await owner.visit(`${project}/indexes/new`);
  await owner.fill({ 'Index name': 'films' });
  await owner.field('Model').selectOption({ label: 'text-embedding-3-large · 3072 (OpenAI)' });
  await expect(owner.page.getByLabel('Dimension')).toHaveValue('3072');
  const python = owner.page.getByRole('region', { name: 'Create the index in Python' });
  await expect(python).toContainText('name="films"');
  await expect(python).toContainText('dimension=3072');
  await owner.page.getByRole('radio', { name: 'Sparse', exact: true }).check({ force: true });
  await expect(python).toContainText('vector_type="sparse"');
  await owner.page.getByRole('radio', { name: 'curl' }).check({ force: true });
  await expect(owner.page.getByRole('region', { name: 'Create the index in curl' })).toBeVisible();
  await expect(python).toBeHidden();
});
