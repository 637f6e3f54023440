import { expect, test } from '@playwright/test';
import { choose, complaintsOf, expectAccessible, freshDesk, type FreshDesk } from './desk.ts';

let desk: FreshDesk;
test.beforeAll(async () => {
  desk = await freshDesk();
});
test.afterAll(() => desk.stop());

test('from the first start to the first page, the incident, its review and the action done', async ({ page }) => {
  const complaints = complaintsOf(page);
  const { server, inbox } = desk;

  await test.step('setup with the link that the start printed', async () => {
    await page.goto(desk.setupLink);
    await page.locator('[name=organisation]').fill('Harbour Ltd');
    await page.locator('[name=name]').fill('Ada Ek');
    await page.locator('[name=email]').fill('ada@example.com');
    await page.locator('[name=password]').fill('correct lamp vessel tram');
    await expectAccessible(page);
    await page.locator('form button[type=submit]').click();
    await expect(page).toHaveURL(/\/start$/);
    await expectAccessible(page);
  });

  await test.step('the first service', async () => {
    await page.goto(`${server.url}/services/new`);
    await page.locator('[name=name]').fill('payments-api');
    await page.locator('[name=tier]').selectOption({ index: 0 });
    await page.locator('form button[type=submit]').click();
    await expect(page.locator('h1')).toContainText('payments-api');
  });

  await test.step('a rota with me in it, and a policy that pages it', async () => {
    await page.goto(`${server.url}/on-call/new`);
    await page.locator('[name=name]').fill('First line');
    await choose(page, /Add/, 'Ada');
    await page.locator('form button[type=submit]').click();
    await expect(page.locator('h1')).toContainText('First line');
    await page.goto(`${server.url}/policies/new`);
    await page.locator('[name=name]').fill('Everything');
    await choose(page, /rota, person, team/, 'First line');
    await page.locator('[name=isDefault]').check();
    await page.locator('form button[type=submit]').click();
    await expect(page.locator('h1')).toContainText('Everything');
  });

  let key = '';
  await test.step('a source, with its key shown once', async () => {
    await page.goto(`${server.url}/alerts/sources/new`);
    await page.locator('[name=name]').fill('Alertmanager');
    await page.locator('form button[type=submit]').click();
    await expect(page.getByText(/ingest\/[0-9a-f]{32}/).first()).toBeVisible();
    key = /ingest\/([0-9a-f]{32})/.exec(await page.locator('main').innerText())?.[1] ?? '';
    expect(key).not.toBe('');
  });

  let alert = '';
  await test.step('an alert arrives live, and as a mail', async () => {
    await page.goto(`${server.url}/alerts`);
    await expect(page.locator('h1')).toBeVisible();
    const sent = await fetch(`${server.url}/ingest/${key}/alertmanager`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        version: '4',
        status: 'firing',
        alerts: [
          {
            status: 'firing',
            labels: { alertname: 'Down', service: 'payments-api', severity: 'critical' },
            annotations: { summary: 'Card payments fail' },
            startsAt: new Date().toISOString(),
            endsAt: '0001-01-01T00:00:00Z',
          },
        ],
      }),
    });
    expect(sent.status).toBe(202);
    const [mail] = await inbox.waitFor(1);
    expect(mail?.subject).toContain('Card payments fail');
    await page
      .getByRole('link', { name: /Card payments fail/ })
      .first()
      .click();
    await expect(page).toHaveURL(/\/alerts\/ALR-\d+/);
    alert = /ALR-\d+/.exec(page.url())?.[0] ?? '';
    await expectAccessible(page);
  });

  await test.step('acknowledge', async () => {
    await page.getByRole('button', { name: 'Acknowledge' }).first().click();
    await expect(page.getByText(/Acknowledged/).first()).toBeVisible();
  });

  let incident = '';
  await test.step('declare an incident from the alert, post an update, resolve it', async () => {
    await page.goto(`${server.url}/incidents/new?alert=${alert}`);
    await page.locator('[name=title]').fill('Card payments fail for everybody');
    await page.locator('input[name=severity][value=SEV2]').check({ force: true });
    await page.locator('form button[type=submit]').click();
    await expect(page).toHaveURL(/\/incidents\/INC-\d+/);
    incident = /INC-\d+/.exec(page.url())?.[0] ?? '';
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Post update' }).first().click();
    await page.getByRole('dialog').getByRole('textbox').first().fill('We roll back the release.');
    await page.getByRole('dialog').locator('button[type=submit]').click();
    await expect(page.getByText('We roll back the release.').first()).toBeVisible();
    await page.getByRole('button', { name: 'Resolve' }).first().click();
    await page.getByRole('dialog').getByRole('textbox').first().fill('Rolled back.');
    await page.getByRole('dialog').locator('button[type=submit]').click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect.poll(async () => (await server.clients.incidents.get({ number: incident })).incident.stage).toBe('resolved');
  });

  await test.step('the review: written, with an action, given to be read and finished', async () => {
    const { clients } = server;
    await expect.poll(async () => (await clients.incidents.reviews({})).items.length).toBe(1);
    const review = (await clients.incidents.reviews({})).items[0]?.number ?? '';
    await page.goto(`${server.url}/reviews/${review}`);
    await expect(page.locator('h1')).toBeVisible();
    await expectAccessible(page);
    await clients.incidents.writeSection({ number: review, section: 'summary', text: 'A release broke the payments.' });
    const person = (await clients.people.list({ q: 'Ada' })).items[0]?.number ?? '';
    const { findings } = await clients.incidents.addFinding({ number: review, factor: 'Untested path', text: 'Nobody paid for anything before the release.' });
    await clients.incidents.addAction({ number: review, title: 'Test payments before each release', owner: person, dueOn: '2099-01-01', finding: findings[0]?.id ?? '' });
    await expect(page.getByText('Test payments before each release').first()).toBeVisible();
    await expect(page.getByText('A release broke the payments.').first()).toBeVisible();
    await page.getByRole('button', { name: 'Give it to be read' }).first().click();
    await expect.poll(async () => (await clients.incidents.review({ number: review })).review.state).toBe('in review');
    await page.getByRole('button', { name: 'I read it: complete' }).first().click();
    await expect.poll(async () => (await clients.incidents.review({ number: review })).review.state).toBe('reviewed');
    await page.getByRole('button', { name: 'Close', exact: true }).first().click();
    await page.getByRole('dialog').locator('button[type=submit]').click();
    await expect.poll(async () => (await clients.incidents.review({ number: review })).review.state).toBe('closed');
  });

  await test.step('the action is done', async () => {
    await page.goto(`${server.url}/actions`);
    await page
      .getByRole('link', { name: /Test payments/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Done', exact: true }).first().click();
    await page.getByRole('dialog').locator('[name=evidence]').fill('Every release is paid for in a test shop first.');
    await page.getByRole('dialog').locator('button[type=submit]').click();
    await expect.poll(async () => (await server.clients.followups.list({ state: ['done'] })).items.length).toBe(1);
  });

  await test.step('the figures know it', async () => {
    const window = { from: new Date(Date.now() - 86_400_000).toISOString(), until: new Date(Date.now() + 60_000).toISOString() };
    expect((await server.clients.metrics.timeToAcknowledge(window)).total.count).toBe(1);
    expect((await server.clients.metrics.timeToResolve(window)).total.count).toBe(1);
    await page.goto(`${server.url}/lead/metrics`);
    await expect(page.locator('h1')).toBeVisible();
    expect(incident).not.toBe('');
  });

  expect(complaints).toEqual([]);
});
