import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './test.ts';

/** axe finds nothing, by WCAG up to 2.2 AA and by its best practices. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    at: nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary ?? ''}`),
  }));
  expect.soft(found, `axe on ${what}`).toEqual([]);
}

/** Nothing sticks out sideways. Names the culprits, since a scroll bar does not. */
export async function expectNoOverflow(page: Page, what: string): Promise<void> {
  const wide = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const elements = [...document.body.querySelectorAll('*')];
    const culprits = elements.filter((element) => element.getBoundingClientRect().right > width + 0.5);
    return culprits.length ? culprits.map((element) => element.outerHTML.slice(0, 120)) : ['the page itself'];
  });
  expect.soft(wide, `sideways overflow on ${what}`).toEqual([]);
}
