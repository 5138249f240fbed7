import { addFilms, cosine, type Film, films, makeIndex } from '../../support/indexes.ts';
import { call, openProject, rows } from '../../support/places.ts';
import { expect, test, withAndWithoutScripts } from '../../support/test.ts';

/** The ids of the films most like the first of `all` that has this id, by looking at each. */
function nearest(all: Film[], id: string, count: number): string[] {
  const to = all.find((film) => film.id === id)?.values ?? [];
  const scored = all.map((film) => ({ id: film.id, score: cosine(film.values, to) }));
  return scored.sort((a, b) => b.score - a.score).slice(0, count).map((film) => film.id);
}

withAndWithoutScripts(() => {
  test('a query is saved, tested, changed and deleted', async ({ owner }) => {
    const index = await makeIndex(owner, await openProject(owner), 'films');
    const all = films(50);
    await addFilms(owner, index, '', all);
    const [, second, third] = nearest(all, 'film-00001', 3);
    await owner.visit(`${index}/playground?by=record&record=film-00001&top_k=3`);
    await owner.follow('Save this query');
    await expect(owner.page.getByRole('heading', { name: 'Save this query' })).toBeVisible();
    await expect(owner.page.getByLabel(/^Expected records/)).toHaveValue(['film-00001', second, third].join('\n'));
    await owner.fill({ Name: 'Like the first' });
    await owner.press('Save query');
    await expect(owner.page.getByText('Query saved.')).toBeVisible();
    await expect(rows(owner, 'Saved queries')).toHaveCount(1);
    await expect(owner.page.getByRole('link', { name: 'like film-00001, top 3' })).toBeVisible();

    await owner.follow('Run all tests');
    await expect(owner.page.getByText('All tests passed')).toBeVisible();
    await call(owner, 'records/delete', { id: index.split('/')[4] ?? '', 'ids[0]': third ?? '' });
    await owner.visit(`${index}/playground/queries?run=tests`);
    await expect(owner.page.getByText('1 of 1 tests failed')).toBeVisible();
    await expect(owner.page.getByText('66.7 % of the expected records were found.')).toBeVisible();
    await expect(rows(owner, 'Saved queries')).toContainText(`Missing: ${third}`);

    await owner.follow('Change Like the first');
    await owner.page.getByLabel(/^Expected records/).fill([second, 'film-00001'].join('\n'));
    await owner.press('Save query');
    await expect(owner.page.getByText('Saved query changed.')).toBeVisible();
    await owner.follow('Run all tests');
    await expect(owner.page.getByText('All tests passed')).toBeVisible();
    await expect(rows(owner, 'Saved queries')).toContainText(`Moved: ${second} 1 → 2, film-00001 2 → 1`);

    await owner.press('Delete the query Like the first');
    await owner.page.getByRole('dialog', { name: 'Delete Like the first?' }).getByRole('button', { name: 'Delete query' }).click();
    await expect(owner.page.getByText('Saved query deleted.')).toBeVisible();
    await expect(owner.page.getByText('No saved queries yet')).toBeVisible();
  });

  test('two indexes answer one question side by side', async ({ owner }) => {
    const project = await openProject(owner);
    const [whole, half] = [await makeIndex(owner, project, 'whole'), await makeIndex(owner, project, 'half')];
    const all = films(40);
    const some = all.filter((_, nth) => nth % 2 === 0);
    await addFilms(owner, whole, '', all);
    await addFilms(owner, half, '', some);
    await owner.visit(`${whole}/playground?by=record&record=film-00002&top_k=10`);
    await owner.follow('Compare with another');
    await expect(owner.page.getByText('100.0 %', { exact: true })).toBeVisible();
    await owner.awake();
    await owner.page.getByRole('combobox', { name: 'Index', exact: true }).selectOption('half');
    await owner.press('Compare');
    const [left, right] = [nearest(all, 'film-00002', 10), nearest(some, 'film-00002', 10)];
    const shared = left.filter((id) => right.includes(id));
    await expect(owner.page.getByText(`${(10 * shared.length).toFixed(1)} %`, { exact: true })).toBeVisible();
    await expect(rows(owner, 'Compared')).toHaveCount(20 - shared.length);
    const only = rows(owner, 'Compared').filter({ hasText: 'only left' });
    await expect(only).toHaveCount(10 - shared.length);
  });
});

test('a filter is built and typed, each from the other', async ({ owner }) => {
  const index = await makeIndex(owner, await openProject(owner), 'films');
  await addFilms(owner, index, 'films', films(60));
  await owner.visit(`${index}/playground?namespace=films&by=record&record=film-00001&top_k=5`);
  const json = owner.page.getByLabel(/^Filter/).first();
  await owner.press('Build the filter');
  await owner.press('Add condition');
  await expect(owner.page.locator('#filter-keys option')).toHaveCount(4);
  await owner.field('Field').fill('genre');
  await expect(owner.page.locator('datalist option[value="drama"]')).toHaveCount(1);
  await owner.field('Value').fill('drama');
  await expect(json).toHaveValue('{"genre":"drama"}');
  await owner.field('Operator').selectOption('$in');
  await owner.field('Value').fill('drama, war');
  await expect(json).toHaveValue('{"genre":{"$in":["drama","war"]}}');

  await json.fill('{"year": {"$gte": 1960, "$lt": 2010}}');
  await expect(owner.page.getByRole('group', { name: 'Condition' })).toHaveCount(2);
  await expect(owner.field('Value').first()).toHaveValue('1960');
  await owner.field('A record must pass').selectOption('Any of these');
  await expect(json).toHaveValue('{"$or":[{"year":{"$gte":1960}},{"year":{"$lt":2010}}]}');
  await owner.button('Remove this condition').first().click();
  await expect(json).toHaveValue('{"year":{"$lt":2010}}');

  await json.fill('{"year": {"$before": 2010}}');
  await expect(json).toHaveAccessibleDescription(/Line 1, column 11: \$before is no operator/);
  await json.fill('{"$or": [{"year": 1960}, {"$and": [{"year": 1}]}]}');
  await expect(owner.page.getByText('more than a list of conditions')).toBeVisible();
  await json.fill('{"year": {"$lt": 2010}}');
  await owner.press('Run query');
  await expect(rows(owner, 'Results')).toHaveCount(5);
  await expect(owner.page).toHaveURL(/filter=/);
});
