import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { ServerProcess } from '#testing/server.ts';
import { complaintsOf, expectAccessible, followInvitation, freshDesk, openTarget, type FreshDesk } from './desk.ts';

const BACKUP = join(import.meta.dirname, '../src/capabilities/checks/importing/samples/uptime-kuma.json');
let desk: FreshDesk;
let server: ServerProcess;
let target: Awaited<ReturnType<typeof openTarget>>;
test.beforeAll(async () => {
  target = await openTarget((_request, response) => response.end('{"status":"UP"}'));
  desk = await freshDesk();
  server = desk.server;
});
test.afterAll(async () => {
  target.close();
  await desk.stop();
});

test('a responder tries a check before it is made, is told what is wrong, and moves in from Uptime Kuma', async ({ page }) => {
  const complaints = complaintsOf(page);
  await followInvitation(page, server, { name: 'Bo Berg', email: 'bo@example.com', role: 'responder' });
  const url = `${target.url}/health`;

  await test.step('what to look at is chosen first; scripts are for administrators', async () => {
    await page.goto(`${server.url}/checks/new`);
    await expect(page.getByRole('link', { name: /^PostgreSQL/ })).toBeVisible();
    await expect(page.getByRole('link', { name: /^Script/ })).toHaveCount(0);
    await expectAccessible(page);
    await page.getByRole('link', { name: /^HTTP/ }).click();
  });

  await test.step('a condition that cannot be one is said while it is typed', async () => {
    await page.locator('[name=name]').fill('Shop');
    await page.locator('[name=url]').fill(url);
    await page.locator('[name=conditions]').fill('[STATUS]==200');
    await expect(page.getByText('Write two values with a comparison between blanks')).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('it is tried, fails, is corrected, passes and is made', async () => {
    await page.locator('[name=conditions]').fill('[BODY].status == DOWN');
    await page.getByRole('button', { name: 'Try it now' }).click();
    await expect(page.getByText('not so: [BODY].status (UP) == DOWN')).toBeVisible();
    await page.locator('[name=conditions]').fill('[BODY].status == UP');
    await page.getByRole('button', { name: 'Try it now' }).click();
    await expect(page.getByText('It passes.')).toBeVisible();
    await page.locator('summary').first().click();
    await page.locator('[name=token]').fill('a token of the shop');
    await page.getByRole('button', { name: 'Make the check' }).click();
    await expect(page).toHaveURL(/\/checks\/CHK-1$/);
    await expect(page.getByText('set, kept secret')).toBeVisible();
  });

  await test.step('a change keeps the token, and no page shows it', async () => {
    await page.getByRole('button', { name: 'Change' }).click();
    await page.locator('[name=intervalSeconds]').fill('30');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByText('set, kept secret')).toBeVisible();
    expect(await page.content()).not.toContain('a token of the shop');
  });

  await test.step('the backup of Uptime Kuma becomes checks', async () => {
    await page.goto(`${server.url}/checks/move-in`);
    await page.locator('input[type=file]').setInputFiles(BACKUP);
    await page.getByRole('button', { name: 'Show the plan' }).click();
    await expect(page.getByText('8 new, 0 there already, 4 not taken over')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Make 8 checks' }).click();
    await expect(page.getByText('8 checks are made.')).toBeVisible();
    await page.getByRole('button', { name: 'Show the plan' }).click();
    await expect(page.getByText('0 new, 8 there already, 4 not taken over')).toBeVisible();
  });
  expect(complaints).toEqual([]);
});
