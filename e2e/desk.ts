import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { openInbox, type Inbox } from '#testing/mail.ts';
import { scratch, startServer, type ServerProcess } from '#testing/server.ts';

export interface FreshDesk {
  readonly server: ServerProcess;
  readonly inbox: Inbox;
  readonly setupLink: string;
  stop(): Promise<void>;
}

/** A desk as it is after the first start: nobody in it, one setup link printed, mail to an inbox of ours. */
export async function freshDesk(): Promise<FreshDesk> {
  const inbox = await openInbox();
  const place = scratch('journey');
  const server = await startServer({ dataDir: join(place.path, 'data'), env: { QD_SMTP_URL: inbox.url } });
  for (const end = Date.now() + 10_000; !/setup#/.test(server.output()) && Date.now() < end;) await new Promise((resolve) => setTimeout(resolve, 50));
  return {
    server,
    inbox,
    setupLink: /http:\S+\/setup#\S+/.exec(server.output())?.[0] ?? '',
    async stop() {
      await server.end('SIGTERM');
      await inbox.close();
      place.remove();
    },
  };
}

/** Collects what the browser complains about; a journey ends with nothing collected. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content Security Policy/i.test(message.text())) complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  return complaints;
}

/** axe finds nothing on the page as it stands, by WCAG 2.2 A and AA. */
export async function expectAccessible(page: Page): Promise<void> {
  await expectNothing(page, axeOn(page).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']));
}

/** What differs between the themes: the contrast of its colours. */
export async function expectLegible(page: Page): Promise<void> {
  await expectNothing(page, axeOn(page).withRules(['color-contrast']));
}

// Without the legacy mode each look opens a page of its own, for frames of other origins, of which there are none here.
const axeOn = (page: Page) => new AxeBuilder({ page }).setLegacyMode(true);

async function expectNothing(page: Page, axe: AxeBuilder): Promise<void> {
  const { violations } = await axe.analyze();
  expect(
    violations.map((v) => `${v.id}: ${v.nodes[0]?.target.join(' ')} ${v.nodes[0]?.failureSummary ?? ''}`),
    page.url(),
  ).toEqual([]);
}

/** Something to be checked, on a port of its own. */
export async function openTarget(answer: RequestListener): Promise<{ readonly url: string; close(): void }> {
  const server = createServer(answer);
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const address = server.address();
  return { url: `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`, close: () => server.close() };
}

/** Somebody follows an invitation and is signed in, as people are. */
export async function followInvitation(
  page: Page,
  { clients }: ServerProcess,
  who: { readonly name: string; readonly email: string; readonly role: 'viewer' | 'responder' | 'lead' | 'admin' },
): Promise<void> {
  const { link } = await clients.people.invite(who);
  await page.goto(link);
  await page.locator('[name=password]').fill('correct lamp vessel tram');
  await page.locator('form button[type=submit]').click();
  await expect(page).not.toHaveURL(/welcome/);
}

/** Chooses a record in a combobox by the words on it: types, waits for the answer, takes the first that fits. */
export async function choose(page: Page, on: string | RegExp, words: string): Promise<void> {
  await page.locator('button[aria-haspopup=dialog]').filter({ hasText: on }).first().click();
  await page.getByPlaceholder('Type to search').fill(words);
  await page.locator('[role=dialog] [role=option]').filter({ hasText: words }).first().click();
}
