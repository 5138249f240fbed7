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

/** The control, or the frame around it, looks different with the focus than without. */
async function expectVisibleFocus(page: Page): Promise<void> {
  const blind = await page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return undefined;
    const look = () =>
      [element, element.parentElement ?? element].map((part) => {
        const { outline, boxShadow, borderColor } = getComputedStyle(part);
        return [outline, boxShadow, borderColor].join();
      });
    const focused = look();
    element.blur();
    const blurred = look();
    element.focus();
    return focused.join() === blurred.join() ? element.outerHTML.slice(0, 200) : undefined;
  });
  expect(blind, 'has the focus but does not show it').toBeUndefined();
}
