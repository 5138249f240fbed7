import { makeOrganization, makeProject, makeProjects, openOrganization, rows } from '../../support/places.ts';
import { expect, FOUNDER, test, withAndWithoutScripts } from '../../support/test.ts';

const MANY = Array.from({ length: 59 }, (_, nth) => `Project ${String(nth + 1).padStart(2, '0')}`);

withAndWithoutScripts(() => {
  test('a long list is turned, sorted and searched', async ({ owner }) => {
    const organization = await openOrganization(owner);
    await makeProjects(owner, organization, MANY);
    for (const address of ['/', organization]) {
      const projects = rows(owner, 'Projects');
      await owner.visit(address);
      await expect(projects).toHaveCount(50);
      await expect(projects.first()).toContainText('Project 01');
      await owner.follow('Next page');
      await expect(projects).toHaveCount(10);
      await expect(projects.last()).toContainText(FOUNDER.project);
      await expect(owner.page.getByText('This is the last page.')).toBeVisible();
      await owner.follow('First page');
      await expect(projects).toHaveCount(50);

      await owner.field('Order').selectOption('Name, Z to A');
      await owner.press('Show');
      await expect(projects.first()).toContainText(FOUNDER.project);
      await owner.fill({ 'Search by name': 'pROJECT 5' });
      await owner.press('Show');
      await expect(projects).toHaveCount(10);
      await expect(projects.first()).toContainText('Project 59');
      await expect(owner.field('Order')).toHaveValue('name-descending');

      await owner.fill({ 'Search by name': '%' });
      await owner.press('Show');
      await expect(owner.page.getByText('Nothing found')).toBeVisible();
      await owner.follow('Clear the search');
      await expect(projects).toHaveCount(50);
      await expect(owner.field('Search by name')).toHaveValue('');
    }
  });

  test('each row tells what and whose it is', async ({ owner }) => {
    const second = await makeOrganization(owner, 'Second Wood');
    const project = await makeProject(owner, second, 'Beeches');
    await owner.visit('/');
    const row = rows(owner, 'Projects').filter({ hasText: 'Beeches' });
    await expect(row).toContainText('Second Wood');
    await expect(row).toContainText(project.split('/')[2] ?? '');
    await expect(row).toContainText('Owner');
    await expect(row.getByRole('cell').nth(2)).toContainText('1');
    await owner.visit(second);
    await expect(rows(owner, 'Projects')).toHaveCount(1);
    await expect(rows(owner, 'Projects')).not.toContainText('Second Wood');
  });

  test('where there is nothing it says what to do', async ({ owner }) => {
    await makeOrganization(owner, 'Clearing');
    await expect(owner.page.getByText('No projects yet')).toBeVisible();
    await owner.press('New project');
    await owner.fill({ Name: 'First tree' });
    await owner.press('Create project');
    await expect(owner.page.getByText('Project created.')).toBeVisible();
    await expect(owner.heading('First tree')).toBeVisible();
  });
});

test('an id is copied', async ({ owner }) => {
  await owner.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await owner.visit('/');
  await owner.press(`Copy the ID of ${FOUNDER.project}`);
  await expect(owner.page.getByText('Copied')).toBeVisible();
  const copied = await owner.page.evaluate(() => navigator.clipboard.readText());
  await expect(rows(owner, 'Projects')).toContainText(copied);
});

test('going back shows the search that was', async ({ owner }) => {
  await owner.visit('/');
  await owner.fill({ 'Search by name': 'zebra' });
  await owner.press('Show');
  await expect(owner.page.getByText('Nothing found')).toBeVisible();
  await owner.page.goBack();
  await expect(rows(owner, 'Projects')).toHaveCount(1);
  await expect(owner.field('Search by name')).toHaveValue('');
  await owner.page.goForward();
  await expect(owner.page.getByText('Nothing found')).toBeVisible();
  await expect(owner.field('Search by name')).toHaveValue('zebra');
});
