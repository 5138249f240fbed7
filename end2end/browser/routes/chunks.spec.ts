import { forgive } from '../../support/quiet.ts';
import { expect, test } from '../../support/test.ts';

/** What one page brings, which the sidebar leads to. */
const PARCEL = '**/api_reference.parcel';
const PAGE = 'API reference';
/** What the browser and the loader say of a parcel that does not come. */
const MISSING = /api_reference\.parcel|Failed to fetch/;

test('what fails to arrive once is asked for again', async ({ owner }) => {
  let requests = 0;
  forgive(owner.page.context(), MISSING);
  await owner.page.route(PARCEL, (route) => (++requests === 1 ? route.abort() : route.continue()));
  await owner.visit('/');
  await owner.follow(PAGE, PAGE);
  expect(requests).toBe(2);
});

test('what arrives late is waited for', async ({ owner }) => {
  let arrive = () => {};
  const arrival = new Promise<void>((resolve) => (arrive = resolve));
  await owner.page.route(PARCEL, async (route) => {
    await arrival;
    await route.continue();
  });
  await owner.visit('/');
  const asked = owner.page.waitForRequest(PARCEL);
  await owner.follow(PAGE);
  await asked;
  await expect(owner.heading(PAGE)).toBeHidden();
  arrive();
  await expect(owner.heading(PAGE)).toBeVisible();
});

test('what is gone for good is said, and the page loaded anew', async ({ owner }) => {
  let isGone = true;
  forgive(owner.page.context(), MISSING);
  await owner.page.route(PARCEL, (route) => (isGone ? route.fulfill({ status: 404 }) : route.continue()));
  await owner.visit('/');
  const asked = owner.page.waitForEvent('dialog');
  await owner.follow(PAGE);
  const dialog = await asked;
  expect(dialog.message()).toContain('cannot be loaded');
  isGone = false;
  const reloaded = owner.page.waitForEvent('load');
  await dialog.accept();
  await reloaded;
  await owner.awake();
  await owner.visit('/');
  await owner.follow(PAGE, PAGE);
});
