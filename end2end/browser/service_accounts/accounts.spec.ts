import { join, row, toOrganization } from '../../support/people.ts';
import type { Person } from '../../support/person.ts';
import { createServiceAccount, type Secret, toldSecret } from '../../support/service_accounts.ts';
import { expect, FOUNDER, test, withAndWithoutScripts } from '../../support/test.ts';

const SECRET = /^cfsa_[0-9a-f]{64}$/;
const TABLE = 'Service accounts';

withAndWithoutScripts(() => {
  test('id and secret are shown once, with programs that work', async ({ owner }) => {
    const organization = await toOrganization(owner);
    await owner.follow('Service accounts', 'Service accounts');
    await expect(owner.page.getByText('No service accounts yet')).toBeVisible();
    const told = await createServiceAccount(owner, organization, 'Deploy', 'Member', {
      name: FOUNDER.project.toLowerCase(),
      role: 'User',
    });
    expect(told.secret).toMatch(SECRET);
    expect(owner.page.url()).not.toContain('cfsa_');
    for (const language of ['Python', 'curl', 'Environment']) {
      await owner.page.getByText(language, { exact: true }).click();
      const program = owner.page.getByRole('region', { name: `${language} program` });
      await expect(program).toContainText(told.secret);
      await expect(program).toContainText(told.id);
    }
    expect((await token(owner, told)).status()).toBe(200);
    await owner.press('I have it');
    await expect(owner.page.getByText('The secret is no longer shown.')).toBeVisible();
    await expect(owner.page.getByText(told.secret)).toHaveCount(0);

    await owner.visit(`${organization}/service-accounts`);
    const deploy = row(owner, TABLE, 'Deploy');
    await expect(deploy).toContainText(told.id);
    await expect(deploy).toContainText(`Member`);
    await expect(deploy).toContainText(`${FOUNDER.project} (User)`);
    await expect(deploy).toContainText('127.0.0.1');
    await owner.visit(`${organization}/service-accounts?search=nobody`);
    await expect(owner.page.getByText('No service account is found')).toBeVisible();
  });

  test('wrong input is told at its field', async ({ owner }) => {
    const organization = await toOrganization(owner);
    await createServiceAccount(owner, organization, 'Deploy', 'Manager');
    await owner.visit(`${organization}/service-accounts`);
    await owner.press('New service account');
    const dialog = owner.page.getByRole('dialog', { name: 'New service account' });
    await dialog.getByLabel('Name', { exact: true }).fill('DEPLOY');
    await dialog.getByRole('button', { name: 'Create service account' }).click();
    await owner.expectFieldError('Name', /Service account name is taken already/);
    await dialog.getByLabel('Name', { exact: true }).fill('Other');
    await dialog.getByLabel('Project (optional)', { exact: true }).fill('No such project');
    await dialog.getByRole('button', { name: 'Create service account' }).click();
    await owner.expectFieldError('Project (optional)', /Project name is not one of the choices/);
    await owner.visit(`${organization}/service-accounts`);
    await expect(row(owner, TABLE, 'Other')).toHaveCount(0);
  });

  test('roles are given and taken on its page', async ({ owner }) => {
    const organization = await toOrganization(owner);
    await createServiceAccount(owner, organization, 'Deploy', 'Member');
    await owner.field('Role in the organization').selectOption({ label: 'None: it only enters projects' });
    await owner.press('Save role');
    await expect(owner.page.getByText('Its roles changed')).toBeVisible();
    await owner.fill({ Project: FOUNDER.project });
    await owner.press('Add to project');
    await expect(row(owner, 'Projects', FOUNDER.project)).toHaveCount(1);
    await owner.awake();
    await owner.field(`Role in ${FOUNDER.project}`).selectOption({ label: 'Owner' });
    await owner.press(`Save the role in ${FOUNDER.project}`);
    await expect(owner.field(`Role in ${FOUNDER.project}`)).toHaveValue('owner');
    await owner.visit(`${organization}/service-accounts`);
    await expect(row(owner, TABLE, 'Deploy')).toContainText(`${FOUNDER.project} (Owner)`);
    await expect(row(owner, TABLE, 'Deploy')).toContainText('None');

    await owner.follow('Deploy', 'Deploy');
    await owner.press(`Remove from ${FOUNDER.project}`);
    await expect(owner.page.getByText('It enters no project by a role of its own.')).toBeVisible();
  });

  test('it is renamed, rotated, disabled, enabled and deleted', async ({ owner }) => {
    const organization = await toOrganization(owner);
    const first = await createServiceAccount(owner, organization, 'Old', 'Owner');
    await owner.fill({ Name: 'New' });
    await owner.press('Save name');
    await expect(owner.heading('New')).toBeVisible();

    await owner.press('Make a new secret');
    const ask = owner.page.getByRole('dialog', { name: 'A new secret for New?' });
    await ask.getByRole('button', { name: 'Make a new secret' }).click();
    await expect(owner.page.getByText('A new secret is made.')).toBeVisible();
    await expect(owner.page.getByRole('region', { name: 'Client secret' })).not.toContainText(first.secret);
    const second = await toldSecret(owner);
    expect(second.id).toBe(first.id);
    expect((await token(owner, first)).status()).toBe(401);
    expect((await token(owner, second)).status()).toBe(200);

    await owner.press('Disable');
    await expect(owner.page.getByText('Disabled. Its tokens ended at once.')).toBeVisible();
    await expect(owner.button('Enable')).toBeVisible();
    expect((await token(owner, second)).status()).toBe(401);
    await owner.press('Enable');
    await expect(owner.page.getByText('Enabled. It gets tokens again.')).toBeVisible();
    expect((await token(owner, second)).status()).toBe(200);

    await owner.press('Delete service account');
    const dialog = owner.page.getByRole('dialog', { name: 'Delete New?' });
    await dialog.getByLabel('Type New to confirm').fill('New');
    await dialog.getByRole('button', { name: 'Delete service account' }).click();
    await expect(owner.page.getByText('Service account deleted.')).toBeVisible();
    await expect(owner.page.getByText('No service accounts yet')).toBeVisible();
    expect((await token(owner, second)).status()).toBe(401);
  });

  test('the log and the lists of members show it as what it is', async ({ owner }) => {
    const organization = await toOrganization(owner);
    const project = { name: FOUNDER.project, role: 'User' };
    const told = await createServiceAccount(owner, organization, 'Deploy', 'Manager', project);
    expect((await token(owner, told)).status()).toBe(200);
    await owner.follow('What it did', 'Audit log');
    await expect(owner.page.getByText('Only by Service account Deploy')).toBeVisible();
    const entry = row(owner, 'Entries', 'Service account Deploy');
    await expect(entry).toContainText('Got a token');
    await owner.visit(`${organization}/members`);
    await expect(row(owner, TABLE, 'Deploy')).toContainText('Manager');
    await row(owner, TABLE, 'Deploy').getByRole('link', { name: 'Deploy' }).click();
    await expect(owner.heading('Deploy')).toBeVisible();
    await owner.follow(FOUNDER.project, FOUNDER.project);
    await owner.visit(`${new URL(owner.page.url()).pathname}/members`);
    await expect(row(owner, TABLE, 'Deploy')).toContainText('User');
  });

  test('managers see them and why they cannot change them, members see none', async ({ owner, newPerson, post }) => {
    const organization = await toOrganization(owner);
    await createServiceAccount(owner, organization, 'Deploy', 'Member');
    const account = new URL(owner.page.url()).pathname;
    const manager = await join(owner, post, newPerson, organization, 'Bob', 'Manager');
    await manager.visit(`${organization}/service-accounts`);
    await expect(row(manager, TABLE, 'Deploy')).toHaveCount(1);
    const why = /You may not create service accounts\. Owners of this organization/;
    await expect(manager.button('New service account')).toHaveAccessibleDescription(why);
    await manager.visit(account);
    const refused = ['Save role', 'Add to project', 'Make a new secret', 'Disable', 'Save name', 'Delete service account'];
    for (const button of refused) await expect(manager.button(button)).toHaveAttribute('aria-disabled', 'true');
    await expect(manager.page.getByRole('region', { name: 'Client secret' })).toHaveCount(0);

    const member = await join(owner, post, newPerson, organization, 'Carol', 'Member');
    await member.visit(organization);
    await expect(member.page.getByRole('link', { name: 'Service accounts' })).toHaveAttribute('aria-disabled', 'true');
    expect(await member.visit(`${organization}/service-accounts`)).toBe(403);
  });
});

/** Asks for a token as the program would. */
function token(owner: Person, { id, secret }: Secret) {
  const form = { grant_type: 'client_credentials', client_id: id, client_secret: secret };
  return owner.page.request.post(`${owner.server.apiUrl}/oauth/token`, { form });
}
