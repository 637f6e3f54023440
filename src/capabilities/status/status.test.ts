import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openInbox, type Inbox } from '#testing/mail.ts';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';

const BAD = '<img src=x onerror=alert(1)>';

describe('status pages', () => {
  let desk: TestDesk;
  let inbox: Inbox;
  let ada: TestPerson;
  before(async () => {
    inbox = await openInbox();
    desk = await openTestDesk({ at: '2026-03-02T09:00:00Z', env: { QD_SMTP_URL: inbox.url, QD_MAIL_FROM: 'desk@example.com', QD_PUBLIC_URL: 'http://127.0.0.1:4680' } });
    ada = await desk.person('Ada Byron', 'lead');
  });
  after(async () => {
    await desk.close();
    await inbox.close();
  });

  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${desk.url}${path}`, { headers });
  const read = async (path: string) => (await get(path)).text();
  const form = (path: string, fields: Record<string, string>) =>
    fetch(`${desk.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields).toString() });
  /** Links in messages name the public address; the test talks to where it runs. */
  const here = (link: string) => link.replace('http://127.0.0.1:4680', '');
  const versionOf = async (number: string) => (await ada.status.page({ number })).page.version;

  async function newPage(slug: string, title = 'Shop') {
    const page = await ada.status.createPage({ title, slug });
    const published = await ada.status.changePage({ number: page.number, version: page.version, published: true });
    await desk.drain();
    return published;
  }

  it('are hidden until they are published, and then show components and what was sent, nothing that is a draft', async () => {
    const made = await ada.status.createPage({ title: 'Hidden', slug: 'hidden' });
    await desk.drain();
    assert.equal((await get('/status/hidden')).status, 404);
    const page = await ada.status.changePage({ number: made.number, version: made.version, published: true });
    const pay = await ada.status.addComponent({ number: page.number, version: page.version, name: 'Payments', group: 'Shop' });
    const post = await ada.status.draftPost({ page: page.number, title: 'Payments fail', text: 'We look into it.', states: [{ component: pay.id, state: 'major_outage' }] });
    await desk.drain();
    assert.ok(!(await read('/status/hidden')).includes('Payments fail'));
    const preview = await ada.status.preview({ number: post.number });
    assert.deepEqual([preview.following, preview.refusal], [{ email: 0, webhook: 0, slack: 0 }, null]);
    await ada.status.send({ number: post.number, version: post.version });
    await desk.drain();
    const html = await read('/status/hidden');
    assert.ok(html.includes('Payments fail') && html.includes('Nothing works at the moment') && !html.includes('<script'));
    const json = JSON.parse(await read('/status/hidden.json'));
    assert.equal(json.components[0].state, 'major_outage');
    assert.equal(json.incidents[0].impact, 'critical');
  });

  it('count a day by what was told: an hour down is an hour less', async () => {
    const page = await newPage('uptime');
    const part = await ada.status.addComponent({ number: page.number, version: page.version, name: 'Search' });
    await desk.advance({ hours: 1 });
    const post = await ada.status.draftPost({ page: page.number, title: 'Search is down', text: 'We look.', states: [{ component: part.id, state: 'major_outage' }] });
    await ada.status.send({ number: post.number, version: post.version });
    await desk.advance({ hours: 1 });
    const now = (await ada.status.post({ number: post.number })).post;
    const drafted = await ada.status.draftUpdate({ number: post.number, version: now.version, phase: 'resolved', text: 'It works.' });
    await ada.status.send({ number: post.number, version: drafted.version });
    await desk.advance({ hours: 2 });
    const page2 = await ada.status.page({ number: page.number });
    await ada.status.changePage({ number: page.number, version: page2.page.version, about: 'All we sell.' });
    await desk.drain();
    const json = JSON.parse(await read('/status/uptime.json'));
    assert.equal(json.components[0].state, 'operational');
    assert.equal(json.components[0].days.at(-1).share, 0.75);
    assert.equal(json.past[0].phase, 'resolved');
  });

  it('go on in their phases only, and a closed post takes what happened', async () => {
    const page = await newPage('phases');
    const post = await ada.status.draftPost({ page: page.number, title: 'Slow', text: 'We look.' });
    const sent = await ada.status.send({ number: post.number, version: post.version });
    assert.match((await refusalOf(ada.status.draftUpdate({ number: post.number, version: sent.version, phase: 'postmortem', text: 'Why' }))).sentence, /resolved/);
    assert.match((await refusalOf(ada.status.draftUpdate({ number: post.number, version: sent.version, phase: 'completed', text: 'Why' }))).sentence, /phases investigating/);
    const over = await ada.status.draftUpdate({ number: post.number, version: sent.version, phase: 'resolved', text: 'Over' });
    const closed = await ada.status.send({ number: post.number, version: over.version });
    assert.ok(closed.closedAt);
    const why = await ada.status.draftUpdate({ number: post.number, version: closed.version, phase: 'postmortem', text: 'A disk was full.' });
    assert.equal((await ada.status.send({ number: post.number, version: why.version })).phase, 'postmortem');
    await desk.drain();
    assert.ok((await read('/status/phases')).includes('A disk was full.'));
  });

  it('are followed by mail only after the bearer of the address confirmed, and left with one click', async () => {
    const page = await newPage('follow', 'Follow me');
    const answer = await form('/status/follow/follow', { channel: 'email', address: 'grace@example.org' });
    assert.equal(answer.status, 200);
    await desk.drain();
    const asked = inbox.of('grace@example.org').at(-1)!;
    assert.match(asked.subject, /Confirm that you follow Follow me/);
    const confirmLink = here(/http\S+\/confirm\/\S+/.exec(asked.text)![0]);
    const first = await ada.status.draftPost({ page: page.number, title: 'Not for the unconfirmed', text: 'x' });
    assert.equal((await ada.status.send({ number: first.number, version: first.version })).draft, null);
    await desk.drain();
    assert.equal(inbox.of('grace@example.org').length, 1);

    assert.ok((await read(confirmLink)).includes('Yes, follow'));
    assert.deepEqual((await ada.status.page({ number: page.number })).following, { email: 0, webhook: 0, slack: 0 });
    assert.ok((await (await form(confirmLink, {})).text()).includes('You follow this page'));
    assert.deepEqual((await ada.status.page({ number: page.number })).following, { email: 1, webhook: 0, slack: 0 });

    const second = await ada.status.draftPost({ page: page.number, title: 'Checkout is slow', text: 'We look into it.' });
    await ada.status.send({ number: second.number, version: second.version });
    await desk.drain();
    const mail = inbox.of('grace@example.org').at(-1)!;
    assert.equal(mail.subject, 'Follow me: Checkout is slow (Investigating)');
    assert.equal(mail.headers.get('list-unsubscribe-post'), 'List-Unsubscribe=One-Click');
    const leave = here(/<(http[^>]+)>/.exec(mail.headers.get('list-unsubscribe') ?? '')![1]!);
    assert.equal((await ada.status.post({ number: second.number })).updates[0]?.told, 1);
    const click = await fetch(`${desk.url}${leave}`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: '--x\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--',
    });
    assert.equal(click.status, 200);
    assert.deepEqual((await ada.status.page({ number: page.number })).following, { email: 0, webhook: 0, slack: 0 });
    assert.equal((await fetch(`${desk.url}${leave}`, { method: 'POST' })).status, 200, 'a second click is answered the same');
  });

  it('tell nobody who follows: not the form, no verb, no list of messages, no log', async () => {
    const page = await newPage('secretive');
    const same = async (address: string) => (await (await form('/status/secretive/follow', { channel: 'email', address })).text()).replaceAll(/As of.*?<\/time>/g, '');
    const before_ = await same('known@example.org');
    await desk.drain();
    await form(here(/http\S+\/confirm\/\S+/.exec(inbox.of('known@example.org').at(-1)!.text)![0]), {});
    assert.equal(await same('known@example.org'), before_);
    assert.equal(await same('unknown@example.org'), before_);
    const post = await ada.status.draftPost({ page: page.number, title: 'Anything', text: 'x' });
    await ada.status.send({ number: post.number, version: post.version });
    await desk.drain();
    const answers = [
      await desk.status.pages({}),
      await desk.status.page({ number: page.number }),
      await desk.status.post({ number: post.number }),
      await desk.status.preview({ number: post.number }),
      await desk.status.files({ number: page.number }),
      await desk.notify.sentAbout({ number: post.number }),
      await desk.notify.sentAbout({ number: page.number }),
      await desk.records.timeline({ number: page.number }),
      await desk.records.timeline({ number: post.number }),
      await desk.records.search({ q: 'known' }),
      await read('/status/secretive'),
      await read('/status/secretive.json'),
    ];
    assert.ok(!JSON.stringify(answers).includes('known@example.org'));
    const { rows } = await desk.desk.pool.query<{ all: string }>(
      `select string_agg(s::text, ' ') || (select string_agg(n::text, ' ') from notify_notification n) || (select string_agg(a::text, ' ') from activity a) as all from status_subscriber s`,
    );
    assert.ok(rows[0]!.all.length > 1000 && !rows[0]!.all.includes('known@example.org'));
  });

  it('ask an address at most three times a day, and machines not at all', async () => {
    await newPage('limits');
    await desk.advance({ hours: 1 });
    for (let i = 0; i < 5; i += 1) await form('/status/limits/follow', { channel: 'email', address: 'often@example.org' });
    await form('/status/limits/follow', { channel: 'email', address: 'robot@example.org', website: 'http://spam.example' });
    await desk.drain();
    assert.equal(inbox.of('often@example.org').length, 3);
    assert.equal(inbox.of('robot@example.org').length, 0);
    await desk.advance({ minutes: 30 });
    const answers: number[] = [];
    for (let i = 0; i < 14; i += 1) answers.push((await form('/status/limits/follow', { channel: 'email', address: `many${i}@example.org` })).status);
    assert.ok(answers.includes(429));
    assert.equal((await form('/status/limits/follow', { channel: 'email', address: 'no address' })).status, 429);
  });

  it('show text as text: nothing in it runs, on the page, in feeds and in mail', async () => {
    await desk.advance({ hours: 1 });
    const page = await newPage('inert', `Shop ${BAD}`);
    const part = await ada.status.addComponent({ number: page.number, version: page.version, name: `Part ${BAD}`, about: BAD, group: BAD });
    const post = await ada.status.draftPost({
      page: page.number,
      title: BAD,
      text: `${BAD} see https://example.com/a?b=1&c="><script>x</script>`,
      states: [{ component: part.id, state: 'partial_outage' }],
    });
    await ada.status.send({ number: post.number, version: post.version });
    await desk.drain();
    for (const path of ['/status/inert', '/status/inert/history', `/status/inert/posts/${post.number}`, '/status/inert/feed.atom', '/status/inert/feed.rss']) {
      const answer = await get(path);
      const body = await answer.text();
      assert.ok(answer.ok && !body.includes('<img src=x') && !body.includes('<script'), path);
      assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    }
  });

  it('answer 304 to who has it already, and are not found under another slug after a change', async () => {
    const page = await newPage('tags');
    await desk.drain();
    const first = await get('/status/tags');
    const tag = first.headers.get('etag') ?? '';
    assert.match(first.headers.get('cache-control') ?? '', /public, max-age/);
    assert.equal((await get('/status/tags', { 'if-none-match': tag })).status, 304);
    await ada.status.changePage({ number: page.number, version: await versionOf(page.number), slug: 'tags-new' });
    await desk.drain();
    assert.equal((await get('/status/tags')).status, 404);
    assert.equal((await get('/status/tags-new', { 'if-none-match': tag })).status, 200);
  });
});
