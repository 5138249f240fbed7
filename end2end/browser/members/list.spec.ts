import { addressOf, join, row, toProject } from '../../support/people.ts';
import { expect, FOUNDER, test, withAndWithoutScripts } from '../../support/test.ts';

withAndWithoutScripts(() => {
  test('members are found by name or address', async ({ owner, newPerson, post }) => {
    const project = await toProject(owner);
    await join(owner, post, newPerson, project, 'Bob', 'User');
    await owner.visit(`${project}/members`);
    await expect(row(owner, 'Members', FOUNDER.email)).toContainText('You');
    await expect(row(owner, 'Members', addressOf('Bob'))).toContainText('User');

    await owner.fill({ 'Name or e-mail': 'BOB@' });
    await owner.press('Show');
    await expect(row(owner, 'Members', FOUNDER.email)).toHaveCount(0);
    await expect(row(owner, 'Members', addressOf('Bob'))).toHaveCount(1);
    expect(new URL(owner.page.url()).searchParams.get('search')).toBe('BOB@');

    await owner.fill({ 'Name or e-mail': 'nobody' });
    await owner.press('Show');
    await expect(owner.page.getByText('Nobody is found')).toBeVisible();
    await owner.follow('Show all members');
    await expect(row(owner, 'Members', FOUNDER.email)).toHaveCount(1);
  });

  test('a change keeps the search', async ({ owner, newPerson, post }) => {
    const project = await toProject(owner);
    await join(owner, post, newPerson, project, 'Bob', 'User');
    await owner.visit(`${project}/members?search=bob`);
    await owner.field('Role of Bob').selectOption('owner');
    await owner.press('Save the role of Bob');
    await expect(owner.page.getByText('Role changed.')).toBeVisible();
    await expect(owner.field('Role of Bob')).toHaveValue('owner');
    await expect(row(owner, 'Members', FOUNDER.email)).toHaveCount(0);
  });
});
