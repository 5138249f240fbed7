import { tabTo } from '../../support/keyboard.ts';
import { expect, FOUNDER, test, withAndWithoutScripts } from '../../support/test.ts';

withAndWithoutScripts(() => {
  test('signs in, and out again', async ({ visitor }) => {
    await visitor.signIn(FOUNDER.email, FOUNDER.password);
    await visitor.signOut();
    await expect(visitor.page.getByText('You are signed out.')).toBeVisible();
    await visitor.expectSignedOut();
  });

  test('a wrong password and an unknown address get the same answer', async ({ newPerson }) => {
    const answers: string[] = [];
    for (const email of [FOUNDER.email, 'nobody@example.com']) {
      const visitor = await newPerson();
      await visitor.enterPassword(email, 'not the password of anybody');
      await visitor.expectAlert('E-mail or password is wrong.');
      answers.push((await visitor.page.getByRole('main').ariaSnapshot()).replace(email, ''));
      await expect(visitor.userMenu()).toHaveCount(0);
    }
    expect(answers[0]).toBe(answers[1]);
  });

  test('a deep link leads through sign-in and back', async ({ visitor }) => {
    await visitor.visit('/account/sessions');
    await expect(visitor.page).toHaveURL(/\/sign-in\?next=%2Faccount%2Fsessions$/);
    await visitor.enterPassword(FOUNDER.email, FOUNDER.password);
    await expect(visitor.page).toHaveURL(/\/account\/sessions$/);
    await visitor.expectSignedIn();
  });

  test('the way back never leaves the house', async ({ visitor, server }) => {
    await visitor.visit('/sign-in?next=//example.com/');
    await visitor.enterPassword(FOUNDER.email, FOUNDER.password);
    await visitor.expectSignedIn();
    expect(visitor.page.url()).toBe(`${server.url.replace(/\/$/, '')}/`);
  });
});

test('by keyboard alone, with the focus in sight', async ({ visitor }) => {
  await visitor.visit('/sign-in');
  const { keyboard } = visitor.page;
  await tabTo(visitor.page, visitor.field('E-mail'));
  await keyboard.type(FOUNDER.email);
  await tabTo(visitor.page, visitor.field('Password'));
  await keyboard.type(FOUNDER.password);
  await tabTo(visitor.page, visitor.button('Sign in'));
  await keyboard.press('Enter');
  await visitor.expectSignedIn();
});

test('many wrong passwords slow down, and say for how long', async ({ visitor }) => {
  await visitor.visit('/sign-in');
  const slowed = visitor.page.getByRole('alert').filter({ hasText: /^Too many tries\. Wait .+ and try again\.$/ });
  await expect(async () => {
    await visitor.enterPassword(FOUNDER.email, 'not the password of anybody');
    await expect(slowed).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
});
