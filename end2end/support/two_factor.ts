import { expect } from '@playwright/test';
import type { Person } from './person.ts';
import { FOUNDER } from './test.ts';
import { totp } from './totp.ts';

export interface TwoFactor {
  secret: string;
  codes: string[];
}

/** Sets two-factor sign-in up the way a person does who types the secret into an app. */
export async function turnOnTwoFactor(person: Person): Promise<TwoFactor> {
  await person.visit('/account/two-factor');
  await person.follow('Set up');
  const secret = await shownSecret(person);
  await turnOn(person, totp(secret));
  await expect(person.page.getByText('Two-factor sign-in is on.')).toBeVisible();
  return { secret, codes: await shownRecoveryCodes(person) };
}

export async function turnOn(person: Person, code: string): Promise<void> {
  await person.fill({ Code: code, 'Current password': FOUNDER.password });
  await person.press('Turn on');
}

export async function shownSecret(person: Person): Promise<string> {
  return (await person.page.getByRole('definition').getByRole('code').innerText()).replaceAll(' ', '');
}

export async function shownRecoveryCodes(person: Person): Promise<string[]> {
  const list = person.page.getByRole('region', { name: 'Recovery codes' });
  return (await list.innerText()).split(/\s+/).filter(Boolean);
}

export async function enterCode(person: Person, code: string): Promise<void> {
  await person.fill({ Code: code });
  await person.press('Sign in');
}
