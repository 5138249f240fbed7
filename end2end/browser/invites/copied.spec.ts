import { linkIn } from '../../support/mail.ts';
import type { Person } from '../../support/person.ts';
import { acceptAsNew, invite, PASSWORD, row, toOrganization, toProject } from '../../support/people.ts';
import { expect, FOUNDER, test, withAndWithoutScripts } from '../../support/test.ts';

const BOB = 'bob@example.com';
const OWN_PASSWORD = 'copper kettle under the stairs';

withAndWithoutScripts(() => {
  test('an account by a copied link waits for its address to be confirmed', async ({ owner, visitor, post }) => {
    const project = await toProject(owner);
    await invite(owner, post, project, BOB, 'User');
    await acceptAsNew(visitor, await copyLink(owner, BOB), 'Bob');
    await owner.visit(`${project}/members`);
    await expect(row(owner, 'Members', BOB)).toContainText('Unconfirmed address');

    await visitor.visit('/account');
    await expect(visitor.page.getByText('Your address is not confirmed')).toBeVisible();
    await visitor.press('Mail the link');
    await expect(visitor.page.getByText('A mail with a link went to your address.')).toBeVisible();
    const link = linkIn(await post.arrival(BOB, /confirm/i));
    await owner.visit(link);
    await owner.press('Confirm');
    await owner.expectAlert('This link was used already or is too old.');

    await visitor.visit(link);
    await expect(visitor.page.getByText(BOB)).toBeVisible();
    await visitor.press('Confirm');
    await expect(visitor.page.getByText('Your address is confirmed.')).toBeVisible();
    await expect(visitor.page.getByText('Your address is not confirmed')).toHaveCount(0);
    await owner.visit(`${project}/members`);
    await expect(row(owner, 'Members', BOB)).not.toContainText('Unconfirmed address');
  });

  test('nobody keeps an address before its owner comes', async ({ owner, visitor, newPerson, post }) => {
    const project = await toProject(owner);
    const organization = await toOrganization(owner);
    await invite(owner, post, project, BOB, 'User');
    const mallory = visitor;
    await acceptAsNew(mallory, await copyLink(owner, BOB), 'Mallory');

    // The owner of the address knows of no account, and reads a mail of another invite.
    const bob = await newPerson();
    await owner.visit(`${project}/members`);
    await owner.press('Remove Mallory');
    await owner.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await expect(owner.page.getByText('Removed.')).toBeVisible();
    const link = await invite(owner, post, project, BOB, 'User');
    await acceptAsNew(bob, link, 'Bob', OWN_PASSWORD);
    await expect(bob.heading(FOUNDER.project)).toBeVisible();

    await mallory.expectSignedOut();
    await mallory.enterPassword(BOB, PASSWORD);
    await mallory.expectAlert('E-mail or password is wrong.');
    await owner.visit(`${organization}/members`);
    await expect(row(owner, 'Members', BOB)).toContainText('Bob');
    await expect(row(owner, 'Members', BOB)).not.toContainText('Unconfirmed address');
    await expect(row(owner, 'Members', 'Mallory')).toHaveCount(0);
  });
});

/** The link of an invite on the page that is open. */
async function copyLink(owner: Person, email: string): Promise<string> {
  await owner.press(`Get link for ${email}`);
  return (await owner.page.getByRole('region', { name: 'Invitation link' }).innerText()).trim();
}
