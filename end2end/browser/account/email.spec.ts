import { linkIn } from '../../support/mail.ts';
import { expect, FOUNDER, test, withAndWithoutScripts } from '../../support/test.ts';

const NEW_EMAIL = 'elsewhere@example.com';

withAndWithoutScripts(() => {
  test('a new address counts once it confirms', async ({ owner, newPerson, post }) => {
    await owner.visit('/account');
    await owner.fill({ 'New address': NEW_EMAIL, 'Current password': FOUNDER.password });
    await owner.press('Change address');
    await expect(owner.page.getByText('It counts once you open the link.')).toBeVisible();
    await expect(owner.page.getByText('Waiting for confirmation')).toBeVisible();
    await post.arrival(FOUNDER.email, /address|e-mail/i);

    const before = await newPerson();
    await before.enterPassword(NEW_EMAIL, FOUNDER.password);
    await before.expectAlert('E-mail or password is wrong.');

    const link = linkIn(await post.arrival(NEW_EMAIL, /./));
    await owner.visit(link);
    await expect(owner.page.getByText(NEW_EMAIL)).toBeVisible();
    await owner.press('Confirm');
    await expect(owner.page.getByText('E-mail address changed.')).toBeVisible();
    await expect(owner.page.getByText('Waiting for confirmation')).toHaveCount(0);

    const after = await newPerson();
    await after.signIn(NEW_EMAIL, FOUNDER.password);
    await after.visit(link);
    await expect(after.heading('This link is dead')).toBeVisible();
  });

  test('a change that was called off does not happen', async ({ owner, visitor, post }) => {
    await owner.visit('/account');
    await owner.fill({ 'New address': NEW_EMAIL, 'Current password': FOUNDER.password });
    await owner.press('Change address');
    await owner.press('Call off the change');
    await expect(owner.page.getByText('The change of address was called off.')).toBeVisible();
    await visitor.visit(linkIn(await post.arrival(NEW_EMAIL, /./)));
    await expect(visitor.heading('This link is dead')).toBeVisible();
  });

  test('the name can be changed', async ({ owner }) => {
    await owner.visit('/account');
    await owner.fill({ Name: 'Keeper of the Grove' });
    await owner.press('Save name');
    await expect(owner.page.getByText('Profile saved.')).toBeVisible();
    await owner.visit('/account');
    await expect(owner.field('Name')).toHaveValue('Keeper of the Grove');
    await owner.userMenu().click();
    await expect(owner.page.getByText('Keeper of the Grove')).toBeVisible();
  });

  test('an address that is none and a wrong password are told at their fields', async ({ owner }) => {
    await owner.visit('/account');
    await owner.fill({ 'New address': 'nobody@nowhere@example.com', 'Current password': FOUNDER.password });
    await owner.page.getByRole('main').locator('form').evaluateAll((forms: HTMLFormElement[]) => {
      for (const form of forms) form.noValidate = true;
    });
    await owner.press('Change address');
    await owner.expectFieldError('New address', /not an address/);
    await owner.fill({ 'New address': NEW_EMAIL, 'Current password': 'not mine at all' });
    await owner.press('Change address');
    await owner.expectFieldError('Current password', /wrong/);
  });
});
