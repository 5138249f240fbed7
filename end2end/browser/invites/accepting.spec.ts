import { acceptAsNew, addressOf, invite, join, PASSWORD, row, toOrganization, toProject } from '../../support/people.ts';
import { expect, FOUNDER, test, withAndWithoutScripts } from '../../support/test.ts';

const BOB = 'bob@example.com';

withAndWithoutScripts(() => {
  test('somebody new is in by one form', async ({ owner, visitor, newPerson, post }) => {
    const project = await toProject(owner);
    const link = await invite(owner, post, project, BOB, 'User');
    await visitor.visit(link);
    for (const text of [FOUNDER.organization, FOUNDER.project, 'User']) {
      await expect(visitor.page.getByRole('definition').filter({ hasText: text }).first()).toBeVisible();
    }
    await visitor.fill({ 'Your name': 'Bob', Password: 'password1' });
    await visitor.press('Accept and make the account');
    await visitor.expectFieldError('Password', /too easy/);
    await acceptAsNew(visitor, link, 'Bob');
    await expect(visitor.heading(FOUNDER.project)).toBeVisible();

    await owner.visit(`${project}/invites`);
    await expect(row(owner, 'Invites', BOB)).toContainText('Accepted');
    await owner.visit(`${await toOrganization(owner)}/members`);
    await expect(row(owner, 'Members', BOB)).toContainText('Member');
    await expect(row(owner, 'Members', BOB)).not.toContainText('Unconfirmed');

    const late = await newPerson();
    await late.visit(link);
    await expect(late.page.getByText('This invitation is dead')).toBeVisible();
  });

  test('somebody known signs in, comes back and accepts', async ({ owner, newPerson, post }) => {
    const project = await toProject(owner);
    const organization = await toOrganization(owner);
    const bob = await join(owner, post, newPerson, organization, 'Bob', 'Member');
    const link = await invite(owner, post, project, BOB, 'Owner');
    const elsewhere = await newPerson();
    await elsewhere.visit(link);
    await elsewhere.follow('Sign in to accept', 'Sign in');
    await elsewhere.fill({ 'E-mail': BOB, Password: PASSWORD });
    await elsewhere.press('Sign in');
    await elsewhere.press('Accept');
    await expect(elsewhere.page.getByText('Welcome. You are in.')).toBeVisible();
    await expect(elsewhere.heading(FOUNDER.project)).toBeVisible();
    await bob.visit(project);
    await expect(bob.heading(FOUNDER.project)).toBeVisible();
  });

  test('who is signed in with another address is told so', async ({ owner, post }) => {
    const project = await toProject(owner);
    const link = await invite(owner, post, project, BOB, 'User');
    await owner.visit(link);
    await expect(owner.page.getByText('This invitation is for somebody else')).toBeVisible();
    await expect(owner.page.getByText(FOUNDER.email)).toBeVisible();
    await expect(owner.button('Accept')).toHaveCount(0);
    await owner.press('Sign out and come back');
    await expect(owner.field('Your name')).toBeVisible();
    await expect(owner.page.getByText('You are signed out.')).toBeVisible();
    await acceptAsNew(owner, link, 'Bob');
  });

  test('a revoked link is dead', async ({ owner, visitor, post }) => {
    const project = await toProject(owner);
    const link = await invite(owner, post, project, BOB, 'User');
    await visitor.visit(link);
    await owner.press(`Revoke the invite of ${BOB}`);
    await owner.page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await expect(owner.page.getByText('Invite revoked.')).toBeVisible();

    await visitor.fill({ 'Your name': 'Bob', Password: PASSWORD });
    await visitor.press('Accept and make the account');
    if (visitor.hasScripts) await visitor.expectAlert('This link was used already or is too old.');
    await visitor.visit(link);
    await expect(visitor.page.getByText('This invitation is dead')).toBeVisible();
  });

  test('an inviter who lost the right invites nobody', async ({ owner, newPerson, visitor, post }) => {
    const project = await toProject(owner);
    const cyd = await join(owner, post, newPerson, project, 'Cyd', 'Owner');
    const link = await invite(cyd, post, project, BOB, 'User');
    await owner.visit(`${project}/members`);
    await owner.field('Role of Cyd').selectOption('user');
    await owner.press('Save the role of Cyd');
    await expect(owner.page.getByText('Role changed.')).toBeVisible();
    await visitor.visit(link);
    await visitor.fill({ 'Your name': 'Bob', Password: PASSWORD });
    await visitor.press('Accept and make the account');
    await visitor.expectAlert('Whoever invited you may no longer do so.');
    await owner.visit(`${project}/members`);
    await expect(row(owner, 'Members', addressOf('Bob'))).toHaveCount(0);
  });
});
