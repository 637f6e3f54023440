import { expect, test } from '@playwright/test';
import type { ServerProcess } from '#testing/server.ts';
import { complaintsOf, expectAccessible, followInvitation, freshDesk, openTarget, type FreshDesk } from './desk.ts';

let status = 200;
let outside = '';
let desk: FreshDesk;
let server: ServerProcess;
let target: Awaited<ReturnType<typeof openTarget>>;
test.beforeAll(async () => {
  target = await openTarget((request, response) => (request.url === '/outside' ? response.setHeader('content-type', 'text/html').end(outside) : response.writeHead(status).end()));
  desk = await freshDesk();
  server = desk.server;
});
test.afterAll(async () => {
  target.close();
  await desk.stop();
});

test('a lead says what is asked first and what depends on what, reads the course of a check, and shows it on another site', async ({ page }) => {
  const complaints = complaintsOf(page);
  await followInvitation(page, server, { name: 'Lena Fischer', email: 'lena@example.com', role: 'lead' });
  const base = target.url;
  await server.clients.checks.create({ name: 'Core router', probe: { kind: 'http', url: `${base}/router`, failures: 1 } });

  await test.step('reference targets are asked for, said in words, and refused with a sentence', async () => {
    await page.goto(`${server.url}/checks`);
    await expect(page.getByText('No reference target is set')).toBeVisible();
    await page.getByRole('button', { name: 'Reference targets' }).click();
    await page.locator('[name=targets]').fill('not a place/');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Write a name such as db.example.com').first()).toBeVisible();
    await page.locator('[name=targets]').fill(`${base}/see`);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByText('No reference target is set')).toHaveCount(0);
    await expectAccessible(page);
  });

  await test.step('a check is made that depends on another one', async () => {
    await page.goto(`${server.url}/checks/new?kind=http`);
    await page.locator('[name=name]').fill('Shop');
    await page.locator('[name=url]').fill(`${base}/shop`);
    await page.getByRole('button', { name: 'Depends on' }).click();
    await page.getByText('Core router').click();
    await expect(page.getByRole('button', { name: 'Take Core router away' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Make the check' }).click();
    await expect(page).toHaveURL(/\/checks\/CHK-2$/);
    await expect(page.getByRole('link', { name: 'Core router' })).toBeVisible();
  });

  await test.step('its course is read by the keyboard and as a table', async () => {
    const chart = page.getByRole('slider', { name: 'Response time, point by point' });
    await expect(chart).toBeVisible({ timeout: 20_000 });
    await chart.focus();
    await page.keyboard.press('Home');
    await expect(chart).toHaveAttribute('aria-valuetext', /p50 .* p95 .* p99/);
    await page.getByRole('button', { name: '90 days' }).click();
    await expect(chart).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('it is shown on another site, and taken back', async () => {
    await page.getByRole('button', { name: 'Make it public' }).click();
    await page.locator('[name=name]').fill('Our shop');
    await page.getByRole('button', { name: 'Save' }).click();
    const frame = await page.getByRole('group', { name: 'Widget, HTML' }).locator('pre').textContent();
    await expectAccessible(page);
    const src = /src="([^"]+)"/.exec(frame ?? '')?.[1] ?? '';
    const other = await page.context().newPage();
    outside = frame ?? '';
    await other.goto(`${base}/outside`);
    await expect(other.frameLocator('iframe').getByText('Our shop')).toBeVisible();
    await other.close();
    await page.getByRole('button', { name: 'Take it back' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click();
    await expect(page.getByText('Nobody outside sees it.')).toBeVisible();
    expect((await page.request.get(src)).status()).toBe(404);
  });

  await test.step('behind one that fails it says so, and nobody is told', async () => {
    status = 503;
    await server.clients.checks.setGuard({ targets: [] });
    await server.clients.checks.probeNow({ number: 'CHK-2' });
    await server.clients.checks.probeNow({ number: 'CHK-2' });
    await expect(page.getByText('CHK-1, which it depends on: nobody is told')).toBeVisible({ timeout: 30_000 });
    await expectAccessible(page);
  });
  // The browser names each refused answer, also the one that was meant.
  expect(complaints.filter((one) => !one.includes('422'))).toEqual([]);
});
