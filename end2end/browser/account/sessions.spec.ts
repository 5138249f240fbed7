import type { Person } from '../../support/person.ts';
import { expect, FOUNDER, test, withAndWithoutScripts } from '../../support/test.ts';

withAndWithoutScripts(() => {
  test('a session that was ended elsewhere is out at its next request', async ({ owner, newPerson }) => {
    const other = await newPerson();
    await other.signIn(FOUNDER.email, FOUNDER.password);

    await owner.visit('/account/sessions');
    await expect(rows(owner)).toHaveCount(2);
    await expect(rows(owner).filter({ hasText: 'This browser' })).toHaveCount(1);
    await expect(rows(owner).filter({ hasText: '127.0.0.1' })).toHaveCount(2);
    const theirs = rows(owner).filter({ hasNotText: 'This browser' });
    await theirs.getByRole('button', { name: /^End/ }).click();
    await expect(owner.page.getByText('Session ended.')).toBeVisible();
    await expect(rows(owner)).toHaveCount(1);

    await other.expectSignedOut();
    await owner.visit('/account');
    await owner.expectSignedIn();
  });

  test('all other sessions end at once', async ({ owner, newPerson }) => {
    const others = [await newPerson(), await newPerson()];
    for (const other of others) await other.signIn(FOUNDER.email, FOUNDER.password);

    await owner.visit('/account/sessions');
    await expect(rows(owner)).toHaveCount(3);
    await owner.press('End all others');
    const dialog = owner.page.getByRole('dialog', { name: 'End all other sessions?' });
    await dialog.getByRole('button', { name: 'End all others' }).click();
    await expect(owner.page.getByText('All other sessions ended.')).toBeVisible();
    await expect(dialog).toBeHidden();
    await expect(rows(owner)).toHaveCount(1);
    for (const other of others) await other.expectSignedOut();
  });
});

test('an open page of an ended session leads through sign-in and back', async ({ owner, newPerson }) => {
  const other = await newPerson();
  await other.signIn(FOUNDER.email, FOUNDER.password);
  await other.visit('/account/password');
  await owner.visit('/account/sessions');
  await rows(owner).filter({ hasNotText: 'This browser' }).getByRole('button', { name: /^End/ }).click();
  await expect(rows(owner)).toHaveCount(1);

  await other.follow('Two-factor');
  await expect(other.heading('Sign in')).toBeVisible();
  await other.enterPassword(FOUNDER.email, FOUNDER.password);
  await expect(other.heading('Account')).toBeVisible();
  await other.expectSignedIn();
});

function rows(person: Person) {
  const table = person.page.getByRole('table', { name: 'Sessions' });
  return table.getByRole('row').filter({ has: person.page.getByRole('cell') });
}
