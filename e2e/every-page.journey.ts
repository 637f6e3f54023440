import { gzipSync } from 'node:zlib';
import { expect, test, type Page } from '@playwright/test';
import { complaintsOf, expectAccessible, expectLegible } from './desk.ts';
import { sampleDesk, type Sample } from './sample.ts';

let sample: Sample;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  sample = await sampleDesk(10);
});
test.afterAll(() => sample.stop());

for (const { width, height } of [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
]) {
  test(`every page is accessible in light and dark and complains of nothing (${width} px)`, async ({ browser }) => {
    test.setTimeout(240_000);
    const context = await browser.newContext({ locale: 'en-US', timezoneId: 'Europe/Berlin', viewport: { width, height } });
    const first = await context.newPage();
    await first.goto(sample.link);
    const paths = Object.values(sample.pages);
    const look = async (page: Page, places: readonly string[]) => {
      const complaints = complaintsOf(page);
      for (const path of places) {
        await page.emulateMedia({ colorScheme: 'light' });
        await page.goto(`${sample.url}${path}`);
        await expect(page.locator('h1').first()).toBeVisible();
        await page.waitForTimeout(150);
        await expectAccessible(page);
        const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
        expect(overflow, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
        await page.emulateMedia({ colorScheme: 'dark' });
        await expectLegible(page);
      }
      expect(complaints).toEqual([]);
    };
    // Two tabs share the pages: one loads while the other is looked at.
    await Promise.all([
      look(
        first,
        paths.filter((_, place) => place % 2 === 0),
      ),
      look(
        await context.newPage(),
        paths.filter((_, place) => place % 2 === 1),
      ),
    ]);
    await context.close();
  });
}

test('the keyboard reaches everything: palette, shortcuts, rows', async ({ page }) => {
  const complaints = complaintsOf(page);
  await page.goto(sample.link);
  await expect(page.locator('h1').first()).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('payments-api');
  await page
    .getByRole('option', { name: /payments-api/ })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/(services|alerts|incidents)\//);
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await expect(page).toHaveURL(/\/incidents/);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  expect(complaints).toEqual([]);
});

test('the first load of the shell and Watch is at most 180 kB of script, gzipped', async ({ page }) => {
  const sizes = new Map<string, number>();
  page.on('response', (response) => {
    if (!response.url().includes('.js')) return;
    void response.body().then(
      (body) => sizes.set(response.url(), gzipSync(body).length),
      () => undefined,
    );
  });
  await page.goto(sample.link);
  await expect(page.locator('h1').first()).toBeVisible();
  // The live stream keeps the network busy for ever, so the wait is for quiet scripts.
  await page.waitForTimeout(1500);
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  expect(sizes.size).toBeGreaterThan(1);
  expect(total / 1024, [...sizes].map(([url, size]) => `${Math.round(size / 1024)} kB ${url}`).join('\n')).toBeLessThanOrEqual(180);
});
