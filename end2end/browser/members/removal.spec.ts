import { join, remove, row, toOrganization, toProject } from '../../support/people.ts';
import { expect, FOUNDER, test, withAndWithoutScripts } from '../../support/test.ts';

withAndWithoutScripts(() => {
  test('whoever is removed is out at the next request', async ({ owner, newPerson, post }) => {
    const project = await toProject(owner);
    const bob = await join(owner, post, newPerson, project, 'Bob', 'User');
    await owner.visit(`${project}/members`);
    await remove(owner, 'Bob');
    await expect(owner.page.getByText('Removed.')).toBeVisible();
    await expect(row(owner, 'Members', 'bob@example.com')).toHaveCount(0);

    expect(await bob.visit(`${project}/members`)).toBe(404);
    await expect(bob.heading('Not found')).toBeVisible();
    await expect(bob.page.getByRole('link', { name: FOUNDER.project, exact: true })).toHaveCount(0);
  });

  test('who is removed from the organization leaves its projects too', async ({ owner, newPerson, post }) => {
    const project = await toProject(owner);
    const organization = await toOrganization(owner);
    const bob = await join(owner, post, newPerson, project, 'Bob', 'User');
    await owner.visit(`${organization}/members`);
    await expect(row(owner, 'Members', 'bob@example.com')).toContainText('Member');
    await remove(owner, 'Bob');
    await expect(owner.page.getByText('Removed.')).toBeVisible();
    for (const place of [project, organization]) expect(await bob.visit(place)).toBe(404);
  });

  test('leaving ends the access', async ({ owner, newPerson, post }) => {
    const project = await toProject(owner);
    const bob = await join(owner, post, newPerson, project, 'Bob', 'User');
    await bob.visit(`${project}/members`);
    await bob.press('Leave');
    await bob.page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
    await expect(bob.page.getByText('You have left.')).toBeVisible();
    expect(await bob.visit(project)).toBe(404);
  });

  test('only owners and managers see who is in the organization', async ({ owner, newPerson, post }) => {
    const organization = await toOrganization(owner);
    const bob = await join(owner, post, newPerson, organization, 'Bob', 'Member');
    expect(await bob.visit(`${organization}/members`)).toBe(403);
    await expect(bob.heading('Not allowed')).toBeVisible();
    const told = bob.page.getByRole('main').getByText('Owners and managers of this organization can.');
    await expect(told).toBeVisible();
    const cyd = await join(owner, post, newPerson, organization, 'Cyd', 'Manager');
    expect(await cyd.visit(`${organization}/members`)).toBe(200);
    await expect(cyd.page.getByRole('button', { name: 'Remove Bob' })).toHaveAttribute('aria-disabled', 'true');
    await expect(cyd.page.getByRole('link', { name: 'Invite people' })).toHaveAttribute('aria-disabled', 'true');
  });
});
