import { defineConfig } from '@playwright/test';
import { browserLaunch } from './browser.ts';

const { executablePath, args, env } = await browserLaunch();

export default defineConfig({
  testDir: '.',
  testMatch: '*.journey.ts',
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: { locale: 'en-US', timezoneId: 'Europe/Berlin', viewport: { width: 1280, height: 900 }, launchOptions: { executablePath, args, env }, trace: 'off' },
});
