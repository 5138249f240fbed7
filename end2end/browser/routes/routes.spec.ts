import { mkdir, writeFile } from 'node:fs/promises';
import { expectAccessible, expectNoOverflow } from '../../support/axe.ts';
import type { Person } from '../../support/person.ts';
import { ROUTES, routesOfApp } from '../../support/routes.ts';
import { takePicture, takeReadmePicture } from '../../support/screenshots.ts';
import { expect, FOUNDER, test } from '../../support/test.ts';
import { chooseTheme, expectTheme, rememberTheme } from '../../support/theme.ts';
import { weigh, type Weight } from '../../support/weight.ts';

const SET_UP = '/setup';
const WIDTHS = [360, 1440];
const FIRST_WASM_BYTES_MAX = 250_000;

const LOOKS = [
  { look: 'light', theme: 'light', label: 'Light', colorScheme: 'light' },
  { look: 'dark', theme: 'dark', label: 'Dark', colorScheme: 'light' },
  { look: 'contrast', theme: 'contrast', label: 'High contrast', colorScheme: 'light' },
  { look: 'contrast-dark', theme: 'contrast', label: 'High contrast', colorScheme: 'dark' },
] as const;

test('no page is forgotten here', () => {
  expect(routesOfApp().sort()).toEqual([SET_UP, ...ROUTES.map(({ pattern }) => pattern)].sort());
});

for (const { look, theme, label, colorScheme } of LOOKS) {
  test.describe(`in ${look}`, () => {
    test.use({ colorScheme, signUp: 'open' });
    test.setTimeout(600_000);

    test.describe('before there is an owner', () => {
      test.use({ founder: null });

      test('the set-up page is sound', async ({ visitor, server }) => {
        await rememberTheme(visitor, theme);
        await visitor.visit(await server.setUpLink());
        await inspect(visitor, theme, look, 'set-up');
      });
    });

    test('every page is sound', async ({ owner, visitor, post }) => {
      await chooseTheme(owner, label);
      await rememberTheme(visitor, theme);
      // Two-factor sign-in changes its page once it is on: what turns it on comes last.
      const last = (pattern: string) => Number(pattern === '/sign-in/second-factor');
      for (const route of ROUTES.toSorted((a, b) => last(a.pattern) - last(b.pattern))) {
        await test.step(route.pattern, async () => {
          const person = await route.open({ owner, visitor, post });
          expect(toPattern(person)).toBe(route.pattern);
          await inspect(person, theme, look, route.name);
        });
      }
    });

    test('what opens and what goes wrong is sound', async ({ owner, visitor, newPerson }) => {
      await chooseTheme(owner, label);
      await rememberTheme(visitor, theme);
      await visitor.visit('/sign-in');
      await visitor.enterPassword(FOUNDER.email, 'not the password of anybody');
      await visitor.expectAlert(/wrong/);
      await inspect(visitor, theme, look, 'sign-in-failed');

      await owner.visit('/account/password');
      await owner.fill({ 'Current password': FOUNDER.password, 'New password': 'password1' });
      await owner.press('Change password');
      await owner.expectFieldError('New password', /too easy/);
      await inspect(owner, theme, look, 'account-password-weak');

      await owner.visit('/nowhere');
      await inspect(owner, theme, look, 'not-found');

      await owner.visit('/');
      await owner.page.keyboard.press('Control+k');
      await inspect(owner, theme, look, 'palette');
      if (look === 'light') await takeReadmePicture(owner.page);
      await owner.page.keyboard.press('Escape');
      await owner.userMenu().click();
      await inspect(owner, theme, look, 'user-menu');

      await (await newPerson()).signIn(FOUNDER.email, FOUNDER.password);
      await owner.visit('/account/sessions');
      await inspect(owner, theme, look, 'account-sessions-two');
      await owner.press('End all others');
      await inspect(owner, theme, look, 'account-sessions-dialog');
    });
  });
}

test('the first load is light', async ({ newPerson }) => {
  const first = await newPerson();
  const weights: Record<string, Weight> = { '/sign-in': await weigh(first.page, '/sign-in') };
  await first.signIn(FOUNDER.email, FOUNDER.password);
  const state = await first.page.context().storageState();
  for (const { pattern } of ROUTES.filter(({ pattern }) => /^\/(account|$)/.test(pattern))) {
    const fresh = await newPerson();
    await fresh.page.context().addCookies(state.cookies);
    weights[pattern] = await weigh(fresh.page, pattern);
  }
  await publish(weights);
  for (const [page, { wasm_encodings }] of Object.entries(weights)) expect(wasm_encodings, page).toEqual(['br']);
  expect(weights['/sign-in']?.wasm_bytes).toBeLessThan(FIRST_WASM_BYTES_MAX);
});

async function inspect(person: Person, theme: string, look: string, name: string): Promise<void> {
  await expectTheme(person, theme);
  for (const width of WIDTHS) {
    await person.page.setViewportSize({ width, height: 800 });
    await expectAccessible(person.page, `${name} at ${width} px`);
    await expectNoOverflow(person.page, `${name} at ${width} px`);
    await takePicture(person.page, look, width, name);
  }
}

function toPattern(person: Person): string {
  const { pathname } = new URL(person.page.url());
  const place = pathname.replace(/^\/(organization|project)s\/[0-9a-f-]{36}/, '/$1s/:$1_id');
  return place
    .replace(/\/indexes\/[0-9a-f-]{36}/, '/indexes/:index_id')
    .replace(/\/api-keys\/[0-9a-f-]{36}/, '/api-keys/:key_id')
    .replace(/\/service-accounts\/[0-9a-f-]{36}/, '/service-accounts/:account_id');
}

async function publish(weights: Record<string, Weight>): Promise<void> {
  const directory = new URL('../../test-results/', import.meta.url);
  const [largest] = Object.entries(weights).sort(([, a], [, b]) => b.body_bytes - a.body_bytes);
  await mkdir(directory, { recursive: true });
  const report = { sign_in: weights['/sign-in'], largest: { page: largest?.[0], ...largest?.[1] }, pages: weights };
  await writeFile(new URL('page-weight.json', directory), `${JSON.stringify(report, null, 2)}\n`);
}
