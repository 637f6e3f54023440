import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';
import { openInbox, type Inbox } from '#testing/mail.ts';
import { signedPut } from './pushing.ts';
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

  it('can be left also when the page was hidden and moved meanwhile', async () => {
    const page = await newPage('moving');
    await form('/status/moving/follow', { channel: 'email', address: 'mover@example.org' });
    await desk.drain();
    await form(here(/http\S+\/confirm\/\S+/.exec(inbox.of('mover@example.org')[0]!.text)![0]), {});
    const post = await ada.status.draftPost({ page: page.number, title: 'Slow', text: 'We look.' });
    await ada.status.send({ number: post.number, version: post.version });
    await desk.drain();
    const link = here(/http\S+\/leave\/\S+/.exec(inbox.of('mover@example.org')[1]!.text)![0]);
    await ada.status.changePage({ number: page.number, version: await versionOf(page.number), slug: 'moved', access: 'link', published: false });
    await desk.drain();
    assert.equal((await form(link, {})).status, 200);
    assert.equal((await ada.status.page({ number: page.number })).following.email, 0);
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
    await ada.status.renewLink({ number: page.number, version: page.version });
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

  it('only what everybody may read is copied', async () => {
    const page = await newPage('closed', 'link');
    const target = { kind: 'put', url: `${other.url}/closed/` } as const;
    assert.match((await refusalOf(ada.status.setPush({ number: page.number, version: page.version, push: target }))).sentence, /everybody may read/);
    const open = await ada.status.changePage({ number: page.number, version: page.version, access: 'public' });
    const { page: pushed } = await ada.status.setPush({ number: page.number, version: open.version, push: target });
    await ada.status.changePage({ number: page.number, version: pushed.version, access: 'signed-in' });
    await desk.advance({ seconds: 30 });
    assert.equal(other.asked.filter(({ path }) => path.startsWith('/closed/')).length, 0);
  });

  it('files for a bucket are signed as S3 wants it', () => {
    const target = { kind: 's3', url: 'https://s3.example.com:9000', bucket: 'pages', region: 'eu-1', prefix: 'a b', accessKey: 'KEY', secretKey: 'SECRET' } as const;
    const { url, headers } = signedPut(target, { path: 'posts/PST-1.html', type: 'text/html; charset=utf-8', body: Buffer.from('hello') }, Date.parse('2026-03-02T09:00:00Z'));
    assert.equal(url, 'https://s3.example.com:9000/pages/a%20b/posts/PST-1.html');
    const hash = createHash('sha256').update('hello').digest('hex');
    const canonical = `PUT\n/pages/a%20b/posts/PST-1.html\n\ncontent-type:text/html; charset=utf-8\nhost:s3.example.com:9000\nx-amz-content-sha256:${hash}\nx-amz-date:20260302T090000Z\n\ncontent-type;host;x-amz-content-sha256;x-amz-date\n${hash}`;
    const text = `AWS4-HMAC-SHA256\n20260302T090000Z\n20260302/eu-1/s3/aws4_request\n${createHash('sha256').update(canonical).digest('hex')}`;
    const mac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();
    const signature = mac(mac(mac(mac(mac('AWS4SECRET', '20260302'), 'eu-1'), 's3'), 'aws4_request'), text).toString('hex');
    assert.equal(headers['x-amz-content-sha256'], hash);
    assert.equal(
      headers.authorization,
      `AWS4-HMAC-SHA256 Credential=KEY/20260302/eu-1/s3/aws4_request, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date, Signature=${signature}`,
    );
  });
});
