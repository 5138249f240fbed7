import { changeRole, join, row, toOrganization, toProject } from '../../support/people.ts';
import { expect, FOUNDER, test, withAndWithoutScripts } from '../../support/test.ts';

withAndWithoutScripts(() => {
  test('a role is changed where it stands, and counts at the next request', async ({ owner, newPerson, post }) => {
    const project = await toProject(owner);
    const bob = await join(owner, post, newPerson, project, 'Bob', 'User');
    await bob.visit(`${project}/members`);
    await expect(bob.page.getByRole('button', { name: /^Remove / })).toHaveAttribute('aria-disabled', 'true');
    await expect(bob.page.getByRole('button', { name: /^Remove / })).toHaveAccessibleDescription(
      'You may not delete members. Owners of this project or of its organization can.',
    );
    expect(await bob.visit(`${project}/invites`)).toBe(403);
    await expect(bob.heading('Not allowed')).toBeVisible();

    await owner.visit(`${project}/members`);
    await changeRole(owner, 'Bob', 'Owner');
    await expect(owner.page.getByText('Role changed.')).toBeVisible();
    await expect(owner.field('Role of Bob')).toHaveValue('owner');

    expect(await bob.visit(`${project}/invites`)).toBe(200);
    await bob.visit(`${project}/members`);
    await changeRole(bob, 'Bob', 'User');
    await expect(bob.page.getByText('Role changed.')).toBeVisible();
    await expect(row(bob, 'Members', 'bob@example.com')).toContainText('User');
    await expect(bob.field('Role of Bob')).toHaveCount(0);
  });

  test('the last owner stays an owner', async ({ owner, newPerson, post }) => {
    const project = await toProject(owner);
    await join(owner, post, newPerson, project, 'Bob', 'User');
    const refusal = 'This would leave nobody as owner. Make somebody else an owner first.';
    for (const place of [project, await toOrganization(owner)]) {
      await owner.visit(`${place}/members`);
      const mine = row(owner, 'Members', FOUNDER.email);
      await mine.getByRole('combobox').selectOption({ index: 1 });
      await owner.awake();
      await mine.getByRole('button', { name: /^Save/ }).click();
      await owner.expectAlert(refusal);
      await expect(mine.getByRole('combobox')).toHaveValue('owner');

      await owner.visit(`${place}/members`);
      await mine.getByRole('button', { name: 'Leave' }).click();
      await owner.page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
      await owner.expectAlert(refusal);
    }
  });

  test('who is the only owner of a project stays in the organization', async ({ owner, newPerson, post }) => {
    const project = await toProject(owner);
    const organization = await toOrganization(owner);
    await join(owner, post, newPerson, project, 'Bob', 'Owner');
    await owner.visit(`${project}/members`);
    await owner.press('Leave');
    await owner.page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
    await expect(owner.page.getByText('You have left.')).toBeVisible();

    await owner.visit(`${organization}/members`);
    await owner.press('Remove Bob');
    await owner.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await owner.expectAlert('This would leave 1 project without an owner.');
    const ownerless = owner.page.getByRole('link', { name: `Members of ${FOUNDER.project}` });
    expect(await ownerless.getAttribute('href')).toBe(`${project}/members`);
    await owner.visit(`${organization}/members`);
    await expect(row(owner, 'Members', 'bob@example.com')).toHaveCount(1);
  });
});

test('a role is chosen and saved with the keyboard alone', async ({ owner, newPerson, post }) => {
  const project = await toProject(owner);
  await join(owner, post, newPerson, project, 'Bob', 'User');
  await owner.visit(`${project}/members`);
  await expect(owner.button('Save the role of Bob')).toBeHidden();
  await owner.field('Role of Bob').focus();
  await owner.page.keyboard.press('ArrowUp');
  await expect(owner.button('Save the role of Bob')).toBeVisible();
  await owner.page.keyboard.press('Tab');
  await owner.page.keyboard.press('Enter');
  await expect(owner.page.getByText('Role changed.')).toBeVisible();
  await expect(owner.field('Role of Bob')).toHaveValue('owner');
});
