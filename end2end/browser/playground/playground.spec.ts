import { addFilms, cosine, type Film, films, makeIndex } from '../../support/indexes.ts';
import { openProject } from '../../support/places.ts';
import { seePictures } from '../../support/pictures.ts';
import { expect, test, withAndWithoutScripts } from '../../support/test.ts';

const MANY = 20_000;

/** The ids of the films most like one, by looking at each. */
function nearest(all: Film[], to: Film, count: number): string[] {
  const scored = all.map((film) => ({ id: film.id, score: cosine(film.values, to.values) }));
  return scored.sort((a, b) => b.score - a.score).slice(0, count).map(({ id }) => id);
}

withAndWithoutScripts(() => {
  test('what is found is what looking at every film finds', async ({ owner }) => {
    const index = await makeIndex(owner, await openProject(owner), 'films');
    const all = films(300);
    await addFilms(owner, index, 'films', all);
    const [wanted] = all.slice(7);
    await owner.visit(`${index}/playground?namespace=films`);
    await expect(owner.page.getByText('Ask something')).toBeVisible();
    await owner.fill({ 'Record ID': wanted?.id ?? '', 'How many (top_k)': '5' });
    await owner.press('Run query');
    const rows = owner.page.getByRole('table', { name: 'Results' }).getByRole('row').filter({ has: owner.page.getByRole('cell') });
    await expect(rows).toHaveCount(5);
    const found = await rows.getByRole('link').allTextContents();
    expect(found.map((id) => id.trim())).toEqual(wanted && nearest(all, wanted, 5));
    await expect(owner.page.getByText('100.0 %')).toBeVisible();
  });

  test('an expected film that is not found is told why', async ({ owner }) => {
    const index = await makeIndex(owner, await openProject(owner), 'films');
    await addFilms(owner, index, '', films(50));
    const ask = (more: string) => owner.visit(`${index}/playground?by=record&record=film-00001&top_k=3&${more}`);
    await ask('expected=film-99999');
    await expect(owner.page.getByText('It is not in this namespace')).toBeVisible();
    await ask(`expected=film-00002&filter=${encodeURIComponent('{"year": {"$lt": 0}}')}`);
    await expect(owner.page.getByText('The filter excludes it')).toBeVisible();
    await expect(owner.page.getByText('{"year":{"$lt":0}}').first()).toBeVisible();
    await ask('expected=film-00001');
    await expect(owner.page.getByText('It is among the best')).toBeVisible();
  });
});

test('twenty thousand films are searched, and the recall is that of an own count', async ({ owner }) => {
  test.setTimeout(300_000);
  const index = await makeIndex(owner, await openProject(owner), 'films');
  const all = films(MANY);
  await addFilms(owner, index, '', all);
  await owner.visit(index);
  await expect(owner.page.getByRole('main')).toContainText('20,000');
  const wanted = all[123];
  await owner.visit(`${index}/playground?by=record&record=${wanted?.id}&top_k=50`);
  const rows = owner.page.getByRole('table', { name: 'Results' }).getByRole('row').filter({ has: owner.page.getByRole('cell') });
  await expect(rows).toHaveCount(50);
  const found = (await rows.getByRole('link').allTextContents()).map((id) => id.trim());
  const exact = new Set(wanted && nearest(all, wanted, 50));
  const recall = (100 * found.filter((id) => exact.has(id)).length) / 50;
  await expect(owner.page.getByText(`${recall.toFixed(1)} %`, { exact: true })).toBeVisible();
  await seePictures(owner);
  await expect(owner.page.getByRole('img', { name: /records in two dimensions, 50 of them results/ })).toBeVisible();
});
