import { expect } from '@playwright/test';
import type { Person } from './person.ts';

/** Makes a key by the dialog of the project's list, and gives its secret. The key's own page is open then. */
export async function createKey(
  owner: Person,
  project: string,
  name: string,
  fields: Record<string, string> = {},
  roles: string[] = [],
): Promise<string> {
  await owner.visit(`${project}/api-keys`);
  await owner.press('New key');
  const dialog = owner.page.getByRole('dialog', { name: 'New API key' });
  await dialog.getByLabel('Name', { exact: true }).fill(name);
  for (const [label, text] of Object.entries(fields)) await dialog.getByLabel(label, { exact: true }).fill(text);
  if (roles.length > 0) {
    for (const box of await dialog.getByRole('checkbox').all()) await box.setChecked(false);
    for (const role of roles) await dialog.getByLabel(role, { exact: true }).check();
  }
  await dialog.getByRole('button', { name: 'Create key' }).click();
  await expect(owner.heading(name)).toBeVisible();
  const secret = await owner.page.getByRole('region', { name: 'API key', exact: true }).innerText();
  return secret.trim();
}
