import { linkIn } from '../../support/mail.ts';
import { expect, FOUNDER, test, withAndWithoutScripts } from '../../support/test.ts';

const NEW_PASSWORD = 'copper gate over slow water';

withAndWithoutScripts(() => {
  test('a mailed link sets a new password once and ends every session', async ({ owner, newPerson, post }) => {
    const forgetful = await newPerson();
    await forgetful.visit('/sign-in');
    await forgetful.follow('Forgot your password?', 'Reset your password');
    await forgetful.fill({ 'E-mail': FOUNDER.email });
    await forgetful.press('Send the link');
    await expect(forgetful.page.getByText('If an account has this address')).toBeVisible();

    const link = linkIn(await post.arrival(FOUNDER.email, /password/i));
    await forgetful.visit(link);
    await forgetful.fill({ 'New password': NEW_PASSWORD });
    await forgetful.press('Change the password');
    await expect(forgetful.page.getByText('Password changed. Sign in with the new one.')).toBeVisible();
    await owner.expectSignedOut();

    await forgetful.enterPassword(FOUNDER.email, FOUNDER.password);
    await forgetful.expectAlert('E-mail or password is wrong.');
    await forgetful.signIn(FOUNDER.email, NEW_PASSWORD);

    const late = await newPerson();
    await late.visit(link);
    await expect(late.page.getByText('This link is dead')).toBeVisible();
    await expect(late.field('New password')).toHaveCount(0);
  });

  test('an unknown address gets the same answer and no mail', async ({ newPerson, post }) => {
    const answers: string[] = [];
    for (const email of ['nobody@example.com', FOUNDER.email]) {
      const visitor = await newPerson();
      await visitor.visit('/password-reset');
      await visitor.fill({ 'E-mail': email });
      await visitor.press('Send the link');
      await expect(visitor.page.getByText('If an account has this address')).toBeVisible();
      answers.push(await visitor.page.getByRole('main').ariaSnapshot());
    }
    expect(answers[0]).toBe(answers[1]);
    await post.arrival(FOUNDER.email, /password/i);
    expect(await post.received('nobody@example.com')).toEqual([]);
  });

  test('a weak new password leaves the link alive', async ({ visitor, post }) => {
    await visitor.visit('/password-reset');
    await visitor.fill({ 'E-mail': FOUNDER.email });
    await visitor.press('Send the link');
    await visitor.visit(linkIn(await post.arrival(FOUNDER.email, /password/i)));
    await visitor.fill({ 'New password': 'password1' });
    await visitor.press('Change the password');
    await visitor.expectFieldError('New password', /too easy to guess/);
    await visitor.fill({ 'New password': NEW_PASSWORD });
    await visitor.press('Change the password');
    await expect(visitor.page.getByText('Password changed. Sign in with the new one.')).toBeVisible();
  });
});
