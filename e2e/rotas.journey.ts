import { expect, test, type Browser, type Page } from '@playwright/test';
import { choose, complaintsOf, expectAccessible, followInvitation, freshDesk, type FreshDesk } from './desk.ts';

let desk: FreshDesk;
test.beforeAll(async () => {
  desk = await freshDesk();
});
test.afterAll(() => desk.stop());

const PHONE = { width: 390, height: 844 };

async function join(browser: Browser, name: string, role: 'responder' | 'lead'): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Berlin', viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await followInvitation(page, desk.server, { name, email: `${name.split(' ')[0]?.toLowerCase()}@example.com`, role });
  return page;
}

test('a lead builds a rota of two layers over a change of the clocks, two people swap a shift, and a page is answered on a phone', async ({ browser }) => {
  test.setTimeout(120_000);
  const { server } = desk;
  const { clients } = server;
  const [lena, ada, bo] = [await join(browser, 'Lena Holm', 'lead'), await join(browser, 'Ada Ek', 'responder'), await join(browser, 'Bo Berg', 'responder')];
  const complaints = [lena, ada, bo].map(complaintsOf);

  await test.step('a rota by the day, then a second layer for the nights, seen before it is saved', async () => {
    await lena.goto(`${server.url}/on-call/new`);
    await lena.locator('[name=name]').fill('First line');
    await lena.locator('[name=zone]').selectOption('Europe/Berlin');
    await lena.locator('[name=layerName]').fill('Days');
    await lena.locator('[name=kind]').selectOption('daily');
    await choose(lena, /Add/, 'Ada');
    await choose(lena, /Add/, 'Bo');
    await lena.locator('form button[type=submit]').click();
    await expect(lena.locator('h1')).toContainText('First line');
    await lena.getByRole('link', { name: 'Edit layers' }).click();
    await lena.getByRole('button', { name: 'Add a layer' }).click();
    await lena.locator('[name=layerName]').fill('Nights');
    await choose(lena, /Add/, 'Ada');
    await lena.getByRole('button', { name: 'Nights', exact: true }).click();
    await expect(lena.getByRole('group', { name: 'As it will be' }).first()).toBeVisible();
    await lena.getByRole('button', { name: 'When the clocks change' }).click();
    await expect(lena.getByTitle(/this day has 2[35] hours/)).toBeVisible();
    await expect(lena.getByRole('row', { name: /Bo Berg/ })).toContainText('−');
    await expectAccessible(lena);
    await lena.locator('form button[type=submit]').click();
    await expect.poll(async () => (await clients.rotas.list({})).items[0]?.layers.length).toBe(2);
  });

  const rota = (await clients.rotas.list({})).items[0]?.number ?? '';
  await test.step('a shift put onto another asks its owner, who takes it', async () => {
    await ada.goto(`${server.url}/on-call/${rota}`);
    await ada.locator('#override').getByRole('button', { name: 'Change it' }).click();
    await expect(
      ada
        .locator('#override')
        .getByText(/Choose who takes over/)
        .first(),
    ).toBeVisible();
    expect((await clients.rotas.shifts({ number: rota, from: new Date().toISOString(), until: new Date(Date.now() + 86_400_000).toISOString() })).overrides).toEqual([]);
    await ada.getByRole('button', { name: 'Later' }).click();
    const days = ada.getByRole('group', { name: 'Days', exact: true });
    const [mine, theirs] = [days.getByRole('img', { name: /^Ada Ek/ }).nth(1), days.getByRole('img', { name: /^Bo Berg/ }).nth(1)];
    await mine.dragTo(theirs);
    await expect(ada.locator('#override').getByText('Bo Berg')).toBeVisible();
    await ada.locator('#override').getByRole('button', { name: 'Ask', exact: true }).click();
    await expect(ada.getByText(/asks Bo Berg to take/)).toBeVisible();
    await bo.goto(`${server.url}/on-call/mine`);
    await expectAccessible(bo);
    await bo.getByRole('button', { name: 'Take it' }).click();
    await expect.poll(async () => (await clients.rotas.swaps({ rota })).items[0]?.state).toBe('taken');
    await expect(ada.getByText('Taken', { exact: true })).toBeVisible();
  });

  await test.step('a page is answered with one thumb', async () => {
    await clients.oncall.createPolicy({ name: 'Everything', isDefault: true, steps: [{ targets: [{ kind: 'rota', number: rota }], waitMinutes: 10 }] });
    const { key } = await clients.alerts.createSource({ name: 'Probe' });
    const [now] = (await clients.rotas.now({})).items;
    const [page, name] = now?.people[0]?.title === 'Bo Berg' ? [bo, 'Bo Berg'] : [ada, 'Ada Ek'];
    await page.setViewportSize(PHONE);
    await page.goto(server.url);
    await fetch(`${server.url}/v2/enqueue`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        routing_key: key,
        event_action: 'trigger',
        dedup_key: 'x',
        payload: { summary: 'The quay cranes stand still', source: 'crane', severity: 'critical' },
      }),
    });
    await page
      .getByRole('link', { name: /The quay cranes stand still/ })
      .first()
      .click();
    await expect(page).toHaveURL(/\/alerts\/ALR-\d+/);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Acknowledge' }).first().click();
    await expect(page.getByText(/Acknowledged/).first()).toBeVisible();
    const alert = /ALR-\d+/.exec(page.url())?.[0] ?? '';
    const { pages, state } = await clients.oncall.paging({ number: alert });
    expect([state, pages[0]?.person?.title, pages[0]?.endedWhy]).toEqual(['acknowledged', name, 'acknowledged']);
  });

  expect(complaints.flat()).toEqual([]);
});
