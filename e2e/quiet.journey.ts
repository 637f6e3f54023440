import { expect, test } from '@playwright/test';
import { complaintsOf, expectAccessible, followInvitation, freshDesk, type FreshDesk } from './desk.ts';

let desk: FreshDesk;
test.beforeAll(async () => {
  desk = await freshDesk();
});
test.afterAll(() => desk.stop());

test('a lead plans maintenance, sees it in the calendar, ends it, and promises how good a service shall be', async ({ page }) => {
  const complaints = complaintsOf(page);
  const { server } = desk;
  const shop = await server.clients.catalog.create({ name: 'Web shop', slug: 'web-shop', tier: 1 });
  await server.clients.checks.create({ name: 'Nightly export', service: shop.number, probe: { kind: 'heartbeat', expects: { kind: 'period', seconds: 3600 }, graceSeconds: 600 } });

  await test.step('a lead follows the invitation', async () => {
    await followInvitation(page, server, { name: 'Lena Vik', email: 'lena@example.com', role: 'lead' });
    await page.goto(`${server.url}/mutes`);
    await expect(page.getByText('Nothing is kept silent')).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('the form shows what it does while it is typed', async () => {
    await page.getByRole('link', { name: 'Mute something' }).first().click();
    await page.getByLabel('Reason').fill('Move to the new rack');
    await page.getByRole('button', { name: 'Maintenance' }).click();
    await page.getByLabel('Add a service').click();
    await page.getByPlaceholder('Type to search').fill('web');
    await page.getByRole('option', { name: /Web shop/ }).click();
    await expect(page.getByLabel('Labels, line 1')).toHaveValue('{service="web-shop"}');
    await expect(page.getByText('1 service')).toBeVisible();
    await expect(page.getByText('1 check')).toBeVisible();
    await page.getByLabel('Labels, line 1').fill('service=~"("');
    await expect(page.getByText(/The pattern of service cannot be read/)).toBeVisible();
    await page.getByLabel('Labels, line 1').fill('service="web-shop"');
    await page.getByRole('button', { name: '2 h', exact: true }).click();
    await expect(page.getByText('1 service')).toBeVisible();
    await expectAccessible(page);
    await page.locator('form button[type=submit]').click();
    await expect(page).toHaveURL(/\/mutes\/MUT-1$/);
    await expect(page.getByText('Active', { exact: true })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('the calendar tells it, and ending it is asked once more', async () => {
    await page.goto(`${server.url}/mutes/calendar?span=week`);
    await page
      .getByRole('link', { name: /Move to the new rack/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'End now' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End now' }).click();
    await expect(page.getByText('It was ended by hand.')).toBeVisible();
    expect((await server.clients.mutes.get({ number: 'MUT-1' })).mute.state).toBe('over');
  });

  await test.step('an objective on a check, with what the last 30 days would have been', async () => {
    await page.goto(`${server.url}/slos/new`);
    await page.getByLabel('Name').fill('Exports arrive');
    await page.getByLabel('Service', { exact: true }).click();
    await page.getByPlaceholder('Type to search').fill('web');
    await page.getByRole('option', { name: /Web shop/ }).click();
    await page.getByLabel('Add a check').click();
    await page.getByPlaceholder('Type to search').fill('export');
    await page.getByRole('option', { name: /Nightly export/ }).click();
    await expect(page.getByText('Nothing is known of these checks in the last 30 days.')).toBeVisible();
    await page.locator('[name=objective]').fill('100');
    await expect(page.getByText(/nothing can be promised to be always good/)).toBeVisible();
    await page.locator('[name=objective]').fill('99.5');
    await expectAccessible(page);
    await page.locator('form button[type=submit]').click();
    await expect(page).toHaveURL(/\/slos\/SLO-1$/);
    await expect(page.getByText('99.5 % over 30 days')).toBeVisible();
    await expectAccessible(page);
  });

  expect(complaints).toEqual([]);
});
