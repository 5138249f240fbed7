import { expect, test, withAndWithoutScripts } from '../../support/test.ts';

test.use({ founder: null });

const ACCOUNT = {
  'Your name': 'First Owner',
  'E-mail': 'first@example.com',
  Password: 'seven quiet larches stand',
  Organization: 'Northern Forest',
  'First project': 'Search',
};

withAndWithoutScripts(() => {
  test('the set-up link makes the owner once', async ({ server, visitor, newPerson }) => {
    const link = await server.setUpLink();
    await visitor.visit(link);
    await expect(visitor.heading('Set up Conifer')).toBeVisible();
    await visitor.fill(ACCOUNT);
    await visitor.press('Create the first account');
    await visitor.expectSignedIn();
    await expect(visitor.page.getByRole('main').getByRole('link', { name: 'Search' })).toBeVisible();

    const late = await newPerson();
    await late.visit(link);
    await expect(late.page.getByText('Conifer is set up already')).toBeVisible();
    await expect(late.button('Create the first account')).toHaveCount(0);
  });

  test('a weak password is refused and everything else stays typed', async ({ server, visitor }) => {
    await visitor.visit(await server.setUpLink());
    await visitor.fill({ ...ACCOUNT, Password: 'password1' });
    await visitor.press('Create the first account');
    await visitor.expectFieldError('Password', /too easy to guess/);
    if (visitor.hasScripts) await expect(visitor.field('Organization')).toHaveValue(ACCOUNT.Organization);
  });
});

test('two who hold the link make one owner', async ({ server, newPerson }) => {
  const link = await server.setUpLink();
  const rivals = await Promise.all([newPerson(), newPerson()]);
  for (const [index, rival] of rivals.entries()) {
    await rival.visit(link);
    await rival.fill({ ...ACCOUNT, 'E-mail': `rival-${index}@example.com` });
  }
  await Promise.all(rivals.map((rival) => rival.press('Create the first account')));
  const said = (rival: (typeof rivals)[number]) => rival.userMenu().or(rival.page.getByRole('alert'));
  for (const rival of rivals) await expect(said(rival).first()).toBeVisible();
  const winners = await Promise.all(rivals.map((rival) => rival.userMenu().isVisible()));
  expect(winners.filter(Boolean)).toHaveLength(1);
  await rivals[winners.indexOf(false)]?.expectSignedOut();
});

test('a forged link is refused, and sign-in says that there is no owner yet', async ({ visitor }) => {
  await visitor.visit('/setup?token=forged');
  await expect(visitor.page.getByText('This link does not work')).toBeVisible();
  await visitor.visit('/sign-in');
  await expect(visitor.page.getByText('Conifer is not set up yet')).toBeVisible();
});
