import { expect, test, type Page } from '@playwright/test';
import { complaintsOf, expectAccessible, expectLegible, freshDesk, type FreshDesk } from './desk.ts';

let desk: FreshDesk;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  desk = await freshDesk();
});
test.afterAll(() => desk.stop());

const shots = process.env['SHOTS'];

/** In light and dark, wide and on a phone: nothing axe finds, nothing that scrolls sideways. */
async function looksGood(page: Page, paths: readonly string[]): Promise<void> {
  for (const size of [
    { width: 1280, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size);
    for (const path of paths) {
      await page.goto(`${desk.server.url}${path}`);
      await expect(page.locator('h1').first()).toBeVisible();
      await page.waitForTimeout(150);
      for (const scheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        await (scheme === 'light' ? expectAccessible(page) : expectLegible(page));
        if (shots) await page.screenshot({ path: `${shots}/${size.width}-${scheme}${path.replaceAll(/[/?=]/g, '-')}.png`, fullPage: true });
      }
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
      expect(overflow, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 900 });
}

test('a lead makes a status page; somebody follows it without script, is told, and leaves with one click', async ({ page, browser }) => {
  test.setTimeout(240_000);
  const complaints = complaintsOf(page);
  await page.goto(desk.setupLink);
  await page.locator('[name=organisation]').fill('Harbour Ltd');
  await page.locator('[name=name]').fill('Ada Ek');
  await page.locator('[name=email]').fill('ada@example.com');
  await page.locator('[name=password]').fill('correct lamp vessel tram');
  await page.locator('form button[type=submit]').click();
  await expect(page).toHaveURL(/\/start$/);

  await page.goto(`${desk.server.url}/status-pages/new`);
  await page.getByLabel('Title').fill('Harbour status');
  await page.getByLabel('Short name in its address').fill('harbour');
  await page.getByLabel('What is it about').fill('How the services of Harbour are doing.');
  await page.getByRole('button', { name: 'Make the page' }).click();
  await expect(page).toHaveURL(/\/status-pages\/STP-1\?tab=parts/);
  for (const [name, group] of [
    ['Booking', 'For guests'],
    ['Payments', 'For guests'],
    ['Reports', 'For partners'],
  ] as const) {
    await page.getByLabel('Name that outsiders know').fill(name);
    await page.getByLabel('Group').fill(group);
    await page.getByRole('button', { name: 'Add a part' }).click();
    await expect(page.getByRole('listitem').filter({ hasText: name }).first()).toBeVisible();
  }
  await page.getByRole('button', { name: 'Publish', exact: true }).first().click();
  await expect(page.getByRole('button', { name: 'Hide', exact: true }).first()).toBeVisible();

  const plain = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  const guest = await plain.newPage();
  await expect(async () => {
    await guest.goto(`${desk.server.url}/status/harbour`);
    await expect(guest.getByRole('heading', { name: 'Everything works' })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 10_000 });
  await guest.getByLabel('E-mail').fill('guest@example.org');
  await guest.getByRole('button', { name: 'Follow' }).first().click();
  await expect(guest.getByRole('heading', { name: 'Look at your messages' })).toBeVisible();
  await expect.poll(() => desk.inbox.of('guest@example.org').length).toBe(1);
  const asked = desk.inbox.of('guest@example.org')[0];
  await guest.goto(/http\S+\/confirm\/\S+/.exec(asked?.text ?? '')?.[0] ?? '');
  await guest.getByRole('button', { name: 'Yes, follow' }).click();
  await expect(guest.getByRole('heading', { name: 'You follow this page' })).toBeVisible();

  await page.goto(`${desk.server.url}/status-pages/STP-1/post`);
  await page.getByLabel('Title').fill('Payments are slow');
  await page.getByLabel('What outsiders should know').fill('Some cards are refused. We look into it and tell you more within the hour.');
  await page.getByLabel('Payments', { exact: true }).selectOption({ label: 'Partly down' });
  await page.getByRole('button', { name: 'Save as draft' }).click();
  await expect(page).toHaveURL(/\/status-posts\/PST-1/);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('1 by mail, 0 by webhook, 0 by Slack are told');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByText('told to 1 who follows')).toBeVisible();
  await expect.poll(() => desk.inbox.of('guest@example.org').length).toBe(2);
  const mail = desk.inbox.of('guest@example.org')[1];
  expect(mail?.subject).toBe('Harbour status: Payments are slow (Investigating)');
  await expect(async () => {
    await guest.goto(`${desk.server.url}/status/harbour`);
    await expect(guest.getByRole('heading', { name: 'Some parts do not work for everybody' })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 10_000 });

  await guest.goto(/http\S+\/leave\/\S+/.exec(mail?.text ?? '')?.[0] ?? '');
  await guest.getByRole('button', { name: 'End the messages' }).click();
  await expect(guest.getByRole('heading', { name: 'You get nothing more' })).toBeVisible();
  await page.goto(`${desk.server.url}/status-pages/STP-1`);
  await expect(page.getByText('0 by mail, 0 by webhook, 0 by Slack')).toBeVisible();

  await page.goto(`${desk.server.url}/status-pages/STP-1?tab=parts`);
  await page.getByRole('button', { name: 'Change: Booking' }).click();
  await page.getByRole('dialog').getByLabel('Name that outsiders know').fill('Booking of berths');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Booking of berths' })).toBeVisible();

  await page.goto(`${desk.server.url}/status-pages/STP-1/post?kind=maintenance`);
  await page.getByLabel('Title').fill('New disks');
  await page.getByLabel('What outsiders should know').fill('Reports may be late.');
  await page.getByRole('checkbox', { name: 'Reports' }).check();
  await page.getByRole('button', { name: 'Save as draft' }).click();
  await expect(page).toHaveURL(/\/status-posts\/PST-2/);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Show it without telling anybody' }).click();
  await expect(page.getByText('told to 0 who follow')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Move the times' })).toBeVisible();

  const { incident } = await desk.server.clients.incidents.declare({ title: 'Cards are refused', severity: 'SEV2' });
  await page.goto(`${desk.server.url}/incidents/${incident.number}`);
  await page.getByRole('button', { name: 'Tell customers' }).click();
  await page.getByRole('button', { name: 'Draft on Harbour status' }).click();
  await expect(page).toHaveURL(/\/status-posts\/PST-3/);
  await expect(page.getByLabel('What outsiders should know')).toHaveValue(/We are looking into a fault/);

  await page.goto(`${desk.server.url}/incidents/${incident.number}`);
  await page.getByRole('button', { name: 'Tell customers' }).click();
  await expect(page.getByRole('link', { name: 'Go on with PST-3' })).toBeVisible();

  await looksGood(page, [
    '/status/harbour',
    '/status/harbour/history',
    '/status/harbour/posts/PST-1',
    '/status-pages',
    '/status-pages/STP-1',
    '/status-pages/STP-1?tab=parts',
    '/status-pages/STP-1?tab=look',
    '/status-pages/STP-1?tab=elsewhere',
    '/status-pages/templates',
    '/status-posts/PST-2',
    '/status-posts/PST-3',
    '/status-pages/STP-1/post',
    `/incidents/${incident.number}`,
  ]);
  await plain.close();
  expect(complaints).toEqual([]);
});
