import { expect, type Locator, type Page } from '@playwright/test';

const TABS_MAX = 40;

/** Moves on with Tab until something has the focus; whatever had it on the way showed so. */
export async function tabTo(page: Page, goal: Locator): Promise<void> {
  for (let tabs = 0; tabs < TABS_MAX; tabs++) {
    await page.keyboard.press('Tab');
    await expectVisibleFocus(page);
    if (await goal.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${goal} is out of the keyboard's reach`);
}

async function expectVisibleFocus(page: Page): Promise<void> {
  const blind = await page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return undefined;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const shown = (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
    return shown ? undefined : element.outerHTML.slice(0, 200);
  });
  expect(blind, 'has the focus but does not show it').toBeUndefined();
}
