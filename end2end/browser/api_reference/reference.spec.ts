import { expect, test, withAndWithoutScripts } from '../../support/test.ts';
import { toProject } from '../../support/people.ts';

withAndWithoutScripts(() => {
  test('the operations that are served are read on a page', async ({ owner, request }) => {
    const project = await toProject(owner);
    await owner.visit(`${project}/api-keys`);
    await owner.page.getByRole('main').getByRole('link', { name: 'API reference' }).click();
    await expect(owner.heading('API reference')).toBeVisible();

    const link = owner.page.getByRole('link', { name: 'OpenAPI document' });
    const served = await (await request.get((await link.getAttribute('href')) ?? '')).json();
    const paths: [string, Record<string, { operationId: string }>][] = Object.entries(served.paths);
    const ids = paths.flatMap(([, methods]) => Object.values(methods).map(({ operationId }) => operationId));
    expect(await owner.page.locator('details.operation').evaluateAll((all) => all.map(({ id }) => id).sort())).toEqual(ids.sort());

    const query = owner.page.locator('#query_vectors');
    await query.getByText('POST /query').click();
    await expect(query.getByText('topK', { exact: true })).toBeVisible();
    await expect(query.getByText('whole number, 1 to 10000, required')).toBeVisible();
    await expect(query.getByText('matches[].score', { exact: true })).toBeVisible();
    await expect(query.getByText(/400, 401, 403, 404, 408, 413, 429, 500, 503/)).toBeVisible();
    await expect(owner.page.getByRole('row').filter({ hasText: 'RESOURCE_EXHAUSTED' })).toContainText('429');
  });

  test('operations are looked for by path, text and field', async ({ owner }) => {
    await owner.visit('/api-reference');
    const all = owner.page.locator('details.operation');
    await owner.fill({ 'Operation, path or field': 'post CREATE_namespace' });
    await owner.press('Show');
    await expect(owner.page).toHaveURL(/search=post/);
    await expect(all).toHaveCount(1);
    await expect(owner.page.locator('#create_namespace')).toHaveAttribute('open');
    await owner.fill({ 'Operation, path or field': 'nothing has this' });
    await owner.press('Show');
    await expect(owner.page.getByText('No operation is found')).toBeVisible();
    await owner.follow('Show all operations');
    await expect(all).not.toHaveCount(0);
    const areas = owner.page.getByRole('navigation', { name: 'Areas' });
    await expect(areas.getByRole('link', { name: 'Indexes', exact: true })).toBeVisible();
    await expect(areas.getByRole('link', { name: /service accounts/i })).toBeVisible();
  });
});

test('who is not signed in is asked to', async ({ visitor }) => {
  await visitor.visit('/api-reference');
  await expect(visitor.heading('Sign in')).toBeVisible();
});
