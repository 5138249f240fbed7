import { expect, FOUNDER, test, withAndWithoutScripts } from '../../support/test.ts';

const NEW_PASSWORD = 'copper gate over slow water';

withAndWithoutScripts(() => {
  test('changing the password keeps this session and ends the others', async ({ owner, newPerson, post }) => {
    const elsewhere = await newPerson();
    await elsewhere.signIn(FOUNDER.email, FOUNDER.password);

    await owner.visit('/account/password');
    await owner.fill({ 'Current password': FOUNDER.password, 'New password': NEW_PASSWORD });
    await owner.press('Change password');
    await expect(owner.page.getByText('Password changed. Your other sessions were signed out.')).toBeVisible();
    await owner.visit('/account');
    await owner.expectSignedIn();
    await elsewhere.expectSignedOut();

    await elsewhere.enterPassword(FOUNDER.email, FOUNDER.password);
    await elsewhere.expectAlert('E-mail or password is wrong.');
    await elsewhere.signIn(FOUNDER.email, NEW_PASSWORD);
    const notice = await post.arrival(FOUNDER.email, /password/i);
    expect(notice.text).not.toContain(NEW_PASSWORD);
  });

  test('a wrong current password and a weak new one are told at their fields', async ({ owner }) => {
    await owner.visit('/account/password');
    await owner.fill({ 'Current password': 'not mine at all', 'New password': NEW_PASSWORD });
    await owner.press('Change password');
    await owner.expectFieldError('Current password', /Current password is wrong\./);

    await owner.fill({ 'Current password': FOUNDER.password, 'New password': FOUNDER.email });
    await owner.press('Change password');
    await owner.expectFieldError('New password', /New password is too easy to guess/);
  });
});

test('the strength of a new password is told while typing', async ({ owner }) => {
  await owner.visit('/account/password');
  await owner.field('New password').pressSequentially('password1');
  await expect(owner.page.getByText(/^Too easy to guess/)).toBeVisible();
  await owner.field('New password').fill(NEW_PASSWORD);
  await expect(owner.page.getByText(/^Strong/)).toBeVisible();
  await owner.field('New password').fill('x');
  await expect(owner.page.getByText(/^Too short/)).toBeVisible();
});

test('a password can be shown and hidden', async ({ owner }) => {
  await owner.visit('/account/password');
  const field = owner.field('Current password');
  await field.fill('visible words');
  await expect(field).toHaveAttribute('type', 'password');
  await owner.button('Show password').first().click();
  await expect(field).toHaveAttribute('type', 'text');
});
