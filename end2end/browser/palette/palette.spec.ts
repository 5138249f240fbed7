import { expect, FOUNDER, test } from '../../support/test.ts';

test('leads anywhere by a few letters', async ({ owner }) => {
  const { keyboard } = owner.page;
  const palette = owner.page.getByRole('dialog', { name: 'Command palette' });
  await owner.visit('/');
  await keyboard.press('Control+k');
  await expect(palette).toBeVisible();
  await expect(palette.getByRole('combobox')).toBeFocused();
  await keyboard.type('sess');
  await expect(palette.getByRole('option', { selected: true })).toHaveText('Sessions');
  await keyboard.press('Enter');
  await expect(owner.page).toHaveURL(/\/account\/sessions$/);
  await expect(palette).toBeHidden();

  await keyboard.press('Control+k');
  await expect(palette.getByRole('combobox')).toHaveValue('');
  await keyboard.type(FOUNDER.project);
  await keyboard.press('Enter');
  await expect(owner.heading(FOUNDER.project)).toBeVisible();
});

test('goes round by arrows, and closes by Esc', async ({ owner }) => {
  const { keyboard } = owner.page;
  const palette = owner.page.getByRole('dialog', { name: 'Command palette' });
  const selected = palette.getByRole('option', { selected: true });
  await owner.visit('/account');
  await owner.page.getByRole('button', { name: /Search/ }).click();
  const first = await selected.innerText();
  await keyboard.press('ArrowDown');
  await expect(selected).not.toHaveText(first);
  await keyboard.press('ArrowUp');
  await keyboard.press('ArrowUp');
  await expect(selected).toContainText('Sign out');
  await keyboard.press('Escape');
  await expect(palette).toBeHidden();
  await expect(owner.page).toHaveURL(/\/account$/);
});

test('searches the projects for what it does not know', async ({ owner }) => {
  const { keyboard } = owner.page;
  await owner.visit('/account');
  await keyboard.press('Control+k');
  await keyboard.type('zz&<b>');
  const palette = owner.page.getByRole('dialog', { name: 'Command palette' });
  await expect(palette.getByRole('option')).toHaveText(['Search all projects for “zz&<b>”']);
  await keyboard.press('Enter');
  await expect(owner.heading('Projects')).toBeVisible();
  await expect(owner.page.getByText('Nothing found')).toBeVisible();
  await expect(owner.field('Search by name')).toHaveValue('zz&<b>');
});

test('signs out', async ({ owner }) => {
  await owner.visit('/account');
  await owner.page.keyboard.press('Control+k');
  await owner.page.keyboard.type('sign out');
  await owner.page.keyboard.press('Enter');
  await expect(owner.heading('Sign in')).toBeVisible();
  await owner.expectSignedOut();
});
