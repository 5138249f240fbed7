import { expect, type Locator } from '@playwright/test';
import type { Person } from './person.ts';
import { FOUNDER } from './test.ts';

const AT_ONCE = 8;

/** Opens the founder's project and gives its address. */
export async function openProject(person: Person, name = FOUNDER.project): Promise<string> {
  await person.visit('/');
  await person.page.getByRole('main').getByRole('link', { name, exact: true }).click();
  await expect(person.heading(name)).toBeVisible();
  return new URL(person.page.url()).pathname;
}

/** Opens the founder's organization and gives its address. */
export async function openOrganization(person: Person, name = FOUNDER.organization): Promise<string> {
  await person.visit('/');
  await person.page.getByRole('main').getByRole('link', { name, exact: true }).first().click();
  await expect(person.heading(name)).toBeVisible();
  return new URL(person.page.url()).pathname;
}

/** Makes an organization by its page, and gives its address. */
export async function makeOrganization(person: Person, name: string): Promise<string> {
  await person.visit('/organizations/new');
  await person.fill({ Name: name });
  await person.press('Create organization');
  await expect(person.page).toHaveURL(/\/organizations\/[0-9a-f-]{36}/);
  await expect(person.heading(name)).toBeVisible();
  return new URL(person.page.url()).pathname;
}

/** Makes a project by the dialog of its organization's page, and gives its address. */
export async function makeProject(person: Person, organization: string, name: string): Promise<string> {
  await person.visit(organization);
  await person.press('New project');
  await person.fill({ Name: name });
  await person.press('Create project');
  await expect(person.page).toHaveURL(/\/projects\//);
  await expect(person.heading(name)).toBeVisible();
  return new URL(person.page.url()).pathname;
}

/** Makes many projects past the pages, as their scripts would. */
export async function makeProjects(person: Person, organization: string, names: string[]): Promise<void> {
  const organization_id = organization.split('/')[2] ?? '';
  for (let from = 0; from < names.length; from += AT_ONCE) {
    const some = names.slice(from, from + AT_ONCE);
    await Promise.all(some.map((name) => call(person, 'projects/create', { organization_id, name })));
  }
}

/** Calls a server function with somebody's session; gives the status of the answer. */
export async function call(person: Person, name: string, form: Record<string, string>): Promise<number> {
  const headers = { accept: 'application/json', origin: person.server.url };
  const answer = await person.page.request.post(`/fn/${name}`, { form, headers });
  return answer.status();
}

/** The rows of a table, without its head. */
export function rows(person: Person, table: string): Locator {
  const found = person.page.getByRole('table', { name: table });
  return found.getByRole('row').filter({ has: person.page.getByRole('cell') });
}
