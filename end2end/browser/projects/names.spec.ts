import { makeOrganization, makeProject, openOrganization, rows } from '../../support/places.ts';
import { expect, FOUNDER, test, withAndWithoutScripts } from '../../support/test.ts';

const NAMES = [
  '<script>document.title = "taken over"</script>',
  '"><img src=x onerror="document.title = 1">',
  '🌲 Wald & “Wiese”  👩‍🔬',
  'مشروع البحث',
  '山田の森',
];

withAndWithoutScripts(() => {
  test('names of any script stand everywhere as they are', async ({ owner }) => {
    for (const name of NAMES) {
      const organization = await makeOrganization(owner, `${name} (organization)`);
      const project = await makeProject(owner, organization, name);
      await expect(owner.page).toHaveTitle(`${shown(name)} · Conifer`);
      const trail = owner.page.getByRole('navigation', { name: 'Breadcrumb' });
      await expect(trail).toContainText(shown(name));
      await expect(trail).toContainText(shown(`${name} (organization)`));
      await owner.visit(`${project}/settings`);
      await expect(owner.field('Name')).toHaveValue(name);
    }
    await owner.visit('/');
    for (const name of NAMES) await expect(rows(owner, 'Projects').filter({ hasText: shown(name) })).toHaveCount(1);
    await expect(owner.page.locator('main script, main img')).toHaveCount(0);
  });

  test('a name is refused at its field, with the rule, and is not lost', async ({ owner }) => {
    const organization = await openOrganization(owner);
    for (const [name, rule] of [
      [FOUNDER.project.toUpperCase(), 'Project name is taken already.'],
      ['x'.repeat(513), 'Project name is too long: 512 characters at most.'],
      ['a\u202Eb', 'Project name contains a character that cannot be shown'],
    ] as const) {
      await owner.visit(organization);
      await owner.press('New project');
      await owner.fill({ Name: name });
      await owner.press('Create project');
      await owner.expectFieldError('Name', new RegExp(rule));
      await expect(owner.page.getByRole('dialog', { name: 'New project' })).toBeVisible();
      await expect(owner.field('Name')).toHaveValue(name);
    }
  });

  test('elsewhere a name is free, and its own may change its case', async ({ owner }) => {
    const other = await makeOrganization(owner, FOUNDER.organization);
    await owner.visit(`${await makeProject(owner, other, FOUNDER.project)}/settings`);
    await owner.fill({ Name: FOUNDER.project.toUpperCase() });
    await owner.press('Save name');
    await expect(owner.page.getByText('Project renamed.')).toBeVisible();
    await expect(owner.page.getByRole('navigation', { name: 'Breadcrumb' })).toContainText(FOUNDER.project.toUpperCase());
  });
});

/** Blanks that follow each other are shown as one. */
function shown(name: string): string {
  return name.replace(/\s+/g, ' ');
}
