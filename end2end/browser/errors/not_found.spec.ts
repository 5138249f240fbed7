import { expect, FOUNDER, test, withAndWithoutScripts } from '../../support/test.ts';

withAndWithoutScripts(() => {
  test('an address that is no page says so, to those who are in', async ({ owner }) => {
    expect(await owner.visit('/no/such/page')).toBe(404);
    await expect(owner.heading('Not found')).toBeVisible();
    await owner.follow('Go to your projects');
    await expect(owner.heading('Projects')).toBeVisible();
  });

  test('signed out, every unknown address leads to sign-in', async ({ visitor }) => {
    await visitor.visit('/no/such/page');
    await expect(visitor.heading('Sign in')).toBeVisible();
    await visitor.enterPassword(FOUNDER.email, FOUNDER.password);
    await expect(visitor.heading('Not found')).toBeVisible();
  });
});
