import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createKey } from './api_keys.ts';
import { linkIn, type PostOffice } from './mail.ts';
import { filmIndex, films, sendFile } from './indexes.ts';
import { invite, toOrganization, toProject } from './people.ts';
import type { Person } from './person.ts';
import { createServiceAccount } from './service_accounts.ts';
import { FOUNDER } from './test.ts';
import { turnOnTwoFactor } from './two_factor.ts';

/** Those who walk through all pages: a founded house, open for sign-up. */
export interface Walk {
  owner: Person;
  visitor: Person;
  post: PostOffice;
}

export interface Route {
  /** As the app names it. */
  pattern: string;
  /** The file name of its picture. */
  name: string;
  /** Goes there, and says who stands there now. */
  open: (walk: Walk) => Promise<Person>;
}

/** Every page. One that is missing here fails `routes.spec.ts`. `/setup` comes first in a house without an owner. */
export const ROUTES: Route[] = [
  publicPage('/sign-in', 'sign-in'),
  { pattern: '/sign-in/second-factor', name: 'second-factor', open: openSecondFactor },
  publicPage('/sign-up', 'sign-up'),
  { pattern: '/sign-up/complete', name: 'sign-up-complete', open: openCompleteSignUp },
  publicPage('/password-reset', 'password-reset'),
  { pattern: '/password-reset/new', name: 'password-reset-new', open: openNewPassword },
  { pattern: '/confirm-email', name: 'confirm-email', open: openConfirmEmail },
  ownPage('/', 'home'),
  ownPage('/api-reference', 'api-reference'),
  ownPage('/organizations/new', 'organization-new'),
  { pattern: '/organizations/:organization_id', name: 'organization', open: openOrganization },
  { pattern: '/organizations/:organization_id/audit', name: 'audit', open: openAudit },
  placePage('organizations', 'settings', 'organization-settings', openOrganization),
  { pattern: '/projects/:project_id', name: 'project', open: openProject },
  placePage('organizations', 'members', 'organization-members', openOrganization),
  placePage('organizations', 'invites', 'organization-invites', openOrganization),
  placePage('projects', 'members', 'project-members', openProject),
  placePage('projects', 'invites', 'project-invites', openProject),
  { pattern: '/invite', name: 'invite', open: openInvitation },
  { pattern: '/confirm-address', name: 'confirm-address', open: ({ owner }) => arrive(owner, '/confirm-address?token=x') },
  placePage('projects', 'settings', 'project-settings', openProject),
  { pattern: '/organizations/:organization_id/service-accounts', name: 'service-accounts', open: openServiceAccounts },
  {
    pattern: '/organizations/:organization_id/service-accounts/:account_id',
    name: 'service-account',
    open: (walk) => openServiceAccount(walk),
  },
  placePage('organizations', 'usage', 'organization-usage', openOrganization),
  placePage('projects', 'usage', 'project-usage', openProject),
  placePage('projects', 'api-keys', 'api-keys', openProject),
  { pattern: '/projects/:project_id/api-keys/:key_id', name: 'api-key', open: openApiKey },
  placePage('projects', 'indexes', 'indexes', openWithIndex),
  placePage('projects', 'indexes/new', 'index-new', openProject),
  indexPage('', 'index'),
  indexPage('/records', 'records'),
  indexPage('/records/new', 'records-new'),
  indexPage('/record', 'record', '?namespace=films&id=film-00007'),
  indexPage('/playground', 'playground', '?namespace=films&by=record&record=film-00007&expected=film-00009'),
  indexPage('/playground/queries', 'queries', '?namespace=films&by=record&record=film-00007&top_k=5'),
  indexPage(
    '/playground/compare',
    'compare',
    '?namespace=films&record=film-00007&top_k=8&b_namespace=films&b_record=film-00009&b_top_k=8',
  ),
  indexPage('/namespaces', 'namespaces'),
  indexPage('/imports', 'imports'),
  { ...indexPage('/imports/file', 'import-file'), open: openUpload },
  { ...indexPage('/imports/one', 'import-one'), open: openImport },
  indexPage('/lint', 'lint', '?namespace=films'),
  indexPage('/backups', 'backups'),
  indexPage('/settings', 'index-settings'),
  ownPage('/account', 'account'),
  ownPage('/account/password', 'account-password'),
  ownPage('/account/two-factor', 'account-two-factor'),
  ownPage('/account/two-factor/set-up', 'account-two-factor-set-up'),
  ownPage('/account/sessions', 'account-sessions'),
];

/** The same list as the app has it, read from its source with its nesting. */
export function routesOfApp(): string[] {
  const source = readFileSync(fileURLToPath(new URL('../../app/src/routes.rs', import.meta.url)), 'utf8');
  const parents: string[] = [];
  const routes: string[] = [];
  for (const [tag, , path] of source.matchAll(/<(ParentRoute|Route)\s+path=path!\("([^"]*)"\)|<\/ParentRoute>/g)) {
    if (tag.startsWith('</')) parents.pop();
    else if (tag.startsWith('<ParentRoute')) parents.push(path ?? '');
    else routes.push([...parents, path].join('').replace(/(.)\/$/, '$1'));
  }
  return routes;
}

