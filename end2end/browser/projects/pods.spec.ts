import { makeIndex } from '../../support/indexes.ts';
import { join } from '../../support/people.ts';
import { call, openProject } from '../../support/places.ts';
import { expect, test, withAndWithoutScripts } from '../../support/test.ts';

const PODS = { deployment: 'pod', pod_type: 'p1.x1', environment: 'here' };

withAndWithoutScripts(() => {
  test('an owner limits the pods, everybody sees how many are used', async ({ owner, newPerson, post }) => {
    const project = await openProject(owner);
    await makeIndex(owner, project, 'films', { ...PODS, replicas: '2' });
    await owner.visit(`${project}/settings`);
    await expect(owner.page.getByText('Used: 2 of 100.')).toBeVisible();
    await owner.fill({ 'Pod limit': '100001' });
    await owner.press('Save limit');
    await owner.expectFieldError('Pod limit', /must be 0 to 100000, but is 100001/);
    await owner.fill({ 'Pod limit': '3' });
    await owner.press('Save limit');
    await expect(owner.page.getByText('Pod limit saved.')).toBeVisible();
    await expect(owner.page.getByText('Used: 2 of 3.')).toBeVisible();

    const uma = await join(owner, post, newPerson, project, 'Uma', 'User');
    await uma.visit(`${project}/settings`);
    await expect(uma.page.getByText('Used: 2 of 3.')).toBeVisible();
    await expect(uma.button('Save limit')).toHaveAttribute('aria-disabled', 'true');
    expect(await call(uma, 'projects/limit-pods', { id: project.split('/')[2] ?? '', limit: '9' })).toBe(403);
  });

  test('an index does not grow beyond the limit, and grows within it', async ({ owner }) => {
    const project = await openProject(owner);
    const index = await makeIndex(owner, project, 'films', { ...PODS, replicas: '2' });
    expect(await call(owner, 'projects/limit-pods', { id: project.split('/')[2] ?? '', limit: '3' })).toBe(200);
    await owner.visit(`${index}/settings`);
    await owner.fill({ Replicas: '4' });
    await owner.press('Save size');
    await owner.expectAlert(/may have 3 pods and uses 2: there is no room for 2 more/);
    await owner.fill({ Replicas: '3' });
    await owner.field('Pod type').selectOption('s1.x2');
    await owner.press('Save size');
    await expect(owner.page.getByText('Index changed.')).toBeVisible();
    await expect(owner.field('Replicas')).toHaveValue('3');
    await expect(owner.field('Pod type')).toHaveValue('s1.x2');
  });
});
