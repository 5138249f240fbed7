import type { Person } from '../../support/person.ts';
import { expect, FOUNDER, test, withAndWithoutScripts } from '../../support/test.ts';
import { chooseTheme, expectTheme } from '../../support/theme.ts';

withAndWithoutScripts(() => {
  test('a theme stays after sign-out, and comes along to another browser', async ({ owner, newPerson }) => {
    await chooseTheme(owner, 'Dark');
    await expectTheme(owner, 'dark');
    await owner.signOut();
    await expectTheme(owner, 'dark');
    await owner.visit('/sign-in');
    await expectTheme(owner, 'dark');

    const elsewhere = await newPerson();
    await elsewhere.visit('/sign-in');
    await expectTheme(elsewhere, 'system');
    await elsewhere.signIn(FOUNDER.email, FOUNDER.password);
    await expectTheme(elsewhere, 'dark');
  });

  test('the menu changes the theme in place', async ({ owner }) => {
    await owner.visit('/account/sessions');
    await owner.userMenu().click();
    const saved = owner.page.waitForResponse((response) => response.url().includes('/fn/theme/set'));
    await owner.button('High contrast').click();
    await expectTheme(owner, 'contrast');
    await saved;
    await owner.visit('/account/sessions');
    await expectTheme(owner, 'contrast');
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`a ${colorScheme} system`, () => {
    test.use({ colorScheme });

    test('is followed until somebody chooses', async ({ visitor }) => {
      await visitor.visit('/sign-in');
      const [red = NaN] = await background(visitor);
      if (colorScheme === 'dark') expect(red).toBeLessThan(80);
      else expect(red).toBeGreaterThan(200);
    });
  });
}

/** The colour that is really painted behind the page, drawn to a pixel since CSS may say it in any colour space. */
function background(person: Person): Promise<number[]> {
  return person.page.evaluate(() => {
    const elements = [document.body, document.documentElement];
    const painted = elements.map((element) => getComputedStyle(element).backgroundColor);
    const color = painted.find((color) => color !== 'rgba(0, 0, 0, 0)') ?? 'white';
    const context = document.createElement('canvas').getContext('2d');
    if (!context) throw new Error('no canvas');
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  });
}
