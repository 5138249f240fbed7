import { expect } from '@playwright/test';
import type { Person } from './person.ts';

export interface Secret {
  id: string;
  secret: string;
}

/** Makes a service account by the dialog of the organization's list. Its own page is open then. */
export async function createServiceAccount(
  owner: Person,
  organization: string,
  name: string,
  role: string,
  project?: { name: string; role: string },
): Promise<Secret> {
  await owner.visit(`${organization}/service-accounts`);
  await owner.press('New service account');
  const dialog = owner.page.getByRole('dialog', { name: 'New service account' });
  await dialog.getByLabel('Name', { exact: true }).fill(name);
  await dialog.getByLabel('Role in the organization').selectOption({ label: role });
  if (project) {
    await dialog.getByLabel('Project (optional)', { exact: true }).fill(project.name);
    await dialog.getByLabel('Role in this project').selectOption({ label: project.role });
  }
  await dialog.getByRole('button', { name: 'Create service account' }).click();
  await expect(owner.heading(name)).toBeVisible();
  return toldSecret(owner);
}

/** What the page tells this once. */
export async function toldSecret(owner: Person): Promise<Secret> {
  const told = async (name: string) =>
    (await owner.page.getByRole('region', { name, exact: true }).innerText()).trim();
  return { id: await told('Client ID'), secret: await told('Client secret') };
}
