import { createKey } from '../../support/api_keys.ts';
import { join, row, toProject } from '../../support/people.ts';
import { expect, test, withAndWithoutScripts } from '../../support/test.ts';

const INDEXES = 'Only these indexes (optional)';
const SECRET = /^pcsk_[0-9A-Za-z]{10}_[0-9A-Za-z]{38}$/;

withAndWithoutScripts(() => {
  test('a secret is shown once, with programs to paste', async ({ owner }) => {
    const project = await toProject(owner);
    await owner.visit(`${project}/api-keys`);
    await expect(row(owner, 'API keys', 'Search service')).toHaveCount(0);
    const secret = await createKey(owner, project, 'Search service');
    expect(secret).toMatch(SECRET);
    expect(owner.page.url()).not.toContain('pcsk_');
    for (const language of ['Python', 'TypeScript', 'Go', 'curl']) {
      await owner.page.getByText(language, { exact: true }).click();
      const program = owner.page.getByRole('region', { name: `${language} program` });
      await expect(program).toContainText(secret);
      await expect(program).toContainText(/http:\/\/127\.0\.0\.1:\d+/);
    }
    await owner.press('I have it');
    await expect(owner.page.getByText('The secret is no longer shown.')).toBeVisible();
    await expect(owner.page.getByText(secret)).toHaveCount(0);
    await owner.visit(`${project}/api-keys`);
    await expect(owner.page.getByText(secret)).toHaveCount(0);
    await expect(row(owner, 'API keys', 'Search service')).toContainText(secret.slice(0, 15));
    await expect(row(owner, 'API keys', 'Search service')).toContainText(/Data plane editor.*All indexes.*Never/s);
  });

  test('roles, limits and wrong input', async ({ owner }) => {
    const project = await toProject(owner);
    const fields = { [INDEXES]: 'docs, posts', 'Only these namespaces (optional)': 'a' };
    await createKey(owner, project, 'Narrow', fields, ['Data plane viewer', 'Control plane viewer']);
    await expect(owner.page.getByText('docs, posts, only in a')).toBeVisible();
    await owner.fill({ [INDEXES]: 'Not a name' });
    await owner.press('Save rights');
    await owner.expectFieldError(INDEXES, /number 1 is not the name of an index/);

    await owner.visit(`${project}/api-keys`);
    await expect(row(owner, 'API keys', 'Narrow')).toContainText('Control plane viewer, Data plane viewer');
    await owner.press('New key');
    await owner.fill({ Name: 'NARROW' });
    await owner.press('Create key');
    await owner.expectFieldError('Name', /Key name is taken already/);
  });

  test('a key is renamed, rotated and deleted', async ({ owner }) => {
    const project = await toProject(owner);
    const first = await createKey(owner, project, 'Old');
    await owner.fill({ Name: 'New' });
    await owner.press('Save name');
    await expect(owner.heading('New')).toBeVisible();
    await owner.page.getByLabel('The present secret counts').selectOption('1');
    await owner.press('Make a new secret');
    await expect(owner.page.getByText('A new secret is made.')).toBeVisible();
    const told = owner.page.getByRole('region', { name: 'API key', exact: true });
    // The news may come before the page is drawn anew.
    await expect(told).not.toContainText(first);
    expect((await told.innerText()).trim()).toMatch(SECRET);
    await expect(owner.page.getByText('The secret before')).toBeVisible();

    await owner.press('Delete key');
    const dialog = owner.page.getByRole('dialog', { name: 'Delete New?' });
    await dialog.getByLabel('Type New to confirm').fill('New');
    await dialog.getByRole('button', { name: 'Delete key' }).click();
    await expect(owner.page.getByText('API key deleted.')).toBeVisible();
    await expect(row(owner, 'API keys', 'New')).toHaveCount(0);
  });

  test('users see keys and why they cannot change them', async ({ owner, newPerson, post }) => {
    const project = await toProject(owner);
    await createKey(owner, project, 'Search service');
    const key = new URL(owner.page.url()).pathname;
    const user = await join(owner, post, newPerson, project, 'Bob', 'User');
    await user.visit(`${project}/api-keys`);
    await expect(row(user, 'API keys', 'Search service')).toHaveCount(1);
    const why = /You may not create API keys\. Owners of this project/;
    await expect(user.button('New key')).toHaveAccessibleDescription(why);
    await user.visit(key);
    for (const button of ['Save rights', 'Make a new secret', 'Save name', 'Delete key', 'Shrink to what it uses']) {
      await expect(user.button(button)).toHaveAttribute('aria-disabled', 'true');
    }
    await expect(user.page.getByRole('region', { name: 'API key', exact: true })).toHaveCount(0);
  });
});
