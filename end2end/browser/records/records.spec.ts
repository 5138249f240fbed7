import { addFilms, films, makeIndex } from '../../support/indexes.ts';
import { openProject } from '../../support/places.ts';
import { expect, test, withAndWithoutScripts } from '../../support/test.ts';

withAndWithoutScripts(() => {
  test('records are added, browsed, changed and deleted', async ({ owner }) => {
    const index = await makeIndex(owner, await openProject(owner), 'films');
    const some = films(60);
    await owner.visit(`${index}/records`);
    await expect(owner.page.getByText('No records here yet')).toBeVisible();
    await owner.page.getByRole('link', { name: 'Add records' }).click();
    await owner.page.getByLabel(/^Records/).fill(JSON.stringify(some));
    await owner.press('Add records');
    await expect(owner.page.getByText('Saved, and found by the next query.')).toBeVisible();
    await expect(owner.page.getByText('60 records in this namespace')).toBeVisible();

    await owner.field('Page size').selectOption('25 a page');
    await owner.press('Show');
    const rows = owner.page.getByRole('table', { name: 'Records' }).getByRole('row');
    await expect(rows).toHaveCount(26);
    await owner.follow('Next page');
    await expect(rows.nth(1)).toContainText('film-00025');
    await owner.visit(`${index}/records?filter=${encodeURIComponent('{"seen": true}')}`);
    const seen = some.filter((film) => film.metadata.seen).length;
    await expect(owner.page.getByText(`${seen} records that match`)).toBeVisible();
    await owner.visit(`${index}/records?filter=${encodeURIComponent('{"year": {"$gt": "x"}}')}`);
    await owner.expectAlert(/filter\.year\.\$gt/);

    await owner.visit(`${index}/records?prefix=film-0000`);
    await owner.follow('film-00007');
    await owner.page.getByLabel(/^Metadata/).fill('{"title": "Another", "year": 1999}');
    await owner.press('Save record');
    await expect(owner.page.getByText('Saved, and found by the next query.')).toBeVisible();
    await owner.visit(`${index}/records?prefix=film-0000`);
    await expect(rows.filter({ hasText: 'film-00007' })).toContainText('1999');
    await owner.page.getByRole('checkbox', { name: 'Mark film-00003' }).check();
    await owner.page.getByRole('checkbox', { name: 'Mark film-00004' }).check();
    await owner.page.getByRole('button', { name: /^Delete marked/ }).click();
    await expect(owner.page.getByText('Records deleted.')).toBeVisible();
    await expect(owner.page.getByText('58 records in this namespace')).toBeVisible();
  });

  test('namespaces are made, counted and deleted by their names', async ({ owner }) => {
    const index = await makeIndex(owner, await openProject(owner), 'films');
    await addFilms(owner, index, 'spring', films(30));
    await owner.visit(`${index}/namespaces`);
    await owner.fill({ Name: 'autumn' });
    await owner.press('Create namespace');
    const rows = owner.page.getByRole('table', { name: 'Namespaces' }).getByRole('row');
    await expect(rows.filter({ hasText: 'spring' })).toContainText('30');
    await expect(rows.filter({ hasText: 'autumn' })).toContainText('0');
    await owner.awake();
    await owner.button('Delete the namespace spring').click();
    const dialog = owner.page.getByRole('dialog', { name: 'Delete spring?' });
    await dialog.getByLabel(/^Type/).fill('spring');
    await dialog.getByRole('button', { name: 'Delete namespace' }).click();
    await expect(rows.filter({ hasText: 'spring' })).toHaveCount(0);
  });
});

test('metadata is checked while it is typed, and what a save changes is told', async ({ owner }) => {
  const index = await makeIndex(owner, await openProject(owner), 'films');
  await addFilms(owner, index, '', films(1));
  await owner.visit(`${index}/record?id=film-00000`);
  await owner.page.getByLabel(/^Metadata/).fill('{"year": 19x}');
  await expect(owner.page.getByLabel(/^Metadata/)).toHaveAccessibleDescription(/Line 1, column 12: .*19▸x/);
  await owner.page.getByLabel(/^Metadata/).fill('{"year": 2001, "seen": {"by": "Ada"}}');
  await expect(owner.page.getByLabel(/^Metadata/)).toHaveAccessibleDescription(/seen is an object/);
  await owner.page.getByLabel(/^Metadata/).fill('{"year": 2001}');
  await expect(owner.page.getByRole('status').filter({ hasText: 'Saving changes' })).toContainText('2001');
});
