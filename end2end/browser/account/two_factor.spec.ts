import type { Person } from '../../support/person.ts';
import { expect, FOUNDER, test, withAndWithoutScripts } from '../../support/test.ts';
import { nextTotp, totp } from '../../support/totp.ts';
import { enterCode, shownRecoveryCodes, shownSecret, turnOn, turnOnTwoFactor } from '../../support/two_factor.ts';

withAndWithoutScripts(() => {
  test('from on to off: by the app, by a recovery code once, and by the password', async ({ owner, newPerson }) => {
    const { secret, codes } = await turnOnTwoFactor(owner);
    expect(codes.length).toBeGreaterThanOrEqual(8);

    const byApp = await newPerson();
    await byApp.enterPassword(FOUNDER.email, FOUNDER.password);
    await expect(byApp.heading('Two-factor sign-in')).toBeVisible();
    await enterCode(byApp, '000000');
    await byApp.expectFieldError('Code', /wrong/);
    await enterCode(byApp, nextTotp(secret));
    await byApp.expectSignedIn();

    const [recovery = ''] = codes;
    const byRecovery = await newPerson();
    await enterRecoveryCode(byRecovery, recovery);
    await byRecovery.expectSignedIn();
    await byRecovery.visit('/account/two-factor');
    await expect(byRecovery.page.getByText(String(codes.length - 1), { exact: true })).toBeVisible();

    const again = await newPerson();
    await enterRecoveryCode(again, recovery);
    await again.expectFieldError('Recovery code', /wrong/);
    await again.expectSignedOut();

    await owner.visit('/account/two-factor');
    await owner.page.locator('#turn-off-password').fill(FOUNDER.password);
    await owner.press('Turn off');
    await expect(owner.page.getByText('Two-factor sign-in is off.')).toBeVisible();
    await again.signIn(FOUNDER.email, FOUNDER.password);
  });

  test('a password alone opens nothing while the code is awaited', async ({ owner, visitor }) => {
    await turnOnTwoFactor(owner);
    await visitor.enterPassword(FOUNDER.email, FOUNDER.password);
    await expect(visitor.heading('Two-factor sign-in')).toBeVisible();
    await visitor.expectSignedOut();
    await visitor.visit('/sign-in/second-factor');
    await visitor.press('Cancel');
    await expect(visitor.heading('Sign in')).toBeVisible();
  });

  test('a deep link survives the second factor', async ({ owner, visitor }) => {
    const { secret } = await turnOnTwoFactor(owner);
    await visitor.visit('/account/password');
    await visitor.enterPassword(FOUNDER.email, FOUNDER.password);
    await enterCode(visitor, nextTotp(secret));
    await expect(visitor.page).toHaveURL(/\/account\/password$/);
    await visitor.expectSignedIn();
  });

  test('a wrong code turns nothing on, and the secret waits', async ({ owner }) => {
    await owner.visit('/account/two-factor/set-up');
    await expect(owner.page.getByRole('img', { name: 'QR code' })).toBeVisible();
    const secret = await shownSecret(owner);
    await turnOn(owner, '000000');
    await owner.expectFieldError('Code', /wrong/);
    await owner.visit('/account/two-factor/set-up');
    expect(await shownSecret(owner)).toBe(secret);
    await turnOn(owner, totp(secret));
    await expect(owner.page.getByText('Two-factor sign-in is on.')).toBeVisible();
  });

  test('new recovery codes take the place of the old', async ({ owner, newPerson }) => {
    const { codes } = await turnOnTwoFactor(owner);
    await owner.press('I have kept them');
    await expect(owner.page.getByRole('region', { name: 'Recovery codes' })).toHaveCount(0);
    await owner.page.locator('#new-codes-password').fill(FOUNDER.password);
    await owner.press('Make new codes');
    const fresh = await shownRecoveryCodes(owner);
    expect(fresh.filter((code) => codes.includes(code))).toEqual([]);

    const visitor = await newPerson();
    await enterRecoveryCode(visitor, codes[0] ?? '');
    await visitor.expectFieldError('Recovery code', /wrong/);
    await visitor.fill({ 'Recovery code': fresh[0] ?? '' });
    await visitor.press('Sign in');
    await visitor.expectSignedIn();
  });
});

async function enterRecoveryCode(person: Person, code: string): Promise<void> {
  await person.visit('/sign-in');
  await person.enterPassword(FOUNDER.email, FOUNDER.password);
  await expect(person.heading('Two-factor sign-in')).toBeVisible();
  await person.follow('Use a recovery code');
  await person.fill({ 'Recovery code': code });
  await person.press('Sign in');
}

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('what only a script can do is not offered', async ({ owner }) => {
    await owner.visit('/account/two-factor/set-up');
    await expect(owner.page.getByRole('img', { name: 'QR code' })).toBeVisible();
    await expect(owner.button('Copy secret')).toBeHidden();
    await owner.visit('/account/password');
    await expect(owner.field('New password')).toBeVisible();
    for (const eye of await owner.button('Show password').all()) await expect(eye).toBeHidden();
  });
});
