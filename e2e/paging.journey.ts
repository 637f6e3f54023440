import { expect, test } from '@playwright/test';
import { choose, complaintsOf, expectAccessible, freshDesk, type FreshDesk } from './desk.ts';

let desk: FreshDesk;
test.beforeAll(async () => {
  desk = await freshDesk();
});
test.afterAll(() => desk.stop());

test('a policy with conditions previews whom it pages; a page is answered from a phone, snoozed and helped with', async ({ page, browser }) => {
  test.setTimeout(120_000);
  const complaints = complaintsOf(page);
  const { server, inbox } = desk;
  const { alerts, catalog, oncall, people } = server.clients;
  await page.goto(desk.setupLink);
  await page.locator('[name=organisation]').fill('Harbour Ltd');
  await page.locator('[name=name]').fill('Ada Ek');
  await page.locator('[name=email]').fill('ada@example.com');
  await page.locator('[name=password]').fill('correct lamp vessel tram');
  await page.locator('form button[type=submit]').click();
  await expect(page).toHaveURL(/\/start$/);
  await people.invite({ name: 'Bo Berg', email: 'bo@example.com', role: 'responder' });
  const { key } = await alerts.createSource({ name: 'Probe' });
  await catalog.create({ name: 'payments-api', tier: 1 });
  const fire = async (name: string) => {
    const body = JSON.stringify({ routing_key: key, event_action: 'trigger', dedup_key: name, payload: { summary: name, source: 'probe', severity: 'critical', class: name } });
    expect((await fetch(`${server.url}/v2/enqueue`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status).toBe(202);
  };

  await test.step('steps as cards, and a preview beside them that changes while one edits', async () => {
    await page.goto(`${server.url}/policies/new`);
    await page.locator('[name=name]').fill('Everything');
    await choose(page, /rota, person, team/, 'Ada');
    await expect(page.getByText(/^Pages Ada Ek; begins again once; then the administrators\./)).toBeVisible();
    await page.getByText('Only when …').click();
    await page.getByLabel('warning', { exact: true }).check();
    await expect(page.getByText(/Step 1 of 1 was skipped: it is for warning only, and this is critical/).first()).toBeVisible();
    await page.getByLabel('warning', { exact: true }).uncheck();
    await page.locator('select[name=urgency]').selectOption('severity');
    await page.getByLabel('Low urgency waits for support hours').check();
    await expect(page.getByText(/wait outside of Mon to Fri 08:00 to 18:00/)).toBeVisible();
    await page.locator('[name=isDefault]').check();
    await expectAccessible(page);
    await page.locator('form button[type=submit]').click();
    await expect(page.locator('h1')).toContainText('Everything');
    await expectAccessible(page);
  });

  await test.step('who is on call for all services', async () => {
    await page.goto(`${server.url}/on-call/services`);
    await expect(page.getByRole('row', { name: /payments-api.*Ada Ek/ })).toBeVisible();
    await expectAccessible(page);
  });

  const phone = await browser.newContext({ locale: 'en-US', viewport: { width: 390, height: 844 }, storageState: await page.context().storageState() });
  const small = await phone.newPage();
  const smallComplaints = complaintsOf(small);
  await test.step('on a phone: from the message to the page, acknowledge, open', async () => {
    await fire('Card payments fail');
    const [mail] = await inbox.waitFor(1);
    await small.goto((mail?.ackLink ?? '').replace(/^https?:\/\/[^/]+/, server.url));
    await small.getByRole('button', { name: 'Acknowledge' }).click();
    await expect(small.getByText(/You have it/)).toBeVisible();
    await small.getByRole('link', { name: /Open ALR-/ }).click();
    await expect(small.locator('h1')).toContainText('Card payments fail');
    await expect(small.getByText(/Unless it is over by then, whoever is on call is paged anew/)).toBeVisible();
    await expectAccessible(small);
  });

  await test.step('snoozed with one tap', async () => {
    await small.getByRole('group', { name: 'Actions' }).getByRole('button', { name: 'More' }).click();
    await small.getByRole('button', { name: 'Snooze' }).click();
    await small.getByRole('dialog').getByRole('button', { name: '4 hours' }).click();
    await expect(small.getByText(/The snooze ends, and paging begins anew/)).toBeVisible();
  });

  await test.step('by keyboard: called for help, and asked to whom it is handed over', async () => {
    await page.goto(small.url());
    await expect(page.locator('h1')).toContainText('Card payments fail');
    await page.keyboard.press('n');
    await page.getByRole('dialog').getByRole('button', { name: 'Page them' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page.getByText(/Ada Ek has it and asks for help/).first()).toBeVisible();
    await page.keyboard.press('h');
    await choose(page, /^Choose/, 'Bo');
    await expect(page.getByRole('dialog').getByRole('button', { name: 'Hand over' })).toBeEnabled();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  });

  await test.step('every page and its attempts, on both', async () => {
    for (const one of [page, small]) {
      await one.goto(`${server.url}/pages`);
      await expect(one.getByText('Card payments fail').first()).toBeVisible();
      await expect(one.getByText('Mail sent').first()).toBeVisible();
      await expectAccessible(one);
      expect(await one.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')).toBeLessThanOrEqual(0);
    }
  });
  expect((await oncall.pages({})).items.length).toBeGreaterThan(1);
  expect([...complaints, ...smallComplaints]).toEqual([]);
  await phone.close();
});
