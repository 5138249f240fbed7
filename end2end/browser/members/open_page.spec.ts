import { changeRole, join, remove, row, toProject } from '../../support/people.ts';
import { expect, test } from '../../support/test.ts';

test('a lost role is told on the open page, which then shows what is left', async ({ owner, newPerson, post }) => {
  const project = await toProject(owner);
  const bob = await join(owner, post, newPerson, project, 'Bob', 'Owner');
  await join(owner, post, newPerson, project, 'Cyd', 'User');
  await bob.visit(`${project}/members`);
  await owner.visit(`${project}/members`);
  await changeRole(owner, 'Bob', 'User');
  await expect(owner.page.getByText('Role changed.')).toBeVisible();

  await changeRole(bob, 'Cyd', 'Owner');
  await expect(bob.page.getByRole('status').getByText('You may not update member roles.')).toBeVisible();
  await expect(bob.field('Role of Cyd')).toHaveCount(0);
  await expect(row(bob, 'Members', 'cyd@example.com')).toContainText('User');
  await expect(bob.button('Remove Cyd')).toHaveAttribute('aria-disabled', 'true');
  await expect(bob.button('Remove Cyd')).toHaveAccessibleDescription(/Owners of this project/);
});

test('a removal shuts the open page at its next request', async ({ owner, newPerson, post }) => {
  const project = await toProject(owner);
  const bob = await join(owner, post, newPerson, project, 'Bob', 'Owner');
  await bob.visit(`${project}/invites`);
  await owner.visit(`${project}/members`);
  await remove(owner, 'Bob');
  await expect(owner.page.getByText('Removed.')).toBeVisible();

  await bob.fill({ 'E-mail addresses': 'mallory@example.com' });
  await bob.press('Send invites');
  await expect(bob.heading('Not found')).toBeVisible();
  await expect(bob.page.getByRole('status').getByText('or you have no access to it')).toBeVisible();
  expect(await post.received('mallory@example.com')).toEqual([]);
});

test('a form on a row that somebody else removed says so and loads the rest anew', async ({
  owner,
  newPerson,
  post,
}) => {
  const project = await toProject(owner);
  const bob = await join(owner, post, newPerson, project, 'Bob', 'Owner');
  await join(owner, post, newPerson, project, 'Cyd', 'User');
  await bob.visit(`${project}/members`);
  await owner.visit(`${project}/members`);
  await remove(owner, 'Cyd');
  await expect(owner.page.getByText('Removed.')).toBeVisible();

  await changeRole(bob, 'Cyd', 'Owner');
  await expect(bob.page.getByRole('status').getByText('This does not exist')).toBeVisible();
  await expect(row(bob, 'Members', 'cyd@example.com')).toHaveCount(0);
  await expect(row(bob, 'Members', 'bob@example.com')).toHaveCount(1);
});
