import { expect, test } from '@playwright/test';
import { complaintsOf, expectAccessible, freshDesk } from './desk.ts';

test('a message nobody knows: it is kept, explained by clicking on it, and taken in again', async ({ page }) => {
  test.setTimeout(90_000);
  const desk = await freshDesk();
  const { url, clients } = desk.server;
  const complaints = complaintsOf(page);
  try {
    const { key, source } = await clients.alerts.createSource({ name: 'Building control' });
    const send = async (body: unknown) => expect((await fetch(`${url}/ingest/${key}/events`, { method: 'POST', body: JSON.stringify(body) })).status).toBe(202);
    await send({ anlage: 'Halle 2', meldungen: [{ nr: 7, was: 'Pumpe steht', phase: 'kommt', rang: 'hoch' }] });
    await page.goto(desk.setupLink);
    await page.locator('[name=organisation]').fill('Harbour Ltd');
    await page.locator('[name=name]').fill('Ada Ek');
    await page.locator('[name=email]').fill('ada@example.com');
    await page.locator('[name=password]').fill('correct lamp vessel tram');
    await page.locator('form button[type=submit]').click();
    await expect(page).toHaveURL(/\/start$/);

    await page.goto(`${url}/sources/${source.number}`);
    await expect(page.getByText('Not understood').first()).toBeVisible();
    await page.getByRole('link', { name: 'How messages are read' }).click();
    await page.locator('details.fold summary').click();
    const field = (name: string) => page.getByRole('textbox', { name, exact: true });
    const click = (value: string) => page.getByRole('button', { name: value, exact: true }).click();
    await field('List').focus();
    await click('Pumpe steht');
    await expect(field('List')).toHaveValue('meldungen');
    await field('Title').focus();
    await click('Pumpe steht');
    await page.keyboard.press('End');
    await page.keyboard.type(' in ');
    await click('Halle 2');
    await expect(field('Title')).toHaveValue('{was} in {$.anlage}');
    await field('Key').focus();
    await click('7');
    await field('State').focus();
    await click('kommt');
    await field('Severity').focus();
    await click('hoch');
    await page.getByLabel('Words of the severity: hoch').selectOption('critical');
    await expect(page.getByText('Pumpe steht in Halle 2').last()).toBeVisible();
    await expect(page.getByText('Reads 1 of 1')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved. It reads 1 of the last 1 message.')).toBeVisible();
    await page.getByRole('button', { name: 'Replay the failed message' }).click();
    await expect(page.getByText('The message is taken in again.')).toBeVisible();
    await expect(async () =>
      expect((await clients.alerts.list({})).items.map(({ title, severity }) => [title, severity])).toEqual([['Pumpe steht in Halle 2', 'critical']]),
    ).toPass();
    expect(complaints).toEqual([]);
  } finally {
    await desk.stop();
  }
});
