import type { Person } from './person.ts';

/** Goes down to what is drawn of results: it comes when somebody is about to see it. */
export async function seePictures(person: Person): Promise<void> {
  await person.awake();
  await person.page.locator('.later').scrollIntoViewIfNeeded();
}
