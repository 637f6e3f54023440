import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';
import { openInbox, type Inbox } from '#testing/mail.ts';
import { registerTellingRefusal } from './index.ts';
import { openProvider, type Provider } from '#testing/provider.ts';

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('what leaves the desk by status pages', () => {
  let desk: TestDesk;
  let inbox: Inbox;
  let other: Provider;
  let ada: TestPerson;
  before(async () => {
    inbox = await openInbox();
    other = await openProvider(() => ({ status: 200 }));
    desk = await openTestDesk({ at: '2026-03-02T09:00:00Z', env: { QD_SMTP_URL: inbox.url, QD_MAIL_FROM: 'desk@example.com', QD_PUBLIC_URL: 'http://127.0.0.1:4680' } });
    ada = await desk.person('Ada Byron', 'lead');
  });
  after(async () => {
    await desk.close();
    await inbox.close();
    await other.close();
  });

  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${desk.url}${path}`, { headers });
  const json = async (slug: string) => JSON.parse(await (await get(`/status/${slug}.json`)).text());
  const form = (path: string, fields: Record<string, string>) =>
    fetch(`${desk.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields).toString() });
  const here = (link: string) => link.replace('http://127.0.0.1:4680', '');
  const versionOf = async (number: string) => (await ada.status.page({ number })).page.version;

  async function newPage(slug: string, access: 'public' | 'link' | 'signed-in' = 'public') {
    const page = await ada.status.createPage({ title: `Page ${slug}`, slug, access });
    const published = await ada.status.changePage({ number: page.number, version: page.version, published: true });
    await desk.drain();
    return published;
  }

  it('maintenance opens and closes itself, and who follows is told each time', async () => {
    const page = await newPage('planned');
    await form('/status/planned/follow', { channel: 'email', address: 'planner@example.org' });
    await desk.drain();
    await form(here(/http\S+\/confirm\/\S+/.exec(inbox.of('planner@example.org')[0]!.text)![0]), {});
    const part = await ada.status.addComponent({ number: page.number, version: await versionOf(page.number), name: 'Database' });
    const post = await ada.status.planMaintenance({
      page: page.number,
      title: 'New disks',
      text: 'We change disks.',
      components: [part.id],
      startsAt: '2026-03-02T11:00:00Z',
      endsAt: '2026-03-02T12:00:00Z',
    });
    await ada.status.send({ number: post.number, version: post.version });
    await desk.advance({ minutes: 30 });
    assert.deepEqual([(await json('planned')).components[0].state, (await json('planned')).maintenance[0].phase], ['operational', 'scheduled']);
    await desk.advance({ hours: 2 });
    assert.deepEqual([(await json('planned')).components[0].state, (await json('planned')).maintenance[0].phase], ['under_maintenance', 'in_progress']);
    await desk.advance({ hours: 1 });
    assert.deepEqual([(await json('planned')).components[0].state, (await json('planned')).past[0].phase], ['operational', 'completed']);
    assert.deepEqual(
      inbox
        .of('planner@example.org')
        .slice(1)
        .map(({ subject }) => subject),
      ['Page planned: New disks (Planned)', 'Page planned: New disks (In progress)', 'Page planned: New disks (Completed)'],
    );
    assert.match(
      (
        await refusalOf(
          ada.status.planMaintenance({ page: page.number, title: 'Back', text: 'x', components: [part.id], startsAt: '2026-04-02T11:00:00Z', endsAt: '2026-04-02T10:00:00Z' }),
        )
      ).sentence,
      /after the beginning/,
    );
  });

  it('maintenance from a mute takes its times and follows when those move', async () => {
    const page = await newPage('muted');
    const part = await ada.status.addComponent({ number: page.number, version: page.version, name: 'Search' });
    const at = (hours: number) => new Date(desk.now() + hours * 3_600_000).toISOString();
    const mute = await ada.mutes.create({
      reason: 'secret project Falcon',
      kind: 'maintenance',
      matchers: ['{service="search"}'],
      when: { kind: 'window', from: at(1), until: at(2) },
    });
    const post = await ada.status.planMaintenance({ page: page.number, title: 'Work on search', text: 'We work.', components: [part.id], mute: mute.number, closesItself: false });
    assert.equal(post.startsAt, at(1));
    await ada.status.send({ number: post.number, version: post.version });
    await ada.mutes.extend({ number: mute.number, until: at(3) });
    await desk.advance({ minutes: 150 });
    assert.equal((await json('muted')).maintenance[0].phase, 'in_progress');
    await desk.advance({ minutes: 40 });
    assert.equal((await json('muted')).maintenance[0].phase, 'verifying', 'what does not close itself waits for somebody');
    assert.ok(!(await (await get('/status/muted')).text()).includes('Falcon'));
  });

  it('webhooks and Slack are told after they confirmed, and left by their link', async () => {
    const page = await newPage('hooks');
    await form('/status/hooks/follow', { channel: 'webhook', address: `${other.url}/hook` });
    await form('/status/hooks/follow', { channel: 'slack', address: `${other.url}/slack` });
    await desk.drain();
    assert.deepEqual(other.asked.map(({ path }) => path).toSorted(), ['/hook', '/slack']);
    for (const asked of other.asked) await form(here(/http:\/\/127.0.0.1:4680\/status\/hooks\/confirm\/[\w.-]+/.exec(asked.body)![0]), {});
    const post = await ada.status.draftPost({ page: page.number, title: 'Slow', text: 'We look.' });
    assert.deepEqual((await ada.status.preview({ number: post.number })).following, { email: 0, webhook: 1, slack: 1 });
    await ada.status.send({ number: post.number, version: post.version });
    await desk.drain();
    const hook = other.asked.filter(({ path }) => path === '/hook').at(-1)!;
    const told = JSON.parse(hook.body);
    assert.deepEqual([told.type, told.data.title], ['quarterdeck.outside', 'Page hooks: Slow (Investigating)']);
    await form(here(/http:\/\/127.0.0.1:4680\/status\/hooks\/leave\/[\w.-]+/.exec(hook.body)![0]), {});
    assert.deepEqual((await ada.status.page({ number: page.number })).following, { email: 0, webhook: 0, slack: 1 });
    assert.ok(!JSON.stringify([await desk.notify.sentAbout({ number: post.number }), await desk.status.post({ number: post.number })]).includes(other.url));
  });

  it('are told once: a message that the desk was killed over is not sent again', async () => {
    const page = await newPage('once');
    await form('/status/once/follow', { channel: 'email', address: 'once@example.org' });
    await desk.drain();
    await form(here(/http\S+\/confirm\/\S+/.exec(inbox.of('once@example.org')[0]!.text)![0]), {});
    const post = await ada.status.draftPost({ page: page.number, title: 'Slow', text: 'We look.' });
    await ada.status.send({ number: post.number, version: post.version });
    await desk.desk.pool.query(`update notify_notification set state = 'sending', attempt = 1, claimed_until = $1 where purpose = 'outside' and state = 'pending'`, [
      new Date(desk.now() - 1000),
    ]);
    await desk.advance({ hours: 1 });
    assert.equal(inbox.of('once@example.org').length, 1);
    const { rows } = await desk.desk.pool.query<{ state: string }>(`select state from notify_notification where title like 'Page once: Slow%'`);
    assert.deepEqual(rows, [{ state: 'failed' }]);
  });

  it('who chose a part hears of that part only', async () => {
    await desk.advance({ hours: 1 });
    const page = await newPage('parts');
    const shop = await ada.status.addComponent({ number: page.number, version: page.version, name: 'Shop' });
    const mail = await ada.status.addComponent({ number: page.number, version: await versionOf(page.number), name: 'Mail' });
    await desk.drain();
    await form('/status/parts/follow', { channel: 'email', address: 'part@example.org', component: shop.id });
    await desk.drain();
    await form(here(/http\S+\/confirm\/\S+/.exec(inbox.of('part@example.org')[0]!.text)![0]), {});
    for (const part of [shop, mail]) {
      const post = await ada.status.draftPost({ page: page.number, title: `About ${part.name}`, text: 'x', states: [{ component: part.id, state: 'degraded_performance' }] });
      await ada.status.send({ number: post.number, version: post.version });
    }
    await desk.drain();
    assert.deepEqual(
      inbox
        .of('part@example.org')
        .slice(1)
        .map(({ subject }) => subject),
      ['Page parts: About Shop (Investigating)'],
    );
  });

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
    await ada.status.newLink({ number: page.number, version: page.version });
    await desk.drain();
    assert.equal((await get(`/status/private?key=${key}`)).status, 404, 'the old link has ended');
    await newPage('inside', 'signed-in');
    assert.equal((await get('/status/inside')).status, 404);
    assert.equal((await get('/status/inside.json')).status, 404);
  });

  it('services that fail are shown by their checks where that was chosen; a restricted one is named nowhere', async () => {
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

  it('drafts about a restricted record are seen by its readers only', async () => {
    const bo = await desk.person('Cleo Dahl', 'responder');
    const page = await newPage('restricted');
    const {
      incident: { number },
    } = await ada.incidents.declare({ title: 'Breach of the vault', severity: 'SEV1', restricted: true });
    const post = await ada.status.draftPost({ page: page.number, title: 'Breach draft', text: 'x', about: number });
    assert.equal((await refusalOf(bo.status.post({ number: post.number }))).kind, 'missing');
    assert.equal((await bo.status.posts({})).items.filter((one) => one.number === post.number).length, 0);
    assert.equal((await refusalOf(bo.status.posts({ about: number }))).kind, 'missing');
    assert.ok(!JSON.stringify(await bo.records.search({ q: 'breach' })).includes('Breach'));
    const open = await ada.incidents.declare({ title: 'Later restricted', severity: 'SEV2' });
    const later = await ada.status.draftPost({ page: page.number, title: 'Later draft', text: 'x', about: open.incident.number });
    assert.equal((await bo.status.post({ number: later.number })).post.title, 'Later draft');
    await ada.incidents.restrict({ number: open.incident.number, restricted: true, readers: [] });
    assert.equal((await refusalOf(bo.status.post({ number: later.number }))).kind, 'missing');
    assert.ok(!JSON.stringify(await bo.records.search({ q: 'later' })).includes('Later'));
    await ada.status.send({ number: post.number, version: post.version });
    await desk.drain();
    const html = await (await get('/status/restricted')).text();
    assert.ok(html.includes('Breach draft') && !html.includes('vault') && !html.includes(number));
  });

  it('files of a page are pushed elsewhere after a change, and link to each other only', async () => {
    const page = await newPage('copied');
    const withLogo = await ada.status.setLogo({ number: page.number, version: page.version, base64: PIXEL });
    assert.equal((await refusalOf(ada.status.setLogo({ number: page.number, version: withLogo.version, base64: Buffer.from('<svg/>').toString('base64') }))).kind, 'invalid');
    await ada.status.setPush({ number: page.number, version: withLogo.version, push: { kind: 'put', url: `${other.url}/copy/`, authorization: 'Bearer word' } });
    const post = await ada.status.draftPost({ page: page.number, title: 'Slow', text: 'We look.' });
    await ada.status.send({ number: post.number, version: post.version });
    await desk.advance({ seconds: 10 });
    const files = other.asked.filter(({ path }) => path.startsWith('/copy/'));
    assert.deepEqual(
      files
        .slice(-7)
        .map(({ path }) => path.slice(6))
        .toSorted(),
      ['feed.atom', 'feed.rss', 'history.html', 'index.html', 'logo.png', `posts/${post.number}.html`, 'status.json'],
    );
    assert.ok(files.every(({ method, headers }) => method === 'PUT' && headers.authorization === 'Bearer word'));
    const index = files.findLast(({ path }) => path.endsWith('index.html'))!.body;
    assert.ok(index.includes(`href="posts/${post.number}.html"`) && index.includes('src="logo.png"') && index.includes('action="http://127.0.0.1:4680/status/copied/follow"'));
    const { push } = await ada.status.page({ number: page.number });
    assert.match(push?.result ?? '', /^7 files are there/);
    assert.ok(!JSON.stringify(push).includes('word'));
  });

  it('audiences inside the house are told by message, and see before who gets it', async () => {
    const {
      incident: { number },
    } = await ada.incidents.declare({ title: 'Payments fail', severity: 'SEV2' });
    const bo = await desk.person('Bea Holm', 'viewer');
    const draft = await ada.status.draftMessage({ about: number, audience: 'business', title: 'Payments fail', text: 'Nobody can pay.' });
    assert.match((await refusalOf(ada.status.sendMessage({ id: draft.id }))).sentence, /Nobody would get it/);
    await ada.status.changeAudience({ audience: 'business', people: [bo.number] });
    assert.deepEqual(
      (await ada.status.recipients({ id: draft.id })).people.map(({ title }) => title),
      ['Bea Holm'],
    );
    await ada.status.sendMessage({ id: draft.id });
    await desk.drain();
    assert.match(inbox.of(bo.email).at(-1)!.text, /Nobody can pay/);
    assert.match((await refusalOf(ada.status.sendMessage({ id: draft.id }))).sentence, /sent already/);
    const { incident: secret } = await ada.incidents.declare({ title: 'Theft', severity: 'SEV2', restricted: true });
    const closed = await ada.status.draftMessage({ about: secret.number, audience: 'business', title: 'x', text: 'x' });
    assert.deepEqual(await ada.status.recipients({ id: closed.id }), { people: [], channels: [], leftOut: 1 });
    assert.equal((await refusalOf(bo.status.recipients({ id: closed.id }))).kind, 'missing');
  });

  it('nobody is told about what its owner keeps inside: a practice', async () => {
    const page = await newPage('practice');
    const { incident } = await ada.incidents.declare({ title: 'A drill', severity: 'SEV2' });
    const post = await ada.status.draftPost({ page: page.number, title: 'Drill', text: 'x', about: incident.number });
    registerTellingRefusal(async (_ctx, id) => (id === incident.id ? 'This is a practice: nobody outside is told.' : undefined));
    assert.equal((await ada.status.preview({ number: post.number })).refusal, 'This is a practice: nobody outside is told.');
    assert.match((await refusalOf(ada.status.send({ number: post.number, version: post.version }))).sentence, /practice/);
    assert.match((await refusalOf(ada.status.draftPost({ page: page.number, title: 'Drill', text: 'x', about: incident.number }))).sentence, /practice/);
  });

  it('an incident fills the templates from what is known of it, and drafts its post with the parts it touches', async () => {
    const page = await newPage('shop');
    const service = await ada.catalog.create({ name: 'checkout-v2 internal', tier: 1 });
    const part = await ada.status.addComponent({ number: page.number, version: page.version, name: 'Checkout', source: service.number });
    const { incident } = await ada.incidents.declare({ title: 'DB locks', severity: 'SEV1', service: service.number });
    await ada.incidents.writeMeaning({ number: incident.number, text: 'nobody can pay' });
    const telling = await ada.incidents.telling({ number: incident.number, occasion: 'begin' });
    const customers = telling.filled.find(({ audience }) => audience === 'customers')!;
    assert.ok(customers.text.includes('Checkout') && customers.text.includes('nobody can pay') && !JSON.stringify(customers).includes('internal'));
    assert.ok(telling.filled.find(({ audience }) => audience === 'technical')!.text.includes('the cause is not known yet'));
    assert.deepEqual(
      telling.components.map(({ component, name }) => [component, name]),
      [[part.id, 'Checkout']],
    );
    const post = await ada.incidents.draftPost({ number: incident.number, page: page.number });
    const shown = await ada.status.post({ number: post.number });
    assert.deepEqual(
      [shown.post.title, shown.post.draft?.states.map(({ state }) => state), shown.post.about?.number],
      ['Trouble with Checkout', ['major_outage'], incident.number],
    );
  });

  it('templates are changed by leads, filled with what is known, and name what is not', async () => {
    const filled = await ada.status.fillTemplate({ audience: 'technical', occasion: 'begin' });
    assert.ok(filled.text.includes('the cause is not known yet') && filled.unknown.includes('cause'));
    assert.match((await refusalOf(ada.status.changeTemplate({ audience: 'customers', occasion: 'begin', title: '{severity}', text: 'x' }))).sentence, /inside of the house/);
    await ada.status.changeTemplate({ audience: 'customers', occasion: 'begin', title: 'Sorry: {services}', text: 'We work on it.' });
    assert.equal((await ada.status.fillTemplate({ audience: 'customers', occasion: 'begin' })).title, 'Sorry: Checkout');
    const back = await ada.status.resetTemplate({ audience: 'customers', occasion: 'begin' });
    assert.equal(back.edited, false);
  });
});
