import { linkIn, type PostOffice } from '../../support/mail.ts';
import type { Person } from '../../support/person.ts';
import { expect, FOUNDER, test, withAndWithoutScripts } from '../../support/test.ts';

test.use({ signUp: 'open' });

const NOBODYS = '01900000-0000-7000-8000-000000000000';

withAndWithoutScripts(() => {
  for (const [room, name] of [
    ['projects', FOUNDER.project],
    ['organizations', FOUNDER.organization],
  ] as const) {
    test(`${room} of others are not there, just as those that never were`, async ({ owner, visitor, post }) => {
      await owner.visit('/');
      await owner.page.getByRole('main').getByRole('link', { name: FOUNDER.project }).click();
      if (room === 'organizations') await owner.page.getByRole('main').getByRole('link', { name }).click();
      await expect(owner.heading(name)).toBeVisible();
      const foreign = new URL(owner.page.url()).pathname;

      await join(visitor, post);
      const answers: string[] = [];
      for (const address of [foreign, `/${room}/${NOBODYS}`, `/${room}/nonsense`]) {
        expect(await visitor.visit(address), address).toBe(404);
        await expect(visitor.heading('Not found')).toBeVisible();
        answers.push(await visitor.page.locator('body').ariaSnapshot());
        await expect(visitor.page.getByRole('link', { name, exact: true, includeHidden: true })).toHaveCount(0);
      }
      expect(new Set(answers).size).toBe(1);
    });
  }
});

test('pages change without a load, with title, focus and menu', async ({ owner }) => {
  await owner.visit('/');
  await owner.page.evaluate(() => document.documentElement.setAttribute('data-same-load', ''));
  await owner.page.getByRole('main').getByRole('link', { name: FOUNDER.project }).click();
  await expect(owner.heading(FOUNDER.project)).toBeVisible();
  await expect(owner.page).toHaveTitle(`${FOUNDER.project} · Conifer`);
  await expect(owner.page.getByRole('main')).toBeFocused();
  await expect(owner.page.getByRole('navigation', { name: 'Breadcrumb' })).toContainText(FOUNDER.organization);

  await owner.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Account', exact: true }).click();
  await expect(owner.page).toHaveTitle('Profile · Conifer');
  await owner.page.goBack();
  await expect(owner.heading(FOUNDER.project)).toBeVisible();
  await expect(owner.page.locator('html')).toHaveAttribute('data-same-load');
});

test('on a phone, the drawer opens, leads on and closes', async ({ owner }) => {
  await owner.page.setViewportSize({ width: 360, height: 740 });
  await owner.visit('/');
  const account = owner.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Account', exact: true });
  await expect(account).toBeHidden();
  await owner.press('Open navigation');
  await account.click();
  await expect(owner.heading('Account')).toBeVisible();
  await expect(account).toBeHidden();
});

/** Makes an account in an organization of its own. */
async function join(person: Person, post: PostOffice): Promise<void> {
  const email = 'newcomer@example.com';
  await person.visit('/sign-up');
  await person.fill({ 'E-mail': email });
  await person.press('Send the link');
  await person.visit(linkIn(await post.arrival(email, /./)));
  await person.fill({
    'Your name': 'New Comer',
    Password: 'lantern beside the old mill',
    Organization: 'Southern Coast',
    'First project': 'Archive',
  });
  await person.press('Make the account');
  await person.expectSignedIn();
}
