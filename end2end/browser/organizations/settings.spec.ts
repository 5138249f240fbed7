import { call, makeOrganization, makeProject, openOrganization } from '../../support/places.ts';
import { expect, FOUNDER, test, withAndWithoutScripts } from '../../support/test.ts';

withAndWithoutScripts(() => {
  test('an organization is made, renamed and deleted by its name', async ({ owner }) => {
    const organization = await makeOrganization(owner, 'Marsh');
    await expect(owner.page.getByText('Organization created.')).toBeVisible();
    await owner.follow('Settings', 'Organization settings');
    await owner.fill({ Name: 'Fen' });
    await owner.press('Save name');
    await expect(owner.page.getByText('Organization renamed.')).toBeVisible();
    await expect(owner.page.getByRole('navigation', { name: 'Breadcrumb' })).toContainText('Fen');

    await owner.press('Delete organization');
    const dialog = owner.page.getByRole('dialog', { name: 'Delete Fen?' });
    await dialog.getByLabel(/^Type/).fill('Fen');
    await dialog.getByRole('button', { name: 'Delete organization' }).click();
    await expect(owner.page.getByText('Organization deleted.')).toBeVisible();
    await expect(owner.heading('Projects')).toBeVisible();
    expect(await owner.visit(organization)).toBe(404);
  });

  test('without a name none is made', async ({ owner }) => {
    await owner.visit('/organizations/new');
    await owner.fill({ Name: '   ' });
    await owner.press('Create organization');
    await owner.expectFieldError('Name', /^Organization name is required\./);
  });

  test('one with projects is not deleted, and says so', async ({ owner }) => {
    const organization = await openOrganization(owner);
    await owner.visit(`${organization}/settings`);
    const button = owner.button('Delete organization');
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    const reason = 'The organization still has 1 project. Delete it first.';
    await expect(button).toHaveAccessibleDescription(reason);
    await button.focus();
    await expect(owner.page.getByText(reason)).toBeVisible();
    const id = organization.split('/')[2] ?? '';
    expect(await call(owner, 'organizations/delete', { id, confirm: FOUNDER.organization })).toBe(409);
  });

  test('a project that was made meanwhile keeps it', async ({ owner }) => {
    const organization = await makeOrganization(owner, 'Marsh');
    await owner.visit(`${organization}/settings`);
    const organization_id = organization.split('/')[2] ?? '';
    expect(await call(owner, 'projects/create', { organization_id, name: 'New' })).toBe(200);
    await owner.press('Delete organization');
    const dialog = owner.page.getByRole('dialog', { name: 'Delete Marsh?' });
    await dialog.getByLabel(/^Type/).fill('Marsh');
    await dialog.getByRole('button', { name: 'Delete organization' }).click();
    await owner.expectAlert('The organization still has 1 project. Delete it first.');
  });

  test('its last owner is told why they cannot leave', async ({ owner }) => {
    const organization = await openOrganization(owner);
    await owner.visit(`${organization}/settings`);
    await owner.press('Leave');
    const dialog = owner.page.getByRole('dialog', { name: 'Leave this organization?' });
    await dialog.getByRole('button', { name: 'Leave', exact: true }).click();
    await owner.expectAlert('This would leave nobody as owner. Make somebody else an owner first.');
    await expect(dialog).toBeVisible();
  });

  test('the switcher leads from one to another', async ({ owner }) => {
    const organization = await makeOrganization(owner, 'Marsh');
    await makeProject(owner, organization, 'Reeds');
    const switcher = owner.page.locator('summary', { hasText: 'Switch organization or project' });
    await expect(switcher).toContainText('Reeds');
    await switcher.click();
    await owner.page.getByRole('complementary').getByRole('link', { name: FOUNDER.project, exact: true }).click();
    await expect(owner.heading(FOUNDER.project)).toBeVisible();
    await expect(switcher).toContainText(FOUNDER.project);
    await switcher.click();
    await owner.page.getByRole('complementary').getByRole('link', { name: 'Marsh', exact: true }).click();
    await expect(owner.heading('Marsh')).toBeVisible();
    const here = owner.page.getByRole('complementary').locator('[aria-current="page"]');
    await expect(here).toHaveText(['Projects']);
  });
});
