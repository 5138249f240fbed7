import { linkIn } from '../../support/mail.ts';
import { expect, FOUNDER, test, withAndWithoutScripts } from '../../support/test.ts';

const EMAIL = 'newcomer@example.com';
const ACCOUNT = {
  'Your name': 'New Comer',
  Password: 'lantern beside the old mill',
  Organization: 'Southern Coast',
  'First project': 'Archive',
};

test.describe('open to all', () => {
  test.use({ signUp: 'open' });

  withAndWithoutScripts(() => {
    test('a mailed link makes an account once', async ({ visitor, newPerson, post }) => {
      await visitor.visit('/sign-in');
      await visitor.follow('Make an account', 'Make an account');
      await visitor.fill({ 'E-mail': EMAIL });
      await visitor.press('Send the link');
      await expect(visitor.page.getByText('A mail with a link to finish is on its way.')).toBeVisible();

      const link = linkIn(await post.arrival(EMAIL, /./));
      await visitor.visit(link);
      await visitor.fill(ACCOUNT);
      await visitor.press('Make the account');
      await visitor.expectSignedIn();
      await expect(visitor.page.getByRole('main').getByRole('link', { name: 'Archive' })).toBeVisible();
      await expect(visitor.page.getByText(FOUNDER.organization)).toHaveCount(0);

      const late = await newPerson();
      await late.visit(link);
      await expect(late.page.getByText('This link is dead')).toBeVisible();
    });

    test('who has an account is told so by mail alone', async ({ newPerson, post }) => {
      const answers: string[] = [];
      for (const email of [EMAIL, FOUNDER.email]) {
        const visitor = await newPerson();
        await visitor.visit('/sign-up');
        await visitor.fill({ 'E-mail': email });
        await visitor.press('Send the link');
        await expect(visitor.page.getByText('A mail with a link to finish is on its way.')).toBeVisible();
        answers.push(await visitor.page.getByRole('main').ariaSnapshot());
      }
      expect(answers[0]).toBe(answers[1]);
      const mail = await post.arrival(FOUNDER.email, /./);
      expect(mail.text).toContain('already');
      expect(mail.text).not.toContain('token=');
    });
  });
});

test('by invitation, the page says so and the sign-in page does not ask in', async ({ visitor }) => {
  await visitor.visit('/sign-in');
  await expect(visitor.page.getByRole('link', { name: 'Make an account' })).toHaveCount(0);
  await visitor.visit('/sign-up');
  await expect(visitor.page.getByText('By invitation', { exact: true })).toBeVisible();
  await expect(visitor.field('E-mail')).toHaveCount(0);
});
