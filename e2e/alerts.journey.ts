import { expect, test } from '@playwright/test';
import { choose, complaintsOf, expectAccessible, freshDesk, type FreshDesk } from './desk.ts';

/** A loaded machine works a storm off in more than a moment. */
const STORM = { timeout: 20_000 };

let desk: FreshDesk;
test.beforeAll(async () => {
  desk = await freshDesk();
});
test.afterAll(() => desk.stop());

test('a storm is one line that one key answers; a rule is tried on it, saved, and says why nobody was paged', async ({ page }) => {
  test.setTimeout(120_000);
  const complaints = complaintsOf(page);
  const { server } = desk;
  const { alerts, catalog, oncall, people } = server.clients;
  const { key } = await alerts.createSource({ name: 'Cluster' });
  const send = async (
    list: readonly { readonly alertname: string; readonly instance: string; readonly summary: string; readonly status?: string; readonly severity?: string }[],
  ) => {
    const body = {
      version: '4',
      alerts: list.map(({ status = 'firing', summary, severity = 'critical', ...labels }) => ({
        status,
        labels: { severity, service: 'payments-api', ...labels },
        annotations: { summary },
      })),
    };
    const sent = await fetch(`${server.url}/ingest/${key}/alertmanager`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    expect(sent.status).toBe(202);
  };
  const pods = (from: number, until: number, status = 'firing') =>
    Array.from({ length: until - from }, (_, at) => ({ alertname: 'PodDown', instance: `pod-${from + at}`, summary: 'A pod restarts again and again', status }));
  const line = page.getByRole('row', { name: /A pod restarts again and again/ });

  await test.step('a desk with somebody on call', async () => {
    await page.goto(desk.setupLink);
    await page.locator('[name=organisation]').fill('Harbour Ltd');
    await page.locator('[name=name]').fill('Ada Ek');
    await page.locator('[name=email]').fill('ada@example.com');
    await page.locator('[name=password]').fill('correct lamp vessel tram');
    await page.locator('form button[type=submit]').click();
    await expect(page).toHaveURL(/\/start$/);
    const ada = (await people.list({ q: 'Ada' })).items[0]!;
    await oncall.createPolicy({ name: 'Everything', isDefault: true, steps: [{ targets: [{ kind: 'person', number: ada.number }], waitMinutes: 60 }] });
    await oncall.createPolicy({ name: 'Night shift', steps: [{ targets: [{ kind: 'person', number: ada.number }], waitMinutes: 60 }] });
    await catalog.create({ name: 'payments-api', tier: 1 });
  });

  await test.step('500 alerts are one line that counts them, while one looks', async () => {
    await page.goto(`${server.url}/alerts`);
    await expect(page.locator('h1')).toHaveText('Alerts');
    await send(pods(0, 300));
    await expect(line).toContainText('×300', STORM);
    await send([{ alertname: 'Other', instance: 'x', summary: 'Something else' }]);
    await expect(page.getByRole('row', { name: /Something else/ })).toBeVisible();
    await send(pods(300, 500));
    await expect(line).toContainText('×500', STORM);
    // The storm is heard last, yet the line that came later keeps its place above it.
    await expect(page.locator('tbody tr').first()).toContainText('Something else');
    await send(pods(0, 40, 'resolved'));
    await expect(line).toContainText('460 fire', STORM);
    await expectAccessible(page);
  });

  await test.step('why it reached me, and what it belongs with', async () => {
    await line.getByRole('link').first().click();
    await expect(page.getByText('Why did I get this?')).toBeVisible();
    await expect(page.getByText('460 of all 500 fire.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Acknowledge all 460' })).toBeVisible();
    await expect(page.getByText('Nothing held it back')).toBeVisible();
    await page.getByRole('button', { name: 'Show each' }).click();
    await expect(page.getByText('No maintenance and no mute covered it.')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Show all 500' }).click();
    await expect(page.locator('h1')).toHaveText('Alerts of one group');
    await page.getByRole('button', { name: 'Resolved' }).click();
    await expect(page.getByText('All 40 lines')).toBeVisible();
  });

  await test.step('one key answers all of it; another asks first', async () => {
    await page.getByRole('link', { name: 'All alerts' }).click();
    await expect(line).toBeVisible();
    await page.keyboard.press('j');
    await expect(line.getByRole('link').first()).toBeFocused();
    await page.keyboard.press('a');
    await expect(line).toContainText('Acknowledged');
    await expect.poll(async () => (await alerts.list({ state: ['triggered'], q: 'A pod' })).items.length).toBe(0);
    await page.keyboard.press('j');
    await expect(page.getByRole('link', { name: 'Something else' })).toBeFocused();
    await page.keyboard.press('r');
    await expect(page.getByRole('dialog')).toContainText(/Resolve ALR-\d+\?/);
    await expectAccessible(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Resolve' }).click();
    await expect(page.getByRole('row', { name: /Something else/ })).toBeHidden();
  });

  await test.step('a rule is refused while it is typed, tried by itself, and saved', async () => {
    await page.getByRole('link', { name: 'Rules', exact: true }).click();
    await expect(page.locator('h1')).toHaveText('Rules');
    await expect(page.getByText(/^Of 501 alerts of the last 7 days, these rules page/)).toContainText('2.');
    await page.getByRole('button', { name: 'Add a rule' }).first().click();
    await page.getByLabel('Name').fill('Pods');
    const matchers = page.getByLabel('Alerts with');
    await matchers.fill('{alertname=~"Pod("}');
    await expect(page.getByText(/The pattern of alertname cannot be read/)).toBeVisible();
    await expect(page.getByText('Tried again as soon as every rule can be used.')).toBeVisible();
    await matchers.fill('{alertname=~"Pod.*"}');
    await page.getByLabel('What happens').first().selectOption('log');
    await expect(page.getByText(/^Of 501 alerts of the last 7 days, these rules page/)).toContainText('1 (now: 2).');
    await expect(page.getByText('Told with its group → Only shown, Pods').first()).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved. They apply to alerts from now on.')).toBeVisible();
    const { rules } = await alerts.routing({});
    expect(rules.rules.map(({ name, matchers: text, set }) => [name, text, set])).toEqual([['Pods', '{alertname=~"Pod.*"}', { outcome: 'log' }]]);
  });

  await test.step('a rule under it, moved out and taken back; somebody else is faster', async () => {
    await page.getByRole('button', { name: 'Actions of Pods' }).click();
    await page.getByRole('menuitem', { name: 'Add a rule under it' }).click();
    await page.getByLabel('Name').fill('but by night');
    await page.getByLabel('Alerts with').fill('{shift="night"}');
    await page.getByLabel('What happens').first().selectOption('page');
    await choose(page, 'As above', 'Night shift');
    await page.getByRole('button', { name: 'Done with but by night' }).click();
    await expect(page.getByText('by Night shift')).toBeVisible();
    const now = await alerts.routing({});
    await alerts.setRouting({ version: now.version, rules: { ...now.rules, byCatalog: false } });
    await expect(page.getByRole('alert').getByText(/changed these rules while you did/)).toBeVisible();
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved. They apply to alerts from now on.')).toBeVisible();
    const { rules } = await alerts.routing({});
    expect([rules.byCatalog, rules.rules.map(({ name }) => name), rules.rules[1]?.under]).toEqual([true, ['Pods', 'but by night'], rules.rules[0]?.id]);
    await page.getByRole('button', { name: 'Actions of but by night' }).click();
    await page.getByRole('menuitem', { name: 'Take out' }).click();
    await page.getByRole('button', { name: 'Discard' }).click();
    await expect(page.getByRole('button', { name: 'Save' })).toBeHidden();
  });

  await test.step('the next one pages nobody, says why, and names the rule', async () => {
    await send([{ alertname: 'PodOld', instance: 'pod-1', summary: 'A pod is old' }]);
    await expect.poll(async () => (await alerts.list({ q: 'A pod is old' })).items.length).toBe(1);
    await page.goto(`${server.url}/alerts/${(await alerts.list({ q: 'A pod is old' })).items[0]!.number}`);
    await expect(page.getByText('Why did I not get this?')).toBeVisible();
    await expect(page.getByText('Nobody is paged. The rule “Pods” says so.')).toBeVisible();
    await page.getByRole('link', { name: 'Pods', exact: true }).click();
    await expect(page).toHaveURL(/\/alerts\/rules\?rule=Pods/);
    await expect(page.locator('.is-named')).toContainText('Pods');
  });

  await test.step('who may not change the rules reads them, with the reason', async () => {
    const { link } = await people.invite({ name: 'Bo Berg', email: 'bo@example.com', role: 'responder' });
    // A page that still listens would complain that its session is gone.
    await page.goto('about:blank');
    await page.context().clearCookies();
    await page.goto(link);
    await page.locator('[name=password]').fill('quiet harbour tram lamp');
    await page.locator('form button[type=submit]').click();
    await expect(page).not.toHaveURL(/welcome/);
    await page.goto(`${server.url}/alerts/rules`);
    await expect(page.locator('main code').first()).toHaveText('{alertname=~"Pod.*"}');
    await expect(page.getByRole('button', { name: /^(Change|Add|Save)/ })).toHaveCount(0);
    await expect(page.locator('main .note').first()).not.toBeEmpty();
    await expectAccessible(page);
  });

  expect(complaints).toEqual([]);
});
