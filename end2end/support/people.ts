import { expect, type Locator } from '@playwright/test';
import { linkIn, type PostOffice } from './mail.ts';
import type { Person } from './person.ts';
import { FOUNDER } from './test.ts';

export const PASSWORD = 'lantern beside the old mill';

/** Goes to the page of the founder's project, and gives its address. */
export async function toProject(person: Person): Promise<string> {
  await person.visit('/');
  await person.page.getByRole('main').getByRole('link', { name: FOUNDER.project }).click();
  await expect(person.heading(FOUNDER.project)).toBeVisible();
  return new URL(person.page.url()).pathname;
}

/** Goes to the page of the founder's organization, and gives its address. */
export async function toOrganization(person: Person): Promise<string> {
  await toProject(person);
  await person.page.getByRole('main').getByRole('link', { name: FOUNDER.organization }).click();
  await expect(person.heading(FOUNDER.organization)).toBeVisible();
  return new URL(person.page.url()).pathname;
}

/** Fills in the form of a place's invites, and sends it. `place` is the address of a project or organization. */
export async function sendInvites(owner: Person, place: string, addresses: string, role: string): Promise<void> {
  await owner.visit(`${place}/invites`);
  await owner.fill({ 'E-mail addresses': addresses });
  await owner.page.getByRole('radio', { name: role, exact: true }).check();
  await owner.press('Send invites');
}

/** Invites one address by mail, and gives the link that arrives there. */
export async function invite(
  owner: Person,
  post: PostOffice,
  place: string,
  email: string,
  role: string,
): Promise<string> {
  const before = (await post.received(email)).length;
  await sendInvites(owner, place, email, role);
  await expect(owner.page.getByText('Invited. The list says')).toBeVisible();
  await expect.poll(async () => (await post.received(email)).length).toBeGreaterThan(before);
  return linkIn(await post.arrival(email, /invited/));
}

/** Opens an invitation as somebody without an account, makes one, and stands in the place. */
export async function acceptAsNew(person: Person, link: string, name: string, password = PASSWORD): Promise<void> {
  await person.visit(link);
  await person.fill({ 'Your name': name, Password: password });
  await person.press('Accept and make the account');
  await expect(person.page.getByText('Welcome. You are in.')).toBeVisible();
  await person.expectSignedIn();
}

/** Somebody new, invited by mail into a place and signed in at their own browser. Their address is `<name>@example.com`. */
export async function join(
  owner: Person,
  post: PostOffice,
  newPerson: () => Promise<Person>,
  place: string,
  name: string,
  role: string,
): Promise<Person> {
  const link = await invite(owner, post, place, addressOf(name), role);
  const person = await newPerson();
  await acceptAsNew(person, link, name);
  return person;
}

export function addressOf(name: string): string {
  return `${name.toLowerCase()}@example.com`;
}

/** The row of a table in which this stands. */
export function row(person: Person, table: string, text: string): Locator {
  const rows = person.page.getByRole('table', { name: table, exact: true }).getByRole('row');
  return rows.filter({ has: person.page.getByRole('cell') }).filter({ hasText: text });
}

export async function changeRole(owner: Person, name: string, role: string): Promise<void> {
  await owner.awake();
  await owner.field(`Role of ${name}`).selectOption({ label: role });
  await owner.press(`Save the role of ${name}`);
}

export async function remove(owner: Person, name: string): Promise<void> {
  await owner.press(`Remove ${name}`);
  await owner.page.getByRole('dialog', { name: `Remove ${name}?` }).getByRole('button', { name: 'Remove' }).click();
}
