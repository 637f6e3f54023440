import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { scratch, startServer, type ServerProcess } from '#testing/server.ts';
import { complaintsOf, expectAccessible } from './desk.ts';

const BACKUP = join(import.meta.dirname, '../src/capabilities/checks/importing/samples/uptime-kuma.json');
const place = scratch('checks');
const target = createServer((_request, response) => response.end('{"status":"UP"}'));
let server: ServerProcess;
test.beforeAll(async () => {
  await new Promise<void>((done) => {
    target.listen(0, '127.0.0.1', done);
  });
  server = await startServer({ dataDir: join(place.path, 'data'), env: { QD_ALLOW_PRIVATE_TARGETS: '127.0.0.0/8' } });
});
test.afterAll(async () => {
  target.close();
  await server.end('SIGTERM');
  place.remove();
});

test('a responder tries a check before it is made, is told what is wrong, and moves in from Uptime Kuma', async ({ page }) => {
  const complaints = complaintsOf(page);
  const { link } = await server.clients.people.invite({ name: 'Bo Berg', email: 'bo@example.com', role: 'responder' });
  await page.goto(link);
  await page.locator('[name=password]').fill('correct lamp vessel tram');
  await page.locator('form button[type=submit]').click();
  await expect(page).not.toHaveURL(/welcome/);
  const address = target.address();
  const url = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/health`;

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
