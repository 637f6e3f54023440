import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { complaintsOf, expectAccessible, followInvitation, freshDesk, type FreshDesk } from './desk.ts';

const SAMPLE = join(import.meta.dirname, '../src/testing/samples/backstage/1-Platform+one-platform');

let desk: FreshDesk;
test.beforeAll(async () => {
  desk = await freshDesk();
});
test.afterAll(() => desk.stop());

test('a lead imports a Backstage catalog, marks a database failed on the graph and reads why a service falls', async ({ page }) => {
  const complaints = complaintsOf(page);
  const { server } = desk;

  await test.step('a lead follows the invitation', async () => {
    await followInvitation(page, server, { name: 'Lena Vik', email: 'lena@example.com', role: 'lead' });
    await page.goto(`${server.url}/imports`);
    await expect(page.locator('h1')).toHaveText('Imports');
    await expectAccessible(page);
  });

  await test.step('the wizard: format, folder, name', async () => {
    await page.getByRole('link', { name: /^Backstage/ }).click();
    await page.locator('[name=name]').fill('One Platform');
    await page.locator('[data-pick=folder]').setInputFiles(SAMPLE);
    await expect(page.getByText('24 files')).toBeVisible();
    await expectAccessible(page);
    await page.locator('form button[type=submit]').click();
    await expect(page).toHaveURL(/\/imports\/IMP-1\/runs\//);
  });

  await test.step('the plan, its findings and the owners it asks for', async () => {
    await expect(page.getByText('21 new, 40 dependencies.')).toBeVisible();
    await expect(page.getByText('Native Apps MongoDB', { exact: true })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('link', { name: /^Findings/ }).click();
    await expect(page.getByText(/catalog-info\.yaml:\d+/).first()).toBeVisible();
    await expect(page.getByText(/is not in this source/).first()).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('link', { name: /^Owners not found/ }).click();
    await expect(page.getByText('group:redhat/one-platform-devs')).toBeVisible();
    await expectAccessible(page);
    expect((await server.clients.catalog.components({})).items, 'a plan writes nothing').toEqual([]);
  });

  await test.step('apply', async () => {
    await page.getByRole('button', { name: 'Apply 61 changes' }).click();
    await expect(page.getByText('Applied. What it found is in the catalog.')).toBeVisible({ timeout: 20_000 });
    await expectAccessible(page);
  });

  await test.step('what if Native Apps MongoDB failed', async () => {
    await page.getByRole('link', { name: 'Open the graph' }).click();
    await expect(page).toHaveURL(/\/catalog\/map/);
    await page.getByPlaceholder('Find and jump').fill('Native Apps MongoDB');
    await page
      .getByRole('option', { name: /Native Apps MongoDB/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Mark failed' }).click();
    await expect(page.getByText(/^If Native Apps MongoDB fails: \d+ would be down/).first()).toBeVisible();
  });

  await test.step('an affected service says why', async () => {
    const row = page
      .getByRole('region', { name: 'What if' })
      .getByRole('button', { name: /Native Apps MongoDB/ })
      .first();
    await expect(row).toContainText('Native Apps MongoDB');
    await row.click();
    await expect(
      page
        .getByLabel('Details')
        .getByText(/Native Apps MongoDB/)
        .first(),
    ).toBeVisible();
    await expectAccessible(page);
  });

  expect(complaints).toEqual([]);
});
