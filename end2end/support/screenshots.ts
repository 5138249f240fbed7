import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';

/** Pictures of every page, for people to look through: `screenshots/<theme>/<width>/<route>.png`. */
export async function takePicture(page: Page, theme: string, width: number, route: string): Promise<void> {
  const path = fileURLToPath(new URL(`../screenshots/${theme}/${width}/${route}.png`, import.meta.url));
  await page.screenshot({ path, fullPage: true, animations: 'disabled', caret: 'hide' });
}

/** The README's one picture, written only on request so that it changes on purpose. */
export async function takeReadmePicture(page: Page): Promise<void> {
  if (process.env.CONIFER_UPDATE_README_SCREENSHOT !== '1') return;
  const path = fileURLToPath(new URL('../../docs/screenshot.png', import.meta.url));
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
}
