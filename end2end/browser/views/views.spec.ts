import { expectAccessible } from '../../support/axe.ts';
import { createKey } from '../../support/api_keys.ts';
import { addFilms, films, makeIndex } from '../../support/indexes.ts';
import { join, row, toProject } from '../../support/people.ts';
import { expect, test, withAndWithoutScripts } from '../../support/test.ts';

withAndWithoutScripts(() => {
  test('an owner sees what a user sees, changes nothing, and comes back', async ({ owner, newPerson, post }) => {
    const project = await toProject(owner);
    await join(owner, post, newPerson, project, 'Bob', 'User');
    await owner.visit(`${project}/members`);
    await owner.press('View as Bob');
    const banner = owner.page.getByRole('region', { name: 'View as' });
    await expect(banner).toContainText('as Bob would. Nothing can be changed.');
    await owner.visit(`${project}/members`);
    await expect(banner).toBeVisible();
    const remove = owner.page.getByRole('button', { name: /^Remove / }).first();
    await expect(remove).toHaveAccessibleDescription(/You may not delete members\. Owners/);
    await owner.visit(`${project}/indexes/new`);
    await owner.fill({ 'Index name': 'films' });
    await owner.page.getByLabel('Dimension').fill('16');
    await owner.press('Create index');
    await expect(owner.page.getByText('Nothing can be changed while you see the console')).toBeVisible();
    await owner.visit('/account');
    await owner.press('Stop viewing');
    await expect(row(owner, 'Members', 'Bob')).toBeVisible();
    await expect(banner).toHaveCount(0);
    await expect(owner.button('Remove Bob')).not.toHaveAttribute('aria-disabled');
  });

  test('a view that has ended shows nothing, says so, and is left', async ({ owner, newPerson, post }) => {
    const project = await toProject(owner);
    const bob = await join(owner, post, newPerson, project, 'Bob', 'User');
    await owner.visit(`${project}/members`);
    await owner.press('View as Bob');
    const banner = owner.page.getByRole('region', { name: 'View as' });
    await expect(banner).toContainText('as Bob would. Nothing can be changed.');
    await bob.visit(`${project}/members`);
    await bob.press('Leave');
    await bob.page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
    await expect(bob.page.getByText('You have left.')).toBeVisible();
    expect(await owner.visit(`${project}/members`)).toBe(404);
    await expect(banner).toContainText('This view has ended');
    await owner.press('Stop viewing');
    await expect(banner).toHaveCount(0);
    await owner.visit(`${project}/members`);
    await expect(owner.heading('Members')).toBeVisible();
  });

  test('a key shows the namespaces that it is limited to', async ({ owner }) => {
    const project = await toProject(owner);
    const index = await makeIndex(owner, project, 'films');
    await addFilms(owner, index, 'spring', films(3));
    await addFilms(owner, index, 'autumn', films(3));
    await makeIndex(owner, project, 'other');
    const fields = { 'Only these indexes (optional)': 'films', 'Only these namespaces (optional)': 'spring' };
    await createKey(owner, project, 'Narrow', fields, ['Data plane viewer']);
    await owner.press('View as Narrow');
    await expect(owner.page.getByRole('region', { name: 'View as' })).toContainText('as the API key Narrow would');
    await expect(owner.page.getByRole('link', { name: 'films' }).first()).toBeVisible();
    await expect(owner.page.getByRole('link', { name: 'other' })).toHaveCount(0);
    await owner.visit(`${index}/records?namespace=spring`);
    await expect(owner.page.getByText('film-00001')).toBeVisible();
    await expect(owner.page.getByText('autumn')).toHaveCount(0);
    await owner.visit(`${index}/records?namespace=autumn`);
    await expect(owner.page.getByText('film-00001')).toHaveCount(0);
    await owner.visit(`${project}/members`);
    await expect(owner.page.getByText('You may not view members.')).toBeVisible();
    await owner.visit(`${project}/usage`);
    await expect(owner.page.getByText('You may not view project usage.')).toBeVisible();
    if (owner.hasScripts) await expectAccessible(owner.page, 'a view');
    await owner.press('Stop viewing');
    await expect(owner.heading('Narrow')).toBeVisible();
  });
});
