import { expect, FOUNDER, test } from '../../support/test.ts';

test('after signing out, the way back shows nothing of the account', async ({ owner }) => {
  await owner.visit('/account');
  await expect(owner.page.getByText(FOUNDER.email).first()).toBeAttached();
  await owner.signOut();
  await expect(owner.heading('Sign in')).toBeVisible();
  await owner.page.goBack();
  await expect(owner.heading('Sign in')).toBeVisible();
  await expect(owner.page.getByText(FOUNDER.email)).toHaveCount(0);
});
