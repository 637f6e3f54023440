import assert from 'node:assert/strict';
import { after, before, describe, it, mock } from 'node:test';
import { runDueChecks } from '#capabilities/checks/index.ts';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';

describe('how status pages are served', () => {
  let desk: TestDesk;
  let ada: TestPerson;
  before(async () => {
    desk = await openTestDesk({ at: '2026-03-02T09:00:00Z', env: { QD_PUBLIC_URL: 'http://127.0.0.1:4680' } });
    ada = await desk.person('Ada Byron', 'lead');
  });
  after(async () => {
    await desk.close();
  });

  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${desk.url}${path}`, { headers });
  const json = async (slug: string) => JSON.parse(await (await get(`/status/${slug}.json`)).text());
  const versionOf = async (number: string) => (await ada.status.page({ number })).page.version;

  async function newPage(slug: string, access: 'public' | 'link' | 'signed-in' = 'public') {
    const page = await ada.status.createPage({ title: `Page ${slug}`, slug, access });
    const published = await ada.status.changePage({ number: page.number, version: page.version, published: true });
    await desk.drain();
    return published;
  }

  it('private pages answer those who have the link, or are signed in, and nobody else', async () => {
    const page = await newPage('private', 'link');
    const { searchParams } = new URL(page.url);
    const key = searchParams.get('key')!;
    assert.equal((await get('/status/private')).status, 404);
    assert.equal((await get('/status/private?key=wrong')).status, 404);
    const answer = await get(`/status/private?key=${key}`);
    assert.deepEqual([answer.status, answer.headers.get('cache-control')], [200, 'private, no-store']);
    const bo = await desk.person('Bo Berg', 'responder');
    assert.ok(!(await bo.status.page({ number: page.number })).page.url.includes('key='));
    await ada.status.renewLink({ number: page.number, version: page.version });
    await desk.drain();
    assert.equal((await get(`/status/private?key=${key}`)).status, 404, 'the old link has ended');
    await newPage('inside', 'signed-in');
    assert.equal((await get('/status/inside')).status, 404);
    assert.equal((await get('/status/inside.json')).status, 404);
  });

  it('services that fail are shown by their checks where that was chosen, and counted', async () => {
    const page = await newPage('following');
    const service = await ada.catalog.create({ name: 'Backups', tier: 2 });
    await ada.status.addComponent({ number: page.number, version: page.version, name: 'Follows', source: service.number, followsChecks: true });
    await ada.status.addComponent({ number: page.number, version: await versionOf(page.number), name: 'Does not', source: service.number });
    const check = await ada.checks.create({
      name: 'nightly',
      service: service.number,
      probe: { kind: 'heartbeat', expects: { kind: 'period', seconds: 3600 }, graceSeconds: 600 },
    });
    const ping = async () => fetch(((await ada.checks.get({ number: check.number })).pingUrl ?? '').replace('http://127.0.0.1:4680', desk.url));
    assert.equal((await ping()).status, 200);
    const shown = async () => {
      await runDueChecks(desk.desk);
      await desk.drain();
      return (await json('following')).components.map(({ state }: { state: string }) => state);
    };
    assert.deepEqual(await shown(), ['operational', 'operational']);
    await desk.advance({ minutes: 90 });
    assert.deepEqual(await shown(), ['major_outage', 'operational']);
    assert.equal((await ping()).status, 200);
    assert.deepEqual(await shown(), ['operational', 'operational']);
    const days = (await json('following')).components.map(({ days: all }: { days: { share: number | null }[] }) => all.at(-1)?.share);
    assert.ok(
      days.every((share: number | null) => share !== null && share < 1),
      'the checks of the service lower both',
    );
  });

  it('pages are served without a query, also while the database is away', async () => {
    const page = await newPage('alone');
    const away = () => {
      throw new Error('the database is away');
    };
    const cut = [desk.desk.pool, desk.desk.readPool].flatMap((pool) => [mock.method(pool, 'connect', away), mock.method(pool, 'query', away)]);
    try {
      for (const path of ['', '.json', '/history', '/feed.atom', '/feed.rss']) assert.equal((await get(`/status/alone${path}`)).status, 200, path);
    } finally {
      for (const one of cut) one.mock.restore();
    }
    assert.equal((await ada.status.page({ number: page.number })).page.title, 'Page alone');
  });

  it('a restricted service is named nowhere', async () => {
    const page = await newPage('checked');
    const service = await ada.catalog.create({ name: 'Falcon internals', tier: 1 });
    await ada.status.addComponent({ number: page.number, version: page.version, name: 'Public name', source: service.number });
    await desk.drain();
    const html = await (await get('/status/checked')).text();
    assert.ok(html.includes('Public name') && !html.includes('Falcon'));
    await desk.desk.pool.query(`update record set visibility = 'restricted' where number = $1`, [service.number]);
    await ada.status.changePage({ number: page.number, version: await versionOf(page.number), about: 'x' });
    await desk.drain();
    for (const path of ['/status/checked', '/status/checked.json']) assert.ok(!(await (await get(path)).text()).includes('Public name'), path);
    assert.equal((await refusalOf(ada.status.addComponent({ number: page.number, version: await versionOf(page.number), name: 'Again', source: service.number }))).kind, 'missing');
  });
});
