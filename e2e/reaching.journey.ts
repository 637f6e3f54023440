import { expect, test } from '@playwright/test';
import { openProvider, type Provider } from '#testing/provider.ts';
import { complaintsOf, expectAccessible, freshDesk, type FreshDesk } from './desk.ts';

let desk: FreshDesk;
let twilio: Provider;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  desk = await freshDesk();
  twilio = await openProvider(() => ({ status: 201, body: '{"sid":"SM1","status":"queued","friendly_name":"Desk"}' }));
});
test.afterAll(async () => {
  await desk.stop();
  await twilio.close();
});

test('an administrator sets up SMS, adds a phone with its code, and sees when it is used', async ({ page }) => {
  test.setTimeout(120_000);
  const complaints = complaintsOf(page);
  await page.goto(desk.setupLink);
  await page.locator('[name=organisation]').fill('Harbour Ltd');
  await page.locator('[name=name]').fill('Ada Ek');
  await page.locator('[name=email]').fill('ada@example.com');
  await page.locator('[name=password]').fill('correct lamp vessel tram');
  await page.locator('form button[type=submit]').click();
  await expect(page).toHaveURL(/\/start$/);

  await page.goto(`${desk.server.url}/settings/providers`);
  const section = page.getByRole('region', { name: 'SMS and calls (Twilio)' });
  await section.getByLabel('Address of the API').fill(twilio.url);
  await section.getByLabel('Account SID').fill(`AC${'3'.repeat(32)}`);
  await section.getByLabel('Token').fill('secret');
  await section.getByLabel('Number that sends').fill('+15005550006');
  await section.getByRole('button', { name: 'Save' }).click();
  await section.getByRole('button', { name: 'Test' }).click();
  await expect(section.getByText('The provider knows this account as Desk.')).toBeVisible();
  await expectAccessible(page);

  await page.goto(`${desk.server.url}/settings/contacts`);
  await page.getByLabel('Channel', { exact: true }).selectOption({ label: 'SMS' });
  await page.getByLabel('Name', { exact: true }).fill('Ada phone');
  await page.getByLabel('Address', { exact: true }).fill('+4930123456');
  await page.getByRole('button', { name: 'Add a contact' }).click();
  await page.getByRole('button', { name: 'Send the code' }).click();
  await twilio.waitFor(2);
  const code = /code is (\d{6})/.exec(new URLSearchParams(twilio.asked.at(-1)?.body ?? '').get('Body') ?? '')?.[1] ?? '';
  await page.getByLabel('Code').fill(code);
  await page.getByRole('button', { name: 'Confirm' }).click();
  const phone = page.getByRole('listitem').filter({ hasText: 'Ada phone' }).filter({ hasText: 'Test received' });
  await expect(phone).toBeVisible();

  const rules = page.getByRole('region', { name: 'When a page begins' });
  await rules.getByRole('button', { name: 'Add a rule' }).click();
  await rules.getByLabel('Tell me on').last().selectOption({ label: 'Ada phone' });
  await rules.getByLabel('after').last().selectOption({ label: '1 min' });
  await expect(rules.getByRole('list', { name: /What happens when a page comes/ })).toContainText('1 min');
  await rules.getByRole('button', { name: 'Save the rules' }).click();
  await expect(rules.getByRole('button', { name: 'Save the rules' })).toHaveCount(0);
  for (const look of [
    { width: 1280, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(look);
    for (const path of ['/settings/contacts', '/settings/channels', '/settings/providers']) {
      await page.goto(`${desk.server.url}${path}`);
      await expect(page.locator('h1').first()).toBeVisible();
      await expectAccessible(page);
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
      expect(overflow, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
      if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/${look.width}${path.replaceAll('/', '-')}.png`, fullPage: true });
    }
  }
  expect(complaints).toEqual([]);
});
