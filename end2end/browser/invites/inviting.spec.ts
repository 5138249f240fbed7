import { invite, row, sendInvites, toOrganization, toProject } from '../../support/people.ts';
import { expect, FOUNDER, test, withAndWithoutScripts } from '../../support/test.ts';

withAndWithoutScripts(() => {
  test('several addresses are invited at once', async ({ owner, post }) => {
    const project = await toProject(owner);
    await owner.visit(`${project}/invites`);
    await expect(owner.page.getByText('No invites yet')).toBeVisible();
    await sendInvites(owner, project, 'bob@example.com, cyd@example.com\ndee@example.com', 'Owner');
    await expect(owner.page.getByText('Invited. The list says')).toBeVisible();
    for (const name of ['bob', 'cyd', 'dee']) {
      await expect(row(owner, 'Invites', `${name}@example.com`)).toContainText(/Owner.*Pending.*Expires/);
      const mail = await post.arrival(`${name}@example.com`, /invited/);
      expect(mail.text).toContain(FOUNDER.organization);
      expect(mail.text).toContain('Your role: Owner');
    }
    await expect(owner.field('E-mail addresses')).toHaveValue('');
  });

  test('one bad address is named, and nobody is invited', async ({ owner, post }) => {
    const project = await toProject(owner);
    const typed = 'bob@example.com, not-an-address cyd@example.com';
    await sendInvites(owner, project, typed, 'User');
    await owner.expectFieldError('E-mail addresses', /Number 2, not-an-address, is not an address/);
    await expect(owner.field('E-mail addresses')).toHaveValue(typed);
    await expect(owner.page.getByText('No invites yet')).toBeVisible();

    await sendInvites(owner, project, `bob@example.com ${FOUNDER.email}`, 'User');
    await owner.expectFieldError('E-mail addresses', /Number 2, owner@example.com, belongs to a member already/);
    await invite(owner, post, project, 'bob@example.com', 'User');
    await sendInvites(owner, project, 'BOB@example.com', 'User');
    await owner.expectFieldError('E-mail addresses', /Number 1, BOB@example.com, is invited already/);
    expect(await post.received('cyd@example.com')).toEqual([]);
  });

  test('sending again is limited, and says how long', async ({ owner, post }) => {
    const organization = await toOrganization(owner);
    await invite(owner, post, organization, 'bob@example.com', 'Manager');
    await owner.press('Resend to bob@example.com');
    await owner.expectAlert(/Too many tries\. Wait \d+ seconds and try again\./);
    expect(await post.received('bob@example.com')).toHaveLength(1);
  });

  test('invites are found by address and state', async ({ owner, post }) => {
    const project = await toProject(owner);
    for (const name of ['bob', 'cyd']) await invite(owner, post, project, `${name}@example.com`, 'User');
    await owner.press('Revoke the invite of cyd@example.com');
    await owner.page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await expect(owner.page.getByText('Invite revoked. Its links are dead.')).toBeVisible();
    await expect(row(owner, 'Invites', 'cyd@example.com')).toContainText('Revoked');
    await expect(row(owner, 'Invites', 'cyd@example.com').getByRole('button')).toHaveCount(0);

    await owner.field('State').selectOption('Pending');
    await owner.press('Show');
    await expect(row(owner, 'Invites', 'cyd@example.com')).toHaveCount(0);
    await expect(row(owner, 'Invites', 'bob@example.com')).toHaveCount(1);
    await expect(owner.field('State')).toHaveValue('pending');

    await owner.fill({ 'E-mail': 'cyd' });
    await owner.press('Show');
    await expect(owner.page.getByText('No invite is found')).toBeVisible();
  });

  test('a copied link is shown once, outside of every address', async ({ owner, newPerson, post }) => {
    const project = await toProject(owner);
    await invite(owner, post, project, 'bob@example.com', 'User');
    await owner.press('Get link for bob@example.com');
    const link = await owner.page.getByRole('region', { name: 'Invitation link' }).innerText();
    expect(link.trim()).toMatch(/\/invite\?token=[0-9a-f]{64}$/);
    expect(owner.page.url()).not.toContain('token');
    const other = await newPerson();
    await other.signIn(FOUNDER.email, FOUNDER.password);
    await other.visit(`${project}/invites`);
    await expect(other.page.getByRole('region', { name: 'Invitation link' })).toHaveCount(0);

    await owner.press('I have it');
    await expect(owner.page.getByText('The link is no longer shown.')).toBeVisible();
    await expect(owner.page.getByRole('region', { name: 'Invitation link' })).toHaveCount(0);
    await other.visit(link.trim());
    await expect(other.page.getByText('This invitation is for somebody else')).toBeVisible();
  });
});
