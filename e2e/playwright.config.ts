import { defineConfig } from '@playwright/test';
import { browserLaunch } from './browser.ts';

const { executablePath, args, env } = await browserLaunch();

export default defineConfig({
  testDir: '.',
  testMatch: '*.journey.ts',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 8_000 },
  reporter: [['list']],
  use: {
    actionTimeout: 8_000,
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 900 },
    launchOptions: { executablePath, args, env },
    // Without motion a change of theme is whole at once: colours half way between two themes are nobody's.
    contextOptions: { reducedMotion: 'reduce' },
    trace: 'off',
  },
});