function publicPage(address: string, name: string): Route {
  return { pattern: address, name, open: ({ visitor }) => arrive(visitor, address) };
}

function ownPage(address: string, name: string): Route {
  return { pattern: address, name, open: ({ owner }) => arrive(owner, address) };
}

/** A page below that of an organization or a project. */
function placePage(room: 'organizations' | 'projects', page: string, name: string, open: Route['open']): Route {
  return {
    pattern: `/${room}/:${room.slice(0, -1)}_id/${page}`,
    name,
    open: async (walk) => {
      const person = await open(walk);
      return arrive(person, `${new URL(person.page.url()).pathname}/${page}`);
    },
  };
}

/** A page of an index that holds a few films. */
function indexPage(page: string, name: string, query = ''): Route {
  return {
    pattern: `/projects/:project_id/indexes/:index_id${page}`,
    name,
    open: async (walk) => {
      await openWithIndex(walk);
      const index = await filmIndex(walk.owner, new URL(walk.owner.page.url()).pathname);
      return arrive(walk.owner, `${index}${page}${query || (page === '/records' ? '?namespace=films' : '')}`);
    },
  };
}

async function openWithIndex(walk: Walk): Promise<Person> {
  const owner = await openProject(walk);
  await filmIndex(owner, new URL(owner.page.url()).pathname);
  return owner;
}

/** A file that waits to be imported, with a row that is no record. */
async function openUpload(walk: Walk): Promise<Person> {
  await openWithIndex(walk);
  const index = await filmIndex(walk.owner, new URL(walk.owner.page.url()).pathname);
  const rows = [...films(5).map((film) => JSON.stringify(film)), '{"id": "wrong"}'];
  await sendFile(walk.owner, index, 'films.jsonl', rows.join('\n'));
  return arrive(walk.owner, new URL(walk.owner.page.url()).pathname + new URL(walk.owner.page.url()).search);
}

async function openImport(walk: Walk): Promise<Person> {
  const owner = await openUpload(walk);
  await owner.press('Begin the import');
  await owner.page.waitForURL(/imports\/one/);
  return arrive(owner, new URL(owner.page.url()).pathname + new URL(owner.page.url()).search);
}

async function arrive(person: Person, address: string): Promise<Person> {
  await person.visit(address);
  return person;
}

async function openProject({ owner }: Walk): Promise<Person> {
  await owner.visit('/');
  await owner.page.getByRole('main').getByRole('link', { name: FOUNDER.project }).click();
  await owner.heading(FOUNDER.project).waitFor();
  return arrive(owner, owner.page.url());
}

async function openOrganization(walk: Walk): Promise<Person> {
  const owner = await openProject(walk);
  await owner.page.getByRole('main').getByRole('link', { name: FOUNDER.organization }).click();
  await owner.heading(FOUNDER.organization).waitFor();
  return arrive(owner, owner.page.url());
}

async function openApiKey({ owner }: Walk): Promise<Person> {
  await createKey(owner, await toProject(owner), 'Search service');
  return arrive(owner, new URL(owner.page.url()).pathname);
}

async function openServiceAccount({ owner }: Walk, name = 'Deployment'): Promise<Person> {
  const project = { name: FOUNDER.project, role: 'User' };
  await createServiceAccount(owner, await toOrganization(owner), name, 'Manager', project);
  return arrive(owner, new URL(owner.page.url()).pathname);
}

async function openServiceAccounts(walk: Walk): Promise<Person> {
  const owner = await openServiceAccount(walk, 'Nightly load');
  return arrive(owner, new URL(owner.page.url()).pathname.replace(/\/[^/]+$/, ''));
}

async function openAudit(walk: Walk): Promise<Person> {
  const owner = await openOrganization(walk);
  return arrive(owner, `${owner.page.url()}/audit`);
}

async function openInvitation({ owner, visitor, post }: Walk): Promise<Person> {
  const link = await invite(owner, post, await toProject(owner), 'bob@example.com', 'User');
  return arrive(visitor, link);
}

async function openNewPassword({ visitor, post }: Walk): Promise<Person> {
  await visitor.visit('/password-reset');
  await visitor.fill({ 'E-mail': FOUNDER.email });
  await visitor.press('Send the link');
  return arrive(visitor, linkIn(await post.arrival(FOUNDER.email, /reset|password/i)));
}

async function openCompleteSignUp({ visitor, post }: Walk): Promise<Person> {
  const email = 'newcomer@example.com';
  await visitor.visit('/sign-up');
  await visitor.fill({ 'E-mail': email });
  await visitor.press('Send the link');
  return arrive(visitor, linkIn(await post.arrival(email, /./)));
}

async function openConfirmEmail({ owner, visitor, post }: Walk): Promise<Person> {
  const email = 'elsewhere@example.com';
  await owner.visit('/account');
  await owner.fill({ 'New address': email, 'Current password': FOUNDER.password });
  await owner.press('Change address');
  return arrive(visitor, linkIn(await post.arrival(email, /./)));
}

async function openSecondFactor({ owner, visitor }: Walk): Promise<Person> {
  await turnOnTwoFactor(owner);
  await visitor.enterPassword(FOUNDER.email, FOUNDER.password);
  await visitor.heading('Two-factor sign-in').waitFor();
  return arrive(visitor, visitor.page.url());
}
