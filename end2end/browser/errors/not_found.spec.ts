import { expect, test, withAndWithoutScripts } from '../../support/test.ts';

withAndWithoutScripts(() => {
  test('an address that is no page says so, to those who are in', async ({ owner }) => {
    expect(await owner.visit('/no/such/page')).toBe(404);
    await expect(owner.heading('Not found')).toBeVisible();
    await owner.follow('Go to your projects', 'Projects');
  });

  test('signed out too, without a word about what there is', async ({ visitor }) => {
    expect(await visitor.visit('/no/such/page')).toBe(404);
    await expect(visitor.heading('Not found')).toBeVisible();
    await visitor.follow('Go to your projects', 'Sign in');
  });
});
