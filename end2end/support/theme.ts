import { expect } from '@playwright/test';
import type { Person } from './person.ts';

/** Chooses a theme on the profile page, and waits until the server has it. */
export async function chooseTheme(person: Person, label: string): Promise<void> {
  await person.visit('/account');
  const saved = person.page.waitForResponse((response) => response.url().includes('/fn/theme/set'));
  await person.page.getByRole('radio', { name: label, exact: true }).check({ force: true });
  await person.press('Save theme');
  await saved;
  await person.visit('/account');
  await expect(person.page.getByRole('radio', { name: label, exact: true })).toBeChecked();
}

/** What a browser keeps after somebody with this theme signed out. */
export async function rememberTheme({ server, page }: Person, theme: string): Promise<void> {
  await page.context().addCookies([{ name: 'conifer-theme', value: theme, url: server.url, httpOnly: true }]);
}

export async function expectTheme(person: Person, theme: string): Promise<void> {
  await expect(person.page.locator('html')).toHaveAttribute('data-theme', theme);
}
