import { expect, type Locator, type Page } from '@playwright/test';
import type { Server } from './server.ts';

/** Somebody at a browser, who finds things by what they are called. */
export class Person {
  constructor(
    readonly page: Page,
    readonly server: Server,
    readonly hasScripts: boolean,
  ) {}

  /** Opens an address as typed into the address bar, and gives the status of the answer. */
  async visit(address: string): Promise<number> {
    const response = await this.page.goto(address);
    await this.awake();
    return response?.status() ?? 0;
  }

  /** Waits until the page's scripts run, where it has any. */
  async awake(): Promise<void> {
    if (!this.hasScripts) return;
    await expect(this.page.locator('html')).toHaveAttribute('data-hydrated', 'true');
  }

  async fill(fields: Record<string, string>): Promise<void> {
    for (const [label, text] of Object.entries(fields)) await this.field(label).fill(text);
  }

  /** The last word on a form: presses its button once the page listens. */
  async press(button: string): Promise<void> {
    await this.awake();
    await this.button(button).click();
  }

  /** Follows a link and waits for the page `to`: until it is there the one before still shows, and may have the same fields. */
  async follow(link: string, to?: string | RegExp): Promise<void> {
    await this.awake();
    await this.page.getByRole('link', { name: link, exact: true }).click();
    if (to) await expect(this.heading(to)).toBeVisible();
  }

  field(label: string): Locator {
    return this.page.getByLabel(label, { exact: true });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { level: 1, name });
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.enterPassword(email, password);
    await this.expectSignedIn();
  }

  /** At the first page, signed in without the form that other stories are about. */
  async comeSignedIn(email: string, password: string): Promise<void> {
    const answer = await this.page.request.post('/fn/sign-in/password', { form: { email, password } });
    expect(answer.ok(), await answer.text()).toBe(true);
    await this.visit('/');
    await this.expectSignedIn();
  }

  /** E-mail and password, whatever comes of it. */
  async enterPassword(email: string, password: string): Promise<void> {
    if (!new URL(this.page.url(), 'http://x').pathname.startsWith('/sign-in')) await this.visit('/sign-in');
    await this.fill({ 'E-mail': email, Password: password });
    await this.press('Sign in');
  }

  async signOut(): Promise<void> {
    await this.awake();
    await this.userMenu().click();
    await this.button('Sign out').click();
    await expect(this.page).toHaveURL(/\/sign-in\?done=signed-out$/);
  }

  /** A summary has no role that a locator knows. */
  userMenu(): Locator {
    return this.page.locator('summary', { hasText: 'Your account' });
  }

  async expectSignedIn(): Promise<void> {
    await expect(this.userMenu()).toBeVisible();
  }

  /** Their next request leads to the sign-in page. */
  async expectSignedOut(): Promise<void> {
    await this.visit('/account');
    await expect(this.page).toHaveURL(/\/sign-in\?next=%2Faccount$/);
    await expect(this.heading('Sign in')).toBeVisible();
  }

  /** A form said no: aloud, and nothing else happened. */
  async expectAlert(text: string | RegExp): Promise<void> {
    await expect(this.page.getByRole('alert').filter({ hasText: text })).toBeVisible();
  }

  /** A field says what is wrong with it, and with scripts it has the focus. */
  async expectFieldError(label: string, text: string | RegExp): Promise<void> {
    const field = this.field(label);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toHaveAccessibleDescription(text);
    if (this.hasScripts) await expect(field).toBeFocused();
  }
}
