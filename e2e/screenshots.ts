import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { browserLaunch } from './browser.ts';
import { sampleDesk } from './sample.ts';

// npm run screenshots -- DIR [PART-OF-A-NAME]: every page, light, dark and at phone width, on the sample organisation.
const [directory = 'screenshots', only = ''] = process.argv.slice(2);
const LOOKS = [
  { name: 'light', colorScheme: 'light', width: 1280, height: 900 },
  { name: 'dark', colorScheme: 'dark', width: 1280, height: 900 },
  { name: 'phone', colorScheme: 'light', width: 390, height: 844 },
] as const;

mkdirSync(directory, { recursive: true });
const desk = await sampleDesk();
const browser = await chromium.launch(await browserLaunch());
try {
  for (const look of LOOKS) {
    const context = await browser.newContext({ locale: 'en-US', timezoneId: 'Europe/Berlin', colorScheme: look.colorScheme, viewport: { width: look.width, height: look.height } });
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') process.stdout.write(`console error on ${page.url()}: ${message.text()}\n`);
    });
    page.on('pageerror', (error) => process.stdout.write(`page error on ${page.url()}: ${error.message}\n`));
    await page.goto(desk.link);
    for (const [name, path] of Object.entries(desk.pages).filter(([one]) => one.includes(only)))
      await shoot(page, { url: `${desk.url}${path}`, file: join(directory, `${name}-${look.name}.png`) });
    await context.close();
  }
} finally {
  await browser.close();
  await desk.stop();
}

async function shoot(page: Page, shot: { url: string; file: string }): Promise<void> {
  await page.goto(shot.url);
  await page.waitForLoadState('load');
  await page
    .locator('h1')
    .first()
    .waitFor({ timeout: 10_000 })
    .catch(() => process.stdout.write(`no heading on ${shot.url}\n`));
  await page.waitForTimeout(350);
  await page.screenshot({ path: shot.file, fullPage: true });
  process.stdout.write(`${shot.file}\n`);
}
