import type { Locator } from '@playwright/test';
import { join } from '../../support/people.ts';
import { call, makeProject, openOrganization, openProject } from '../../support/places.ts';
import { expect, FOUNDER, test, withAndWithoutScripts } from '../../support/test.ts';

const OWNERS = 'Owners of this project or of its organization can.';
const ORGANIZATION_OWNERS = 'Owners of this organization can.';

withAndWithoutScripts(() => {
  test('who may not sees every control, disabled, with the rule and who can', async ({ owner, newPerson, post }) => {
    const organization = await openOrganization(owner);
    const project = await openProject(owner);
    const uma = await join(owner, post, newPerson, project, 'Uma', 'User');

    await uma.visit(organization);
    await expectRefused(uma.button('New project'), 'You may not create projects. Owners and managers of this organization can.');
    const rooms = uma.page.getByRole('navigation', { name: 'Main' });
    await expectRefused(rooms.getByRole('link', { name: 'Audit log' }), `You may not view audit log. ${ORGANIZATION_OWNERS}`);

    await uma.visit(`${organization}/settings`);
    await expect(uma.field('Name')).toHaveAttribute('readonly');
    await expectRefused(uma.button('Save name'), `You may not update organization name. ${ORGANIZATION_OWNERS}`);
    await expectRefused(uma.button('Delete organization'), `You may not delete organization. ${ORGANIZATION_OWNERS}`);

    await uma.visit(`${project}/settings`);
    await expect(uma.field('Name')).toHaveAttribute('readonly');
    await expectRefused(uma.button('Save name'), `You may not update project name. ${OWNERS}`);
    await expectRefused(uma.button('Delete project'), `You may not delete project. ${OWNERS}`);
    await expect(uma.page.getByRole('dialog', { name: /^Delete/, includeHidden: true })).toHaveCount(0);

    const [organization_id, id] = [organization, project].map((address) => address.split('/')[2] ?? '');
    for (const [name, form] of [
      ['projects/create', { organization_id, name: 'Mine' }],
      ['projects/rename', { id, name: 'Mine' }],
      ['projects/delete', { id, confirm: FOUNDER.project }],
      ['organizations/rename', { id: organization_id, name: 'Mine' }],
      ['organizations/delete', { id: organization_id, confirm: FOUNDER.organization }],
    ] as const) {
      expect(await call(uma, name, form as Record<string, string>), name).toBe(403);
    }
  });

  test('who leaves a project is out, and stays in its organization', async ({ owner, newPerson, post }) => {
    const organization = await openOrganization(owner);
    const project = await openProject(owner);
    const uma = await join(owner, post, newPerson, project, 'Uma', 'User');
    await uma.visit(`${project}/settings`);
    await uma.press('Leave');
    await uma.page.getByRole('dialog', { name: 'Leave this project?' }).getByRole('button', { name: 'Leave' }).click();
    await expect(uma.page.getByText('You have left.')).toBeVisible();
    expect(await uma.visit(project)).toBe(404);
    await uma.visit(`${organization}/settings`);
    await uma.press('Leave');
    await uma.page.getByRole('dialog', { name: 'Leave this organization?' }).getByRole('button', { name: 'Leave' }).click();
    await expect(uma.page.getByText('You have left.')).toBeVisible();
    expect(await uma.visit(organization)).toBe(404);
  });

  test('who alone owns projects is told which before they can leave', async ({ owner, newPerson, post }) => {
    const organization = await openOrganization(owner);
    const max = await join(owner, post, newPerson, organization, 'Max', 'Manager');
    await makeProject(max, organization, 'Orchids <b>');
    await max.visit(`${organization}/settings`);
    await max.press('Leave');
    const dialog = max.page.getByRole('dialog', { name: 'Leave this organization?' });
    await dialog.getByRole('button', { name: 'Leave' }).click();
    await max.expectAlert('This would leave 1 project without an owner. Make somebody else an owner there first.');
    await dialog.getByRole('link', { name: 'Members of Orchids <b>' }).click();
    await expect(max.page).toHaveTitle('Members of Orchids <b> · Conifer');
  });
});

async function expectRefused(control: Locator, reason: string): Promise<void> {
  await expect(control).toHaveAttribute('aria-disabled', 'true');
  await expect(control).toHaveAccessibleDescription(reason);
}
