import { call, makeProject, openOrganization, openProject, rows } from '../../support/places.ts';
import { expect, FOUNDER, test, withAndWithoutScripts } from '../../support/test.ts';

withAndWithoutScripts(() => {
  test('a project is renamed', async ({ owner }) => {
    const project = await openProject(owner);
    await owner.visit(`${project}/settings`);
    await owner.fill({ Name: 'Larches' });
    await owner.press('Save name');
    await expect(owner.page.getByText('Project renamed.')).toBeVisible();
    await expect(owner.field('Name')).toHaveValue('Larches');
    await expect(owner.page.getByRole('navigation', { name: 'Breadcrumb' })).toContainText('Larches');
    await owner.visit('/');
    await expect(rows(owner, 'Projects')).toContainText('Larches');
  });

  test('a name that is taken is refused at its field, and what was typed stays', async ({ owner }) => {
    const organization = await openOrganization(owner);
    const project = await makeProject(owner, organization, 'Second');
    await owner.visit(`${project}/settings`);
    await owner.fill({ Name: FOUNDER.project.toLowerCase() });
    await owner.press('Save name');
    await owner.expectFieldError('Name', /^Project name is taken already\./);
    await expect(owner.field('Name')).toHaveValue(FOUNDER.project.toLowerCase());
  });

  test('a project is deleted by its name, with a list of what goes along', async ({ owner }) => {
    const project = await openProject(owner);
    await owner.visit(`${project}/settings`);
    await owner.press('Delete project');
    const dialog = owner.page.getByRole('dialog', { name: `Delete ${FOUNDER.project}?` });
    await expect(dialog.getByRole('listitem')).toHaveText([
      'the access of 1 member',
      '0 open invites',
      '0 indexes with their records',
      '0 backups',
    ]);
    const typed = dialog.getByLabel(/^Type/);
    await typed.fill(FOUNDER.project.toLowerCase());
    await dialog.getByRole('button', { name: 'Delete project' }).click();
    await expect(typed).toBeFocused();
    await expect(dialog).toBeVisible();
    await typed.fill(FOUNDER.project);
    await dialog.getByRole('button', { name: 'Delete project' }).click();
    await expect(owner.heading(FOUNDER.organization)).toBeVisible();
    await expect(owner.page.getByText('Project deleted, with all that was in it.')).toBeVisible();
    await expect(owner.page.getByText('No projects yet')).toBeVisible();
    expect(await owner.visit(project)).toBe(404);
  });

  test('the wrong name deletes nothing, whatever the browser lets through', async ({ owner }) => {
    const project = await openProject(owner);
    await owner.visit(`${project}/settings`);
    await owner.press('Delete project');
    const dialog = owner.page.getByRole('dialog', { name: `Delete ${FOUNDER.project}?` });
    await dialog.locator('form').evaluate((form: HTMLFormElement) => {
      form.noValidate = true;
    });
    await dialog.getByLabel(/^Type/).fill('Another');
    await dialog.getByRole('button', { name: 'Delete project' }).click();
    await owner.expectAlert('Typed name is not the name that is shown.');
    await expect(dialog).toBeVisible();
    expect(await owner.visit(project)).toBe(200);
  });

  test('an owner of the organization is told why they cannot leave one of its projects', async ({ owner }) => {
    const project = await openProject(owner);
    await owner.visit(`${project}/settings`);
    await owner.press('Leave');
    const dialog = owner.page.getByRole('dialog', { name: 'Leave this project?' });
    await dialog.getByRole('button', { name: 'Leave', exact: true }).click();
    await owner.expectAlert('This would leave nobody as owner. Make somebody else an owner first.');
    await expect(dialog).toBeVisible();
  });
});

test('an open page of what was deleted meanwhile turns into one that says so', async ({ owner }) => {
  const project = await openProject(owner);
  await owner.visit(`${project}/settings`);
  const id = project.split('/')[2] ?? '';
  await call(owner, 'projects/delete', { id, confirm: FOUNDER.project });
  await owner.fill({ Name: 'Too late' });
  await owner.press('Save name');
  await expect(owner.heading('Not found')).toBeVisible();
  await expect(owner.page.getByRole('main')).toContainText('This does not exist, or you have no access to it.');
});
